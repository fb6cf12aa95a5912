import PostalMime from "postal-mime";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { KnownPerson } from "../../../core/person.ts";
import { operator, type Role } from "../../../core/rights.ts";
import { sendProof, teamOf } from "../../../functions/desk/proofs.ts";
import { suppressAddress } from "../../../functions/desk/suppressions.ts";
import { issueAccount } from "../../../functions/records/account.ts";
import { newPersonChanges } from "../../../functions/records/people.ts";
import { latestProofs } from "../../../functions/records/proofs.ts";
import { savePublication } from "../../../functions/records/publications.ts";
import { rowsOf } from "../../../functions/records/rows.ts";
import { workUntilQuiet } from "../../../local/wiring.ts";
import { type TestCloud, testCloud } from "../../cloud/test-cloud.ts";
import { aPublication } from "../../people-and-papers.ts";
import { keyOf, letters, place, scheduleSpring, takeIn } from "../an-issue-to-send.ts";

let cloud: TestCloud;
const seen = "f".repeat(64);
const guelsen = { id: "guelsen-yildiz", roles: ["editor"] } as const;

async function known(id: string, name: string, roles: readonly Role[]): Promise<KnownPerson> {
  const address = `${id}@elblandbote.example`;
  const person: KnownPerson = { v: 1, id, name, address, addressKey: await keyOf(cloud, address), roles };
  await cloud.table.write(newPersonChanges(place.publication, person));
  return person;
}
const mailsTo = (id: string) => {
  const found = cloud.outbox.list({ limit: 50, to: `${id}@elblandbote.example` }).letters.reverse();
  return Promise.all(found.map((letter) => PostalMime.parse(cloud.outbox.source(letter))));
};

beforeEach(async () => {
  for (const way of ["info", "warn", "error"] as const) vi.spyOn(console, way).mockImplementation(() => {});
  cloud = testCloud();
  await scheduleSpring(cloud);
  await known("guelsen-yildiz", "Gülşen Yıldız", ["editor"]);
  await known("henrike-faehrmann", "Henrike Fährmann", ["publisher", "admin"]);
  await known("thomas-serak", "Thomas Śěrak", ["author"]);
});

