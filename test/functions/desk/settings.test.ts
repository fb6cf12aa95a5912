import { beforeEach, describe, expect, it } from "vitest";
import { type SectionName, stateOf, type Typed } from "../../../core/desk/settings.ts";
import type { Person } from "../../../core/rights.ts";
import { changePublication } from "../../../functions/desk/settings.ts";
import { requirePublication, savePublication } from "../../../functions/records/publications.ts";
import { rowsOf } from "../../../functions/records/rows.ts";
import { type TestCloud, testCloud } from "../../cloud/test-cloud.ts";
import { aPublication } from "../../people-and-papers.ts";

const admin: Person = { id: "henrike", roles: ["admin"] };
const { id } = aPublication();
let cloud: TestCloud;
beforeEach(async () => {
  cloud = testCloud();
  await savePublication(cloud, aPublication());
});

const now = () => requirePublication(cloud, id);
async function change(section: SectionName, typed: Typed, seen?: string, person = admin) {
  const state = seen ?? stateOf(await now(), section);
  return changePublication(cloud, person, id, { section, seen: state, typed });
}
const acts = () => Array.fromAsync(rowsOf(cloud, { pk: `acts#${id}` }));

describe("changing a publication's settings", () => {
  it("says it on the pages at once, and enters who did it without what was written", async () => {
    expect(await change("privacy", { privacy: "Neuer Wortlaut." })).toMatchObject({ status: "saved" });
    const page = await cloud.files.read(`public/${id}/datenschutz/index.html`);
    expect(Buffer.from(page?.body ?? "").toString()).toContain("Neuer Wortlaut.");
    const [act] = await acts();
    expect(act).toMatchObject({
      by: "henrike",
      act: "change-publication",
      details: { section: "privacy", fields: ["privacy"] },
    });
    expect(JSON.stringify(act)).not.toContain("Wortlaut");
  });

  it("enters nothing where nothing was changed", async () => {
    expect(await change("privacy", { privacy: (await now()).privacy })).toMatchObject({ status: "saved" });
    expect(await acts()).toEqual([]);
  });

  it("saves nothing of a section in which something is wrong", async () => {
    const outcome = await change("sender", { "sender.name": "Neu", "sender.from": "niemand" });
    expect(outcome).toMatchObject({ status: "wrong" });
    expect(await now()).toEqual(aPublication());
  });

  it.each([["author"], ["editor"], ["publisher"]] as const)("is no right of %s", async (role) => {
    await expect(change("sender", {}, undefined, { id: "x", roles: [role] })).rejects.toMatchObject({
      code: "not-allowed",
    });
  });
});

describe("two admins at once", () => {
  it("at the same section: the second is told, and nothing of the first is overwritten", async () => {
    const seen = stateOf(await now(), "sender");
    await change("sender", { "sender.name": "Die Redaktion" }, seen);
    const outcome = await change("sender", { "sender.name": "Das Blatt" }, seen);
    expect(outcome).toMatchObject({ status: "moved-on", standing: { sender: { name: "Die Redaktion" } } });
    expect((await now()).sender.name).toBe("Die Redaktion");
  });

  it("at two sections: both are saved", async () => {
    const seen = { sender: stateOf(await now(), "sender"), publisher: stateOf(await now(), "publisher") };
    const both = await Promise.all([
      change("sender", { "sender.name": "Die Redaktion" }, seen.sender),
      change("publisher", { "publisher.phone": "030 1" }, seen.publisher),
    ]);
    expect(both.map(({ status }) => status)).toEqual(["saved", "saved"]);
    expect(await now()).toMatchObject({ sender: { name: "Die Redaktion" }, publisher: { phone: "030 1" } });
  });

  it("in the same moment at the same section: one of them is saved, the other is told", async () => {
    const seen = stateOf(await now(), "sender");
    const both = await Promise.all(["Eins", "Zwei"].map((name) => change("sender", { "sender.name": name }, seen)));
    expect(both.map(({ status }) => status).sort()).toEqual(["moved-on", "saved"]);
  });
});
