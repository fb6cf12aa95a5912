import { dayFrom, evidenceDay } from "../../core/subscriber/retention.ts";
import type { AddressKey } from "../../core/subscriber/subscriber.ts";
import type { Change, Cloud, Item, Key, Value } from "../cloud/cloud.ts";
import { forgetKey, forgottenKey } from "./keys.ts";
import { rowsOf } from "./rows.ts";

/**
 * What has to be gone by a day, filed under that day. Rows that lapse are read by nobody from that moment on, but a table
 * may keep them on its disk for days; and evidence lapses by nobody's clock.
 */
export type ToForget =
  | { readonly is: "row"; readonly row: Key }
  /** What shows that somebody agreed to a publication. */
  | { readonly is: "evidence"; readonly addressKey: AddressKey; readonly publication: string }
  /** Every file below it. */
  | { readonly is: "folder"; readonly folder: string };

/** Written before the row is there, or with it: the day after it lapses it is gone. */
export const forgetRow = (lapseAt: string, { pk, sk }: Key): Change =>
  put(dayFrom(lapseAt.slice(0, 10), 1), `row#${pk}|${sk}`, { is: "row", row: { pk, sk } });

/** Written with whatever begins or ends a subscription: when its evidence may go. */
export const forgetEvidence = (addressKey: AddressKey, publication: string, at: string): Change =>
  put(evidenceDay(at), `evidence#${publication}#${addressKey}`, { is: "evidence", addressKey, publication });

/** Written before the first file lies there. */
export const forgetFolder = (day: string, folder: string): Change =>
  put(day, `folder#${folder}`, { is: "folder", folder });

const put = (day: string, name: string, one: ToForget): Change => ({
  put: { ...forgetKey(day, name), v: 1, ...(one as unknown as Readonly<Record<string, Value>>) },
});

/** A day's notes, each with the key it stands under. */
export async function* notesOf(cloud: Cloud, day: string): AsyncGenerator<{ what: ToForget; key: Key }> {
  const { pk } = forgetKey(day, "");
  for await (const row of rowsOf(cloud, { pk, consistent: true }))
    yield { what: noteOfRow(row), key: { pk, sk: row.sk } };
}

const noteOfRow = ({ pk: _, sk: __, v: ___, ...what }: Item): ToForget => what as unknown as ToForget;

/** The last day of which nothing is left; undefined before the first. */
export async function forgottenUntil(cloud: Cloud): Promise<string | undefined> {
  const [row] = await cloud.table.get([forgottenKey], { consistent: true });
  return row && String(row.day);
}

export async function saveForgotten(cloud: Cloud, day: string): Promise<void> {
  await cloud.table.each([{ put: { ...forgottenKey, v: 1, day } }]);
}
