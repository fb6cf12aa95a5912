import { beforeEach, describe, expect, it, vi } from "vitest";
import type { KnownPerson } from "../../core/person.ts";
import { operator, type Role } from "../../core/rights.ts";
import type { Issuer } from "../../functions/desk/issuer.ts";
import { addPerson, changePerson, removePerson } from "../../functions/desk/people.ts";
import { lookAtRestored } from "../../functions/desk/restoring.ts";
import { beginSignIn, type CameBack, finishSignIn } from "../../functions/desk/sign-in.ts";
import { desk } from "../../functions/desk.ts";
import { findPerson, listPeople } from "../../functions/records/people.ts";
import { behindLink, makeLink } from "../../functions/records/personal-links.ts";
import { savePublication } from "../../functions/records/publications.ts";
import { closeSessionsOf, listSessions, openSession } from "../../functions/records/sessions.ts";
import { mortal } from "../cloud/mortal-cloud.ts";
import type { TestCloud } from "../cloud/test-cloud.ts";
import { aPublication } from "../people-and-papers.ts";
import { aFolder, type Folder, restored } from "./a-lost-table.ts";
import { deskUrl, visitorWith } from "./desk/routes/a-desk.ts";

/** An older table is put back, and it knows people who were let go since. */

const bote = aPublication();
let folder: Folder;
let cloud: TestCloud;
beforeEach(async () => {
  for (const level of ["error", "warn"] as const) vi.spyOn(console, level).mockImplementation(() => {});
  folder = aFolder();
  cloud = folder.open();
  await savePublication(cloud, bote);
});

const addressOf = (name: string): string => `${name}@elbland.example`;
const taken = (name: string, ...roles: readonly Role[]): Promise<KnownPerson> =>
  addPerson(cloud, operator, bote.id, { address: addressOf(name), name, roles });
const remove = ({ id }: KnownPerson) => removePerson(cloud, operator, bote.id, id);
const give = async (known: KnownPerson, ...roles: readonly Role[]) =>
  changePerson(cloud, operator, bote.id, known.id, { ...known, roles });
const now = ({ addressKey }: KnownPerson) => findPerson(cloud, bote.id, addressKey);
const putTableBack = (): void => {
  cloud = folder.putTableBack();
};
const saveTable = (): void => {
  cloud = folder.saveTable();
};

/** The issuer says who they are; it does not know what we think of them. */
async function signIn(address: string): Promise<CameBack> {
  const state = cloud.clock.id();
  const issuer: Issuer = {
    go: async () => ({ url: "https://issuer.example", kept: { state, nonce: "n", verifier: "v", isFresh: false } }),
    comeBack: async () => ({ address, at: cloud.clock.now().toISOString() }),
  };
  await beginSignIn(cloud, issuer, { to: "/", language: "de", isFresh: false, address: undefined });
  const came = { query: new URLSearchParams({ state }), state, before: undefined, device: {} };
  return finishSignIn(cloud, issuer, came);
}
const opened = async (known: KnownPerson) => {
  const token = await openSession(cloud, { addressKey: known.addressKey, signedInAt: cloud.clock.now().toISOString() });
  return { ask: async () => (await visitorWith(desk(cloud, { baseUrl: deskUrl }), known, token).get("/")).status };
};

