import { fill } from "../../core/words.ts";
import { addPerson, removePerson } from "../../functions/desk/people.ts";
import { listPeople } from "../../functions/records/people.ts";
import { inSession, person, publicationOf } from "../session.ts";
import { option, type Run } from "./command.ts";

/** Whoever is known may hand in by mail. */
export const peopleAdd: Run = (call) =>
  inSession(call, async ({ cloud }) => {
    const publication = await publicationOf(call, cloud);
    const typed = { address: call.args[0] ?? "", name: option(call, "name") ?? "" };
    const added = await addPerson(cloud, person, publication, typed);
    const { id, name, address } = added;
    call.show(added, [fill(added.isNew ? call.say.people.added : call.say.people.known, { id, name, address })]);
    return 0;
  });

export const peopleList: Run = (call) =>
  inSession(call, async ({ cloud }) => {
    const people = await listPeople(cloud, await publicationOf(call, cloud));
    const lines = people.map(({ id, name, address }) => `${id.padEnd(24)} ${name}  <${address}>`);
    call.show(people, lines.length > 0 ? lines : [call.say.people.none]);
    return 0;
  });

export const peopleRemove: Run = (call) =>
  inSession(call, async ({ cloud }) => {
    const removed = await removePerson(cloud, person, await publicationOf(call, cloud), call.args[0] ?? "");
    call.show(removed, [fill(call.say.people.removed, { name: removed.name })]);
    return 0;
  });
