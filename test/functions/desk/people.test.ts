import { beforeEach, describe, expect, it } from "vitest";
import type { KnownPerson } from "../../../core/person.ts";
import { may, operator, type Role } from "../../../core/rights.ts";
import { invite, inviteAgain } from "../../../functions/desk/invitations.ts";
import { addPerson, changePerson, removePerson } from "../../../functions/desk/people.ts";
import { listPeople } from "../../../functions/records/people.ts";
import { savePublication } from "../../../functions/records/publications.ts";
import { listSessions, openSession } from "../../../functions/records/sessions.ts";
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

const taken = (id: string, ...roles: readonly Role[]): Promise<KnownPerson> =>
  addPerson(cloud, operator, bote.id, { address: `${id}@elbland.example`, name: id, roles });
const rolesOf = async (id: string) => (await listPeople(cloud, bote.id)).find((one) => one.id === id)?.roles;
const change = (by: KnownPerson, of: KnownPerson, roles: readonly Role[]) =>
  changePerson(cloud, by, bote.id, of.id, { ...of, roles });
const acts = async () => {
  const { items } = await cloud.table.query({ pk: `acts#${bote.id}`, limit: 50 });
  return items.map(({ by, act, id, details }) => [by, act, id, details]);
};

describe("the people of a publication", () => {
  it.each(["Operator", "operator", "Kurier"])("never stand in the acts as the machine's own: %s", async (name) => {
    const named = await addPerson(cloud, almut, bote.id, { address: "name@elbland.example", name, roles: ["author"] });
    expect([named.name, named.id]).toEqual([name, `${name.toLowerCase()}-2`]);
    // Nor is what nobody handed in theirs.
    const thing = { publication: bote.id, kind: "article", id: "steg", by: operator.id } as const;
    expect(may(named, "edit-article", thing)).toBe(false);
  });

  it("get other roles, and it is written down who gave them", async () => {
    const guelsen = await taken("guelsen", "author");
    cloud.clock.advance({ minutes: 1 });
    await change(almut, guelsen, ["editor", "publisher"]);
    expect(await rolesOf("guelsen")).toEqual(["editor", "publisher"]);
    expect((await acts()).at(-1)).toEqual(["almut", "change-person", "guelsen", { roles: ["editor", "publisher"] }]);
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
      await expect(removePerson(cloud, guelsen, bote.id, "almut")).rejects.toMatchObject(refused);
      await expect(
        invite(cloud, guelsen, bote.id, { address: "x@elbland.example", name: "", roles: ["admin"] }, desk),
      ).rejects.toMatchObject(refused);
      await expect(inviteAgain(cloud, guelsen, bote.id, "almut", desk)).rejects.toMatchObject(refused);
      expect(await listPeople(cloud, bote.id)).toHaveLength(2);
    },
  );

  it("always have somebody who looks after them", async () => {
    await expect(change(almut, almut, ["editor"])).rejects.toMatchObject({ code: "last-admin" });
    await expect(removePerson(cloud, almut, bote.id, "almut")).rejects.toMatchObject({ code: "last-admin" });
    const second = await taken("henrike", "admin");
    await change(almut, almut, ["editor"]);
    await expect(removePerson(cloud, second, bote.id, "henrike")).rejects.toMatchObject({ code: "last-admin" });
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
    await removePerson(cloud, almut, bote.id, "guelsen");
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
