import { digestOf } from "../../core/digest.ts";
import type { Cloud, Item, Key, Table } from "../cloud/cloud.ts";
import { forgetRow } from "./forgetting.ts";
import { isToken, randomToken } from "./random-token.ts";

/**
 * Personal links: 256 random bits, kept as SHA-256, so that nobody can read one again. A link is good in the table it
 * was made in: an older one that is put back knows nothing of links taken back since, and its issues are signed off by
 * links.
 */

/** What a link is kept under, by the hash of its token. */
export type LinkKey = (digest: string) => Key;

/** Answers the token of a link to what is named; nobody can read it again. @param until instant, the end of the link */
export async function makeLink(
  cloud: Cloud,
  keyOf: LinkKey,
  leadsTo: Readonly<Record<string, string>>,
  until: string,
): Promise<string> {
  const token = randomToken(cloud.clock);
  const key = keyOf(digestOf(token));
  const put = { ...key, v: 1, ...leadsTo, table: await idOf(cloud.table), expiresAt: until };
  await cloud.table.each([forgetRow(until, key)]);
  await cloud.table.write([{ put, if: "absent" }]);
  return token;
}

/** What a link leads to; undefined: never made, too old, or made in a table that was put back since. */
export async function behindLink({ table }: Cloud, keyOf: LinkKey, token: string): Promise<Item | undefined> {
  if (!isToken(token)) return undefined;
  const [row] = await table.get([keyOf(digestOf(token))], { consistent: true });
  // Those of before this rule name no table.
  const isOfHere = row && (row.table === undefined || row.table === (await idOf(table)));
  return isOfHere ? row : undefined;
}

/** Asking for it is an act of administration, which AWS counts; a table keeps its id. */
const ids = new WeakMap<Table, string>();

async function idOf(table: Table): Promise<string> {
  const id = ids.get(table) ?? (await table.id());
  ids.set(table, id);
  return id;
}
