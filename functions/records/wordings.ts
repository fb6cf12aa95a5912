import type { Wording } from "../../core/subscriber/consent.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { wordingKey } from "./keys.ts";

export type KeptWording = Wording & { readonly firstShownAt: string };

/** Keeps the words of a form for good, before anybody can agree to them. Kept before: nothing happens. */
export async function keepWording(cloud: Cloud, { text, hash, language, publications }: Wording): Promise<void> {
  const row = { v: 1, text, language, publications, firstShownAt: cloud.clock.now().toISOString() };
  await cloud.table.each([{ put: { ...wordingKey(hash), ...row }, if: "absent" }]);
}

export async function readWording(cloud: Cloud, hash: string): Promise<KeptWording | undefined> {
  return (await readWordings(cloud, [hash]))[0];
}

/** Those that are kept. */
export async function readWordings(cloud: Cloud, hashes: readonly string[]): Promise<KeptWording[]> {
  const rows = await cloud.table.get(hashes.map(wordingKey));
  return rows.flatMap((row, index) => {
    if (!row) return [];
    const { text, language, publications, firstShownAt } = row as unknown as KeptWording;
    return [{ text, hash: hashes[index] ?? "", language, publications, firstShownAt }];
  });
}
