import type { Person, Thing } from "../../core/rights.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { actRow, demand } from "../records/acts.ts";
import { requirePerson } from "../records/people-listed.ts";
import { closeSessionsOf, listSessions } from "../records/sessions.ts";
import { noteSignOut } from "../records/sign-outs.ts";

/**
 * Signs somebody out wherever they are signed in, for every publication that knows them: a lost telephone knows no
 * difference. They may come in again by showing who they are.
 *
 * @throws Refusal `no-person`, `not-allowed`
 */
export async function signOut(cloud: Cloud, person: Person, publication: string, id: string): Promise<void> {
  const { addressKey } = await requirePerson(cloud, publication, id);
  const thing: Thing = { publication, kind: "person", id };
  demand(person, "end-sessions", thing);
  const sessions = (await listSessions(cloud, addressKey)).length;
  if (sessions === 0) return;
  // Written down first: whoever ends their own, or is interrupted, has still said it.
  await cloud.table.write([actRow(cloud.clock, person, "end-sessions", thing, { sessions })]);
  await noteSignOut(cloud, addressKey);
  await closeSessionsOf(cloud, addressKey);
}
