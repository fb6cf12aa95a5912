import type { InvitationAsk } from "../../core/subscriber/ask.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { deskMailKey } from "../records/keys.ts";
import { findPerson } from "../records/people.ts";
import { findPublication } from "../records/publications.ts";
import type { AnswerTo } from "./answer-to.ts";
import { isSilenced } from "./silenced.ts";

/** To somebody the desk has just taken in; whoever was removed meanwhile gets nothing. */
export async function toInvited(cloud: Cloud, ask: InvitationAsk): Promise<AnswerTo | undefined> {
  const { addressKey, publication: id, desk } = ask;
  const [publication, person] = await Promise.all([findPublication(cloud, id), findPerson(cloud, id, addressKey)]);
  if (!publication || !person || (await isSilenced(cloud, addressKey))) return undefined;
  return {
    asked: { is: "invitation", publication, roles: person.roles, address: person.address, desk },
    key: deskMailKey(addressKey, id, ask.id),
    ...{ addressKey, address: person.address, language: publication.language, token: undefined },
  };
}
