import { isEvidenceOver } from "../../core/subscriber/retention.ts";
import type { AddressKey } from "../../core/subscriber/subscriber.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { evidenceOf } from "../records/consents.ts";
import { consentKey } from "../records/keys.ts";
import { rowsOf } from "../records/rows.ts";
import { whereNow } from "../records/subscribers.ts";

/**
 * Evidence of one consent goes when nobody can ask for it any more; whoever is a reader, here or at the address they moved
 * to, keeps theirs. What came along from an older address goes with it.
 */
export async function forgetEvidenceOf(cloud: Cloud, addressKey: AddressKey, publication: string): Promise<void> {
  const today = cloud.clock.now().toISOString().slice(0, 10);
  const evidence = (await evidenceOf(cloud, addressKey)).filter((one) => one.publication === publication);
  const reader = await whereNow(cloud, publication, addressKey);
  if (!isEvidenceOver(evidence, reader?.state === "confirmed", today)) return;
  const range = consentKey(addressKey, publication, "");
  const rows = rowsOf(cloud, { pk: range.pk, from: range.sk, to: `${range.sk}~`, consistent: true });
  await cloud.table.each(await Array.fromAsync(rows, ({ pk, sk }) => ({ remove: { pk, sk } })));
  for (const one of evidence)
    if (one.kind === "moved" && one.from !== addressKey) await forgetEvidenceOf(cloud, one.from, publication);
}
