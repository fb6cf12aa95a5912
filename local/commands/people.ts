import { type KnownPerson, readRoles } from "../../core/person.ts";
import { fill, words } from "../../core/words.ts";
import { invite } from "../../functions/desk/invitations.ts";
import { addPerson, changePerson, type Named, removePerson, requirePersonAt } from "../../functions/desk/people.ts";
import { listPeople } from "../../functions/records/people.ts";
import { deskUrlOf } from "../desk-url.ts";
import { inSession, person, publicationOf } from "../session.ts";
import { type Call, option, type Run } from "./command.ts";

/** Whoever is known may sign in at the desk, and hand in by mail. */
export const peopleAdd: Run = (call) =>
  inSession(call, async ({ cloud }) => {
    const publication = await publicationOf(call, cloud);
    const added = await addPerson(cloud, person, publication, typed(call));
    call.show(added, [said(call, added)]);
    return 0;
  });

/** The same, and they are told by mail where the desk stands: so the first administrator comes in. */
export const peopleInvite: Run = (call) =>
  inSession(call, async ({ cloud, isHere, settle }) => {
    const [publication, desk] = [await publicationOf(call, cloud), await deskUrlOf(call, { cloud, isHere })];
    const invited = await invite(cloud, person, publication, typed(call), desk);
    await settle();
    const { address } = invited;
    call.show({ ...invited, desk: desk.href }, [
      said(call, invited),
      fill(call.say.people.invited, { address, desk: desk.href }),
    ]);
    return 0;
  });

/** Other roles for somebody who is known. */
export const peopleRoles: Run = (call) =>
  inSession(call, async ({ cloud }) => {
    const publication = await publicationOf(call, cloud);
    const known = await requirePersonAt(cloud, publication, call.args[0] ?? "");
    const roles = readRoles((option(call, "roles") ?? "").split(","));
    const changed = await changePerson(cloud, person, publication, known.id, { ...known, roles });
    call.show(changed, [fill(call.say.people.roles, { name: changed.name, roles: rolesSpoken(call, changed) })]);
    return 0;
  });

function typed(call: Call): Named {
  const roles = option(call, "roles");
  return {
    ...{ address: call.args[0] ?? "", name: option(call, "name") ?? "" },
    ...(roles !== undefined && { roles: readRoles(roles.split(",")) }),
  };
}

function said(call: Call, added: KnownPerson & { readonly isNew: boolean }): string {
  const { id, name, address, isNew } = added;
  const { people } = call.say;
  return fill(isNew ? people.added : people.known, { id, name, address, roles: rolesSpoken(call, added) });
}

const rolesSpoken = ({ language }: Call, { roles }: Pick<KnownPerson, "roles">): string =>
  roles.map((role) => words(language).desk.role[role]).join(", ");

export const peopleList: Run = (call) =>
  inSession(call, async ({ cloud }) => {
    const people = await listPeople(cloud, await publicationOf(call, cloud));
    const lines = people.map((one) => `${one.id.padEnd(24)} ${one.name}  <${one.address}>  ${rolesSpoken(call, one)}`);
    call.show(people, lines.length > 0 ? lines : [call.say.people.none]);
    return 0;
  });

export const peopleRemove: Run = (call) =>
  inSession(call, async ({ cloud }) => {
    const removed = await removePerson(cloud, person, await publicationOf(call, cloud), call.args[0] ?? "");
    call.show(removed, [fill(call.say.people.removed, { name: removed.name })]);
    return 0;
  });
