import { type Role, roles } from "../../core/rights.ts";
import type { Cloud } from "../../functions/cloud/cloud.ts";
import { listFounders } from "../../functions/records/founders.ts";
import { listPeople } from "../../functions/records/people.ts";
import { listPublications, requirePublication } from "../../functions/records/publications.ts";

/** Somebody one may be on this machine. */
export interface SomebodyHere {
  /** The key of their address: the same wherever they are known. */
  readonly id: string;
  readonly name: string;
  readonly address: string;
  readonly works: readonly { readonly publication: string; readonly roles: readonly Role[] }[];
}

/** Everybody any publication knows, in the order of the work, and whoever may found one. */
export async function peopleHere(cloud: Cloud): Promise<readonly SomebodyHere[]> {
  const known = new Map<string, SomebodyHere>();
  for (const id of await listPublications(cloud)) {
    const { title } = await requirePublication(cloud, id);
    for (const { addressKey, name, address, roles } of await listPeople(cloud, id)) {
      const works = [...(known.get(addressKey)?.works ?? []), { publication: title, roles }];
      known.set(addressKey, { id: addressKey, name, address, works });
    }
  }
  for (const { addressKey, name, address } of await listFounders(cloud))
    if (!known.has(addressKey)) known.set(addressKey, { id: addressKey, name, address, works: [] });
  return [...known.values()].sort((one, other) => rankOf(one) - rankOf(other) || one.name.localeCompare(other.name));
}

/** By the first of their roles, in the order an issue is made. */
const rankOf = ({ works }: SomebodyHere): number =>
  Math.min(roles.length, ...works.flatMap(({ roles: held }) => held.map((role) => roles.indexOf(role))));
