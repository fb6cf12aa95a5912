import type { KnownPerson } from "../../core/person.ts";
import type { Change, Cloud } from "../cloud/cloud.ts";
import { peopleAt, removePersonChanges } from "../records/people.ts";
import { closeSessionsOf } from "../records/sessions.ts";
import { forgetCoveringLetters } from "./covering-letters.ts";

/**
 * Everything that goes with somebody of a publication. May die anywhere and run again until their row is gone.
 *
 * @param write writes what removes their row, with whatever belongs beside it
 */
export async function forgetPerson(
  cloud: Cloud,
  publication: string,
  known: KnownPerson,
  write: (changes: readonly Change[]) => Promise<void>,
): Promise<void> {
  // First: as long as they are known it may be tried again.
  await forgetCoveringLetters(cloud, publication, known.id);
  await write(removePersonChanges(publication, known));
  if ((await peopleAt(cloud, known.addressKey)).length === 0) {
    await closeSessionsOf(cloud, known.addressKey);
    await cloud.directory.dismiss(known.address);
  }
  await cloud.forget({ addresses: [known.address], addressKeys: [known.addressKey], publication });
}
