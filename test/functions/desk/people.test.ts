import { beforeEach, describe, expect, it } from "vitest";
import { nameOf } from "../../../core/desk/name-of.ts";
import { newSubmission } from "../../../core/mail/received.ts";
import type { KnownPerson } from "../../../core/person.ts";
import { may, operator, type Role } from "../../../core/rights.ts";
import { requireOwn } from "../../../functions/desk/hand-in.ts";
import { invite, inviteAgain } from "../../../functions/desk/invitations.ts";
import { addPerson, changePerson, removePerson } from "../../../functions/desk/people.ts";
import { peoplePartition } from "../../../functions/records/keys.ts";
import { listPeople } from "../../../functions/records/people.ts";
import { savePublication } from "../../../functions/records/publications.ts";
import { listSessions, openSession } from "../../../functions/records/sessions.ts";
import { submissionChanges } from "../../../functions/records/submissions.ts";
import { suppress } from "../../../functions/records/suppressions.ts";
import { workUntilQuiet } from "../../../local/wiring.ts";
import { type TestCloud, testCloud } from "../../cloud/test-cloud.ts";
import { aPublication } from "../../people-and-papers.ts";

const bote = aPublication();
const desk = new URL("https://redaktion.elblandbote.example");

let cloud: TestCloud;
let almut: KnownPerson;
beforeEach(async () => {
  cloud = testCloud();
  await savePublication(cloud, bote);
  almut = await taken("almut", "admin");
});

/** By name: ids are drawn. */
const taken = (id: string, ...roles: readonly Role[]): Promise<KnownPerson> =>
  addPerson(cloud, operator, bote.id, { address: `${id}@elbland.example`, name: id, roles });
const rolesOf = async (name: string) => (await listPeople(cloud, bote.id)).find((one) => one.name === name)?.roles;
const change = (by: KnownPerson, of: KnownPerson, roles: readonly Role[]) =>
  changePerson(cloud, by, bote.id, of.id, { ...of, roles });
const acts = async () => {
  const { items } = await cloud.table.query({ pk: `acts#${bote.id}`, limit: 50 });
  return items.map(({ by, act, id, details }) => [by, act, id, details]);
};

