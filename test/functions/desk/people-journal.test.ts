import { beforeEach, describe, expect, it } from "vitest";
import { digestOf } from "../../../core/digest.ts";
import type { KnownPerson } from "../../../core/person.ts";
import { operator, type Role } from "../../../core/rights.ts";
import type { Cloud } from "../../../functions/cloud/cloud.ts";
import { addPerson, changePerson, removePerson } from "../../../functions/desk/people.ts";
import { journalPages } from "../../../functions/records/journal.ts";
import { findPerson } from "../../../functions/records/people.ts";
import { savePublication } from "../../../functions/records/publications.ts";
import { type TestCloud, testCloud } from "../../cloud/test-cloud.ts";
import { aPublication } from "../../people-and-papers.ts";

const bote = aPublication();
let cloud: TestCloud;
let almut: KnownPerson;
beforeEach(async () => {
  cloud = testCloud();
  await savePublication(cloud, bote);
  almut = await addPerson(cloud, operator, bote.id, { address: "almut@elbland.example", name: "Almut" });
});

const entries = async () => (await Array.fromAsync(journalPages(cloud))).flat();
const give = (at: Cloud, ...roles: readonly Role[]) =>
  changePerson(at, operator, bote.id, almut.id, { ...almut, roles });

describe("the journal of people", () => {
  it("holds by keys alone what somebody may do, and that they were removed", async () => {
    await give(cloud, "editor");
    cloud.clock.advance({ minutes: 1 });
    await removePerson(cloud, operator, bote.id, almut.id);
    const whom = { v: 1, publication: bote.id, addressKey: almut.addressKey, person: digestOf(almut.id) };
    expect(await entries()).toEqual([
      { ...whom, kind: "appointed", at: "2026-11-23T08:00:00.000Z", version: 1, roles: ["editor"] },
      { ...whom, kind: "removed", at: "2026-11-23T08:01:00.000Z", version: 2 },
    ]);
    for (const { key } of await cloud.files.list("journal/"))
      expect(Buffer.from((await cloud.files.read(key))?.body ?? "").toString()).not.toMatch(/@|almut/i);
  });

  it("that cannot be written keeps what somebody may do as it is, and says so", async () => {
    const write = () => Promise.reject(new Error("the files are away"));
    const failing: Cloud = { ...cloud, files: { ...cloud.files, write } };
    await expect(give(failing, "editor")).rejects.toThrow("the files are away");
    await expect(removePerson(failing, operator, bote.id, almut.id)).rejects.toThrow("the files are away");
    expect(await findPerson(cloud, bote.id, almut.addressKey)).toMatchObject({ roles: ["author"] });
  });

  it.each([
    ["changed", (at: Cloud) => give(at, "publisher", "admin")],
    ["removed", (at: Cloud) => removePerson(at, operator, bote.id, almut.id)],
  ])("says last what stands where somebody was %s too late", async (_, late) => {
    // Somebody else is quicker, after this one has looked.
    const write: Cloud["table"]["write"] = async (changes) => {
      await give(cloud, "editor");
      return cloud.table.write(changes);
    };
    const slower: Cloud = { ...cloud, table: { ...cloud.table, write } };
    await expect(late(slower)).rejects.toMatchObject({ code: "person-changed" });
    const stands = { kind: "appointed", version: 1, roles: ["editor"], at: "2026-11-23T08:00:00.001Z" };
    expect((await entries()).at(-1)).toMatchObject(stands);
  });
});
