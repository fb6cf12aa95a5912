import { readAddress } from "../../core/email-address.ts";
import { Refusal } from "../../core/refusal.ts";
import type { Person } from "../../core/rights.ts";
import type { ConsentInput } from "../../core/subscriber/consent-page.ts";
import { addressKeyOf, addressSecret } from "../../core/subscriber/link.ts";
import type { AddressKey } from "../../core/subscriber/subscriber.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { demand } from "../records/acts.ts";
import { evidenceOf } from "../records/consents.ts";
import { readErasure } from "../records/erasures.ts";
import { listPeople } from "../records/people.ts";
import { listPublications, requirePublication } from "../records/publications.ts";
import { readWordings } from "../records/wordings.ts";

/**
 * Everything that is filed of the consent of an address, erased or not.
 *
 * @throws Refusal `address-…`, `no-evidence`, `not-allowed`
 */
export async function readEvidence(cloud: Cloud, person: Person, address: string): Promise<ConsentInput> {
  const spelled = readAddress(address);
  const ids = await listPublications(cloud);
  for (const id of ids) demand(person, "read-subscribers", { publication: id, kind: "subscribers", id });
  const addressKey = addressKeyOf(addressSecret(await cloud.secrets.read("address")), spelled);
  return evidenceFor(cloud, { address: spelled, addressKey }, ids);
}

/**
 * What is filed under a key, in some publications; whoever asks has the right.
 *
 * @param address as it is to be shown: "" where nobody knows it any more
 * @throws Refusal `no-evidence`
 */
export async function evidenceFor(
  cloud: Cloud,
  { address, addressKey }: { readonly address: string; readonly addressKey: AddressKey },
  ids: readonly string[],
): Promise<ConsentInput> {
  const evidence = (await evidenceOf(cloud, addressKey)).filter(({ publication }) => ids.includes(publication));
  if (evidence.length === 0) throw new Refusal("no-evidence");
  const hashes = new Set(evidence.flatMap((one) => ("wording" in one ? one.wording : [])));
  const wordings = await readWordings(cloud, [...hashes]);
  return {
    ...{ address, addressKey, evidence, erasedAt: await readErasure(cloud, addressKey) },
    publications: await Promise.all(ids.map((id) => requirePublication(cloud, id))),
    people: await whoTookIn(cloud, evidence),
    wordings: Object.fromEntries(wordings.map(({ hash, text }) => [hash, text])),
    now: cloud.clock.now(),
  };
}

async function whoTookIn(
  cloud: Cloud,
  evidence: ConsentInput["evidence"],
): Promise<NonNullable<ConsentInput["people"]>> {
  const ids = new Set(evidence.flatMap((one) => ("by" in one ? one.publication : [])));
  const all = await Promise.all([...ids].map((publication) => listPeople(cloud, publication)));
  return [...ids].flatMap((publication, index) =>
    (all[index] ?? []).map(({ id, name }) => ({ publication, id, name })),
  );
}