describe("a proof", () => {
  it("is the letter readers will get, greeting whoever gets it, and its subject says what it is", async () => {
    await sendProof(cloud, guelsen, place, { seen, to: ["guelsen-yildiz", "henrike-faehrmann"] });
    await workUntilQuiet(cloud);
    const [mail] = await mailsTo("henrike-faehrmann");
    expect(mail?.subject).toBe("[Probe 1] ELBLANDbote 01|26: Kleine Orte, große Wege");
    expect(mail?.text).toContain("Guten Tag, Henrike Fährmann,\n\ndie neue Ausgabe ist da.");
    expect(mail?.html).toContain("Guten Tag, Henrike Fährmann,");
    expect(await mailsTo("guelsen-yildiz")).toHaveLength(1);
  });

  it("comes from the sender its build names, as readers' letters will", async () => {
    const later = { from: "neu@stadtbote.example", name: "STADTbote" };
    await savePublication(cloud, aPublication({ sender: { ...aPublication().sender, ...later } }));
    await sendProof(cloud, guelsen, place, { seen, to: ["guelsen-yildiz"] });
    await workUntilQuiet(cloud);
    const [mail] = await mailsTo("guelsen-yildiz");
    expect(mail?.from).toMatchObject({ name: "ELBLANDbote", address: "post@elblandbote.example" });
  });

  it("has no reader's way off the list: nobody is unsubscribed by it", async () => {
    await sendProof(cloud, guelsen, place, { seen, to: ["guelsen-yildiz"] });
    await workUntilQuiet(cloud);
    const [mail] = await mailsTo("guelsen-yildiz");
    const names = mail?.headers.map(({ key }) => key) ?? [];
    expect(names.filter((name) => name.startsWith("list-"))).toEqual([]);
    expect(mail?.text).toContain("https://elblandbote.example/u/probe");
  });

  it("reaches no reader and is no delivery", async () => {
    await takeIn(cloud, ["leserin@auenrode.example"]);
    await sendProof(cloud, guelsen, place, { seen, to: ["guelsen-yildiz"] });
    const before = await issueAccount(cloud, place.publication, place.issue);
    await workUntilQuiet(cloud);
    expect(letters(cloud)).toEqual({ "guelsen-yildiz@elblandbote.example": 1 });
    expect(await issueAccount(cloud, place.publication, place.issue)).toEqual(before);
  });

  it("is numbered, and remembered without an address", async () => {
    await sendProof(cloud, guelsen, place, { seen, to: ["guelsen-yildiz"] });
    await sendProof(cloud, guelsen, place, { seen, to: ["guelsen-yildiz", "henrike-faehrmann"] });
    expect(await latestProofs(cloud, place, 5)).toMatchObject([
      { number: 2, by: "guelsen-yildiz", fingerprint: seen, to: ["guelsen-yildiz", "henrike-faehrmann"] },
      { number: 1, to: ["guelsen-yildiz"] },
    ]);
    const acts = await Array.fromAsync(rowsOf(cloud, { pk: `acts#${place.publication}` }));
    expect(acts.filter(({ act }) => act === "proof").map(({ details }) => details)).toEqual(
      expect.arrayContaining([1, 2].map((number) => ({ proof: number, fingerprint: seen, letters: number }))),
    );
    expect(JSON.stringify(acts)).not.toContain("@");
  });

  it("keeps both numbers where two people send at once", async () => {
    const both = [1, 2].map(() => sendProof(cloud, guelsen, place, { seen, to: ["guelsen-yildiz"] }));
    expect((await Promise.all(both)).map(({ number }) => number).sort()).toEqual([1, 2]);
  });

  it("goes to the team and to nobody else", async () => {
    expect((await teamOf(cloud, operator, place.publication)).map(({ id }) => id)).toEqual([
      "guelsen-yildiz",
      "henrike-faehrmann",
    ]);
    const to = (...ids: string[]) => sendProof(cloud, guelsen, place, { seen, to: ids });
    await expect(to("thomas-serak")).rejects.toMatchObject({ code: "proof-stranger" });
    await expect(to("guelsen-yildiz", "nobody")).rejects.toMatchObject({ code: "proof-stranger" });
    await expect(to()).rejects.toMatchObject({ code: "proof-nobody" });
    const author = { id: "thomas-serak", roles: ["author"] } as const;
    await expect(sendProof(cloud, author, place, { seen, to: [author.id] })).rejects.toMatchObject({
      code: "not-allowed",
    });
  });

  it("is of the build that was looked at", async () => {
    const other = sendProof(cloud, guelsen, place, { seen: "0".repeat(64), to: ["guelsen-yildiz"] });
    await expect(other).rejects.toMatchObject({ code: "rebuilt" });
  });

  it("is not sent twenty-one times an hour", async () => {
    for (let proofs = 0; proofs < 20; proofs++)
      await sendProof(cloud, guelsen, place, { seen, to: ["guelsen-yildiz"] });
    await expect(sendProof(cloud, guelsen, place, { seen, to: ["guelsen-yildiz"] })).rejects.toMatchObject({
      code: "proof-too-often",
    });
    cloud.clock.advance({ minutes: 61 });
    await sendProof(cloud, guelsen, place, { seen, to: ["guelsen-yildiz"] });
  });

  it("does not reach an address that asked never to be written to", async () => {
    await suppressAddress(cloud, operator, "guelsen-yildiz@elblandbote.example", "asked");
    await sendProof(cloud, guelsen, place, { seen, to: ["guelsen-yildiz"] });
    await workUntilQuiet(cloud);
    expect(await mailsTo("guelsen-yildiz")).toEqual([]);
  });
});
