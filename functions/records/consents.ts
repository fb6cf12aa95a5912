import type { Evidence } from "../../core/subscriber/consent.ts";
import type { AddressKey } from "../../core/subscriber/subscriber.ts";
import type { Change, Cloud, Item, Value } from "../cloud/cloud.ts";
import { consentKey, consentRange } from "./keys.ts";
import { rowsOf } from "./rows.ts";

/** Evidence, filed under the key of an address. It only ever grows, and outlives the subscription. */

/** Under which name it is filed: what belongs to a request begins with the time it was made. */
const nameOf = (evidence: Evidence): string => {
  switch (evidence.kind) {
    case "requested":
      return evidence.at;
    case "mailed":
    case "confirmed":
      return `${evidence.requestedAt}#${evidence.kind}`;
    default:
      return `${evidence.at}#${evidence.kind}`;
  }
};

export function evidenceRow(addressKey: AddressKey, evidence: Evidence): Change {
  const { publication, ...fields } = evidence;
  const row = { v: 1, ...(fields as Readonly<Record<string, Value>>) };
  return { put: { ...consentKey(addressKey, publication, nameOf(evidence)), ...row }, if: "absent" };
}

/** Everything that is filed, by publication and time. */
export const evidenceOf = (cloud: Cloud, addressKey: AddressKey): Promise<Evidence[]> =>
  Array.fromAsync(rowsOf(cloud, { ...consentRange(addressKey), consistent: true }), evidenceOfRow);

/** Rows from before kinds were written down are imports and withdrawals. */
function evidenceOfRow({ pk: _, sk, v: __, ...row }: Item): Evidence {
  const [, publication, name = ""] = sk.split("#");
  const kind = row.kind ?? (name.startsWith("import-") ? "import" : "withdrawn");
  return { ...row, publication, kind } as unknown as Evidence;
}

/** What is filed of a request already. */
export async function requestEvidence(
  cloud: Cloud,
  addressKey: AddressKey,
  publication: string,
  requestedAt: string,
): Promise<{ mail: Extract<Evidence, { kind: "mailed" }> | undefined; isConfirmed: boolean }> {
  const names = [`${requestedAt}#mailed`, `${requestedAt}#confirmed`];
  const keys = names.map((name) => consentKey(addressKey, publication, name));
  const [mail, confirmed] = await cloud.table.get(keys, { consistent: true });
  return {
    mail: mail && (evidenceOfRow(mail) as Extract<Evidence, { kind: "mailed" }>),
    isConfirmed: confirmed !== undefined,
  };
}