describe("an older table that is put back", () => {
  it("lets in nobody who was removed since, keeps roles as they were last given, and lets no session live", async () => {
    const [gone, lower, higher, same] = [
      await taken("gone", "publisher", "admin"),
      await taken("lower", "editor", "publisher"),
      await taken("higher", "author"),
      await taken("same", "editor"),
    ];
    const sessions = [await opened(gone), await opened(same)];
    saveTable();
    expect(await Promise.all(sessions.map(({ ask }) => ask()))).toEqual([200, 200]);
    await remove(gone);
    await give(lower, "author");
    await give(await give(higher, "editor"), "editor", "publisher");
    await closeSessionsOf(cloud, same.addressKey);

    putTableBack();
    expect((await now(gone))?.roles).toEqual(["publisher", "admin"]);
    expect(await lookAtRestored(cloud)).toMatchObject({ entries: { removed: 1, appointed: 3 } });
    expect(await restored(cloud)).toMatchObject({ sessions: 2, told: { removed: 1, appointed: 2 } });
    expect((await listPeople(cloud, bote.id)).map(({ name, roles }) => [name, roles])).toEqual([
      ["higher", ["editor", "publisher"]],
      ["lower", ["author"]],
      ["same", ["editor"]],
    ]);
    expect(await Promise.all(sessions.map(({ ask }) => ask()))).toEqual([303, 303]);
    expect(await signIn(gone.address)).toEqual({ is: "unknown", address: gone.address });
    expect(await signIn(same.address)).toMatchObject({ is: "known" });
  });

  it("takes nobody in before it was told, not even with a session that stands in it", async () => {
    const known = await taken("almut", "admin");
    const { ask } = await opened(known);
    saveTable();
    putTableBack();
    expect(await ask()).toBe(303);
    await expect(signIn(known.address)).rejects.toMatchObject({ code: "desk-fenced" });
    await restored(cloud);
    expect(await signIn(known.address)).toMatchObject({ is: "known" });
  });

  it("opens no personal link that was made before, for it may have been taken back since", async () => {
    const keyOf = (digest: string) => ({ pk: `link#${digest}`, sk: "link" });
    const made = () => makeLink(cloud, keyOf, { issue: "2026-01" }, "2026-12-24T00:00:00.000Z");
    const before = await made();
    expect(await behindLink(cloud, keyOf, before)).toMatchObject({ issue: "2026-01" });
    saveTable();
    expect(await behindLink(cloud, keyOf, before)).toMatchObject({ issue: "2026-01" });
    putTableBack();
    expect(await behindLink(cloud, keyOf, before)).toBeUndefined();
    await restored(cloud);
    expect(await behindLink(cloud, keyOf, before)).toBeUndefined();
    expect(await behindLink(cloud, keyOf, await made())).toMatchObject({ issue: "2026-01" });
  });

  it("keeps whoever was removed and invited again, and what they may do then", async () => {
    const first = await taken("almut", "admin");
    await remove(first);
    const second = await taken("almut", "author");
    saveTable();
    putTableBack();
    expect(await restored(cloud)).toMatchObject({ told: { removed: 0, appointed: 0 } });
    expect(await now(second)).toMatchObject({ id: second.id, roles: ["author"] });
  });

  it("keeps whoever it knows better: it was made after their roles were changed", async () => {
    const almut = await taken("almut", "author");
    const renamed = await changePerson(cloud, operator, bote.id, almut.id, {
      ...almut,
      name: "Almut",
      roles: ["editor"],
    });
    saveTable();
    putTableBack();
    expect(await restored(cloud)).toMatchObject({ told: { appointed: 0 } });
    expect(await now(almut)).toMatchObject({ name: "Almut", roles: ["editor"], version: renamed.version });
  });

  it("can be changed on afterwards, and be put back again", async () => {
    const almut = await taken("almut", "editor", "publisher");
    saveTable();
    await give(almut, "author");
    putTableBack();
    await restored(cloud);
    const [after] = await listPeople(cloud, bote.id);
    expect(after).toMatchObject({ roles: ["author"], version: 1 });
    if (after) await give(after, "editor");
    putTableBack();
    await restored(cloud);
    expect(await now(almut)).toMatchObject({ roles: ["editor"], version: 2 });
  });

  it("writes down who was removed and who was given other roles, by whoever put it back", async () => {
    const [gone, lower] = [await taken("gone", "author"), await taken("lower", "admin", "editor")];
    saveTable();
    await remove(gone);
    await give(lower, "editor");
    putTableBack();
    cloud.clock.advance({ minutes: 1 });
    await restored(cloud);
    const { items } = await cloud.table.query({ pk: `acts#${bote.id}`, limit: 50 });
    const since = items.slice(2).map(({ by, act, id }) => [by, act, id]);
    expect(since).toEqual(
      expect.arrayContaining([
        ["operator", "remove-person", gone.id],
        ["operator", "change-person", lower.id],
        ["operator", "restore", bote.id],
      ]),
    );
  });

  it.each(["before", "after"] as const)("may be told by somebody who dies %s any step, and again", async (when) => {
    const [gone, lower] = [await taken("gone", "author"), await taken("lower", "admin", "editor")];
    await opened(lower);
    saveTable();
    await remove(gone);
    await give(lower, "editor");
    putTableBack();
    for (let effect = 1, isFenced = true; isFenced; effect += 1) {
      putTableBack();
      await restored(mortal(cloud, { effect, when })).catch(() => {});
      isFenced = (await lookAtRestored(cloud)) !== undefined;
      await restored(cloud);
      expect([await now(gone), (await now(lower))?.roles, await listSessions(cloud, lower.addressKey)]).toEqual([
        undefined,
        ["editor"],
        [],
      ]);
    }
  });
});