describe("the people of a publication", () => {
  it.each(["Operator", "operator", "Kurier", "Gülşen"])(
    "stand in the acts by an id that does not tell their name: %s",
    async (name) => {
      const named = await addPerson(cloud, almut, bote.id, {
        address: "name@elbland.example",
        name,
        roles: ["author"],
      });
      expect([named.name, named.id]).toEqual([name, expect.stringMatching(/^p-[0-9a-f]{12}$/)]);
      // Nor is what nobody handed in theirs.
      const thing = { publication: bote.id, kind: "article", id: "steg", by: operator.id } as const;
      expect(may(named, "edit-article", thing)).toBe(false);
    },
  );

  it("never get an id somebody had: what a namesake made is not theirs", async () => {
    const first = await taken("guelsen", "author");
    const submission = newSubmission(
      { publication: bote.id, id: "steg", by: first.id, at: cloud.clock.now().toISOString() },
      {},
    );
    await cloud.table.write(submissionChanges(undefined, submission));
    await removePerson(cloud, almut, bote.id, first.id);
    const namesake = await taken("guelsen", "author");
    expect(namesake.id).not.toBe(first.id);
    const place = { publication: bote.id, submission: "steg" };
    await expect(requireOwn(cloud, namesake, place)).rejects.toMatchObject({ code: "not-allowed" });
    // Not even by a lot that was drawn before.
    const lots = [first.id, namesake.id].map(() => "drawn twice");
    const clock = { ...cloud.clock, id: () => lots.pop() ?? cloud.clock.id() };
    const drawing = (address: string) =>
      addPerson({ ...cloud, clock }, operator, bote.id, { address, name: "Gülşen" }).then(({ id }) => id);
    expect(await drawing("a@elbland.example")).not.toBe(await drawing("b@elbland.example"));
  });

  it("have two ids when two of a name are invited at once", async () => {
    const both = await Promise.all(
      ["a@elbland.example", "b@elbland.example"].map((address) =>
        invite(cloud, almut, bote.id, { address, name: "Gülşen Yıldız", roles: ["author"] }, desk),
      ),
    );
    expect(new Set(both.map(({ id }) => id)).size).toBe(2);
    expect((await listPeople(cloud, bote.id)).filter(({ name }) => name === "Gülşen Yıldız")).toHaveLength(2);
  });

  it("leave a row behind that keeps their id and says nothing of them", async () => {
    const { id, addressKey } = await taken("guelsen", "author");
    await removePerson(cloud, almut, bote.id, id);
    const rows = await cloud.table.query({ pk: peoplePartition(bote.id), limit: 20 });
    const theirs = rows.items.filter(({ sk }) => sk.includes(id) || sk.includes(addressKey));
    expect(theirs).toEqual([{ pk: peoplePartition(bote.id), sk: `id#${id}`, v: 1 }]);
    expect(nameOf([], id, "de")).toBe(`eine frühere Person (${id.slice(2, 6)})`);
  });

  it("get other roles, and it is written down who gave them", async () => {
    const guelsen = await taken("guelsen", "author");
    cloud.clock.advance({ minutes: 1 });
    await change(almut, guelsen, ["editor", "publisher"]);
    expect(await rolesOf("guelsen")).toEqual(["editor", "publisher"]);
    expect((await acts()).at(-1)).toEqual([almut.id, "change-person", guelsen.id, { roles: ["editor", "publisher"] }]);
  });

  it.each(["author", "editor", "publisher"] as const)(
    "are looked after by administrators, never by an %s",
    async (role) => {
      const guelsen = await taken("guelsen", role);
      const refused = { code: "not-allowed" };
      await expect(change(guelsen, guelsen, ["admin"])).rejects.toMatchObject(refused);
      await expect(
        addPerson(cloud, guelsen, bote.id, { address: "x@elbland.example", name: "" }),
      ).rejects.toMatchObject(refused);
      await expect(removePerson(cloud, guelsen, bote.id, almut.id)).rejects.toMatchObject(refused);
      await expect(
        invite(cloud, guelsen, bote.id, { address: "x@elbland.example", name: "", roles: ["admin"] }, desk),
      ).rejects.toMatchObject(refused);
      await expect(inviteAgain(cloud, guelsen, bote.id, almut.id, desk)).rejects.toMatchObject(refused);
      expect(await listPeople(cloud, bote.id)).toHaveLength(2);
    },
  );

  it("always have somebody who looks after them", async () => {
    await expect(change(almut, almut, ["editor"])).rejects.toMatchObject({ code: "last-admin" });
    await expect(removePerson(cloud, almut, bote.id, almut.id)).rejects.toMatchObject({ code: "last-admin" });
    const second = await taken("henrike", "admin");
    await change(almut, almut, ["editor"]);
    await expect(removePerson(cloud, second, bote.id, second.id)).rejects.toMatchObject({ code: "last-admin" });
  });

  it("keep an administrator when two take it from each other at once", async () => {
    const henrike = await taken("henrike", "admin");
    const both = await Promise.allSettled([change(almut, henrike, ["editor"]), change(henrike, almut, ["editor"])]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const admins = (await listPeople(cloud, bote.id)).filter(({ roles }) => roles.includes("admin"));
    expect(admins).toHaveLength(1);
  });

  it("are changed by one at a time: the second is told, and overwrites nothing", async () => {
    const guelsen = await taken("guelsen", "author");
    await change(almut, guelsen, ["editor"]);
    await expect(change(almut, guelsen, ["publisher"])).rejects.toMatchObject({ code: "person-changed" });
    expect(await rolesOf("guelsen")).toEqual(["editor"]);
    const again = await Promise.allSettled(
      (["publisher", "admin"] as const).map((role) => change(almut, { ...guelsen, version: 1 }, [role])),
    );
    expect(again.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });

  it("are not changed by an invitation of somebody who is known", async () => {
    await taken("guelsen", "author");
    const again = { address: "guelsen@elbland.example", name: "", roles: ["admin"], mustBeNew: true } as const;
    await expect(invite(cloud, almut, bote.id, again, desk)).rejects.toMatchObject({ code: "person-known" });
    expect(await rolesOf("guelsen")).toEqual(["author"]);
  });

  it("are known to an issuer of ours as long as any publication knows them", async () => {
    const directory: string[] = [];
    const admit = async (address: string) => void directory.push(`+ ${address}`);
    const dismiss = async (address: string) => void directory.push(`- ${address}`);
    const stage = { ...cloud, directory: { admit, dismiss } };
    const named = { address: "guelsen@elbland.example", name: "Gülşen" };
    await addPerson(stage, almut, bote.id, named);
    await savePublication(cloud, aPublication({ id: "talpost" }));
    await addPerson(stage, operator, "talpost", named);
    await removePerson(stage, almut, bote.id, named.address);
    expect(directory).toEqual([`+ ${named.address}`, `+ ${named.address}`]);
    await removePerson(stage, operator, "talpost", named.address);
    expect(directory.at(-1)).toBe(`- ${named.address}`);
  });

  it("lose their sessions when they are removed, unless another publication knows them", async () => {
    await savePublication(cloud, aPublication({ id: "talpost" }));
    const guelsen = await taken("guelsen", "editor");
    await addPerson(cloud, operator, "talpost", { address: guelsen.address, name: "Gülşen" });
    await openSession(cloud, { addressKey: guelsen.addressKey, signedInAt: cloud.clock.now().toISOString() });
    await removePerson(cloud, almut, bote.id, guelsen.id);
    expect(await listSessions(cloud, guelsen.addressKey)).toHaveLength(1);
    await removePerson(cloud, operator, "talpost", guelsen.address);
    expect(await listSessions(cloud, guelsen.addressKey)).toEqual([]);
  });
});

describe("an invitation", () => {
  const invited = {
    address: "guelsen@elbland.example",
    name: "Gülşen Yıldız",
    roles: ["editor", "publisher"],
  } as const;
  const lettersTo = (to: string) => cloud.outbox.list({ limit: 10, to }).letters;
  const sent = async () => {
    await workUntilQuiet(cloud, { waitSeconds: 5 });
    return lettersTo(invited.address).map((letter) => cloud.outbox.source(letter).toString());
  };

  it("says where the desk is, what may be done there and with which address", async () => {
    await invite(cloud, almut, bote.id, invited, desk);
    const [letter = ""] = await sent();
    const text = letter.replace(/=\r\n/g, "");
    for (const words of [
      `${desk.origin}/${bote.id}/`,
      "Sie sind eingeladen",
      "Ausgaben freigeben und versenden",
      invited.address,
    ])
      expect(text).toContain(words);
    expect(text).not.toContain("Personen einladen");
    expect(text).toMatch(/^Reply-To: .*redaktion@elblandbote\.example/m);
    expect(text).not.toMatch(/^List-/m);
  });

  it("goes out once for each time it was asked for, however often the queue hands it over", async () => {
    const known = await invite(cloud, almut, bote.id, invited, desk);
    expect(await sent()).toHaveLength(1);
    await inviteAgain(cloud, almut, bote.id, known.id, desk);
    expect(await sent()).toHaveLength(2);
    expect((await acts()).filter(([, act]) => act === "invite-person")).toHaveLength(2);
  });

  it("goes to nobody who was removed meanwhile, and to nobody who never wants to be written to", async () => {
    const known = await invite(cloud, almut, bote.id, invited, desk);
    await removePerson(cloud, almut, bote.id, known.id);
    expect(await sent()).toEqual([]);
    const again = await invite(cloud, almut, bote.id, invited, desk);
    await suppress(cloud, new Map([[again.addressKey, "asked"]]));
    expect(await sent()).toEqual([]);
  });
});
