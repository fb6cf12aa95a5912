import type { Change, Cloud, Item } from "../cloud/cloud.ts";
import type { Place } from "./issue-control.ts";
import { proofKey } from "./keys.ts";

/** Proofs of an issue, numbered from one: which build was sent, by whom and to whom. */
export interface Proof {
  readonly v: 1;
  readonly number: number;
  readonly at: string;
  readonly by: string;
  readonly fingerprint: string;
  /** Ids of people. */
  readonly to: readonly string[];
}

/** Written where none of that number stands. */
export const newProofChange = ({ publication, issue }: Place, proof: Proof): Change => ({
  put: { ...proofKey(publication, issue, proof.number), ...proof },
  if: "absent",
});

/** The newest first. */
export async function latestProofs(cloud: Cloud, { publication, issue }: Place, most: number): Promise<Proof[]> {
  const [{ pk, sk: from }, { sk: to }] = [proofKey(publication, issue, 0), proofKey(publication, issue, 9999)];
  const { items } = await cloud.table.query({ pk, from, to, newestFirst: true, limit: most, consistent: true });
  return items.map(({ pk: _, sk: __, ...proof }: Item) => proof as unknown as Proof);
}
