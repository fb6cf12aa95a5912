import PostalMime from "postal-mime";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Built } from "../../../core/issue/issue.ts";
import type { Publication } from "../../../core/publication.ts";
import { operator, type Person } from "../../../core/rights.ts";
import { answerAsked as answerBy, askedBy, declineBuild, type Given } from "../../../functions/desk/approvals.ts";
import { askApproval } from "../../../functions/desk/asking-approval.ts";
import { approveIssue, draftIssue } from "../../../functions/desk/issues.ts";
import { addPerson, removePerson } from "../../../functions/desk/people.ts";
import { latestRequests } from "../../../functions/records/approval-requests.ts";
import { requireIssue, saveIssue } from "../../../functions/records/issues.ts";
import { newPersonChanges } from "../../../functions/records/people.ts";
import { savePublication } from "../../../functions/records/publications.ts";
import { rowsOf } from "../../../functions/records/rows.ts";
import { workUntilQuiet } from "../../../local/wiring.ts";
import { type TestCloud, testCloud } from "../../cloud/test-cloud.ts";
import { anIssue, aPublication } from "../../people-and-papers.ts";
import { keyOf, place } from "../an-issue-to-send.ts";

let cloud: TestCloud;
const seen = "f".repeat(64);
const desk = new URL("https://redaktion.elbland.example");
const guelsen: Person = { id: "guelsen", roles: ["editor"] };
const paula = "paula.zschoche@auenrode.example";
const spring = () => requireIssue(cloud, place.publication, place.issue);

/** The build of spring, by Gülşen; `fingerprint` another than the one that was seen. */
async function build(fingerprint = seen, given: Partial<Publication> = {}): Promise<void> {
  await savePublication(cloud, aPublication(given));
  const draft = await draftIssue(
    cloud,
    operator,
    anIssue({ theme: { title: `Kleine Orte ${fingerprint[0]}`, intro: "" } }),
  );
  const built: Built = { ...draft, status: "built", fingerprint, builtBy: "guelsen", builtAt: draft.date } as Built;
  await saveIssue(cloud, built);
}
const ask = (given: Partial<{ name: string; address: string; seen: string }> = {}, person = guelsen) =>
  askApproval(cloud, person, place, { seen, name: "Paula Zschoche", address: paula, desk, ...given });
const answerAsked = (on: TestCloud, token: string, given: Omit<Given, "desk">) =>
  answerBy(on, token, { ...given, desk });
async function linkIn(to = paula): Promise<string> {
  await workUntilQuiet(cloud);
  const [letter] = cloud.outbox.list({ limit: 1, to }).letters;
  if (!letter) return expect.unreachable("no mail came");
  const { text = "" } = await PostalMime.parse(cloud.outbox.source(letter));
  return /https:\/\/redaktion\.elbland\.example\/r\/approval\/(\S+)/.exec(text)?.[1] ?? "";
}

beforeEach(async () => {
  for (const way of ["info", "warn", "error"] as const) vi.spyOn(console, way).mockImplementation(() => {});
  cloud = testCloud();
  await build();
});

describe("an approval by personal link", () => {
  it("is over where whoever was asked has been removed from the desk since", async () => {
    const named = { address: paula, name: "Paula Zschoche" };
    const { id } = await addPerson(cloud, operator, place.publication, named);
    await ask();
    const token = await linkIn();
    await removePerson(cloud, operator, place.publication, id);
    expect(await askedBy(cloud, token)).toBeUndefined();
    await expect(answerAsked(cloud, token, { is: "approved", words: "" })).rejects.toMatchObject({ code: "link-over" });
    expect(await spring()).toMatchObject({ status: "built" });
  });

  it("binds a name to exactly the build that was shown", async () => {
    await ask();
    const token = await linkIn();
    expect(await askedBy(cloud, token)).toMatchObject({ is: "open", request: { name: "Paula Zschoche" } });
    expect(await spring()).toMatchObject({ status: "built" }); // looking changes nothing
    await answerAsked(cloud, token, { is: "approved", words: "" });
    expect(await spring()).toMatchObject({
      ...{ status: "approved", fingerprint: seen },
      approval: { by: "link/paula-zschoche", name: "Paula Zschoche" },
    });
  });

  it("is answered once, whatever is answered", async () => {
    await ask();
    const token = await linkIn();
    await answerAsked(cloud, token, { is: "declined", words: "Auf Seite 2 fehlt der Bildnachweis." });
    for (const is of ["approved", "declined"] as const)
      await expect(answerAsked(cloud, token, { is, words: "Doch." })).rejects.toMatchObject({
        code: "approval-answered",
      });
    expect(await spring()).toMatchObject({ status: "built" });
    expect(await latestRequests(cloud, place, 5)).toMatchObject([
      { name: "Paula Zschoche", answer: { is: "declined", words: "Auf Seite 2 fehlt der Bildnachweis." } },
    ]);
  });

  it("is answered once, though both buttons are pressed at the same moment", async () => {
    await ask();
    const token = await linkIn();
    const ends = await Promise.allSettled([
      answerAsked(cloud, token, { is: "approved", words: "" }),
      answerAsked(cloud, token, { is: "declined", words: "Nein." }),
    ]);
    expect(ends.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const [request] = await latestRequests(cloud, place, 1);
    expect((await spring()).status).toBe(request?.answer?.is === "approved" ? "approved" : "built");
  });

  it("dies with the build, after fourteen days, and where somebody else has approved", async () => {
    await ask();
    const token = await linkIn();
    await build("0".repeat(64));
    expect(await askedBy(cloud, token)).toMatchObject({ is: "stale" });
    await expect(answerAsked(cloud, token, { is: "approved", words: "" })).rejects.toMatchObject({ code: "rebuilt" });
    await build();
    expect(await askedBy(cloud, token)).toMatchObject({ is: "open" });
    await approveIssue(cloud, operator, place.publication, place.issue, seen);
    await expect(answerAsked(cloud, token, { is: "approved", words: "" })).rejects.toMatchObject({
      code: "already-approved",
    });
    cloud.clock.advance({ days: 14, seconds: 1 });
    expect(await askedBy(cloud, token)).toBeUndefined();
  });

  it("leads nowhere with another token", async () => {
    await ask();
    const token = await linkIn();
    for (const wrong of ["", "x".repeat(43), token.slice(1), `${token}x`, "%"])
      await expect(answerAsked(cloud, wrong, { is: "approved", words: "" })).rejects.toMatchObject({
        code: "link-over",
      });
  });

  it("does not go to whoever built it, unless one pair of eyes is enough", async () => {
    const address = "guelsen@elblandbote.example";
    const known = { v: 1, id: "guelsen", name: "Gülşen Yıldız", address, roles: ["editor"] } as const;
    await cloud.table.write(newPersonChanges(place.publication, { ...known, addressKey: await keyOf(cloud, address) }));
    await expect(ask({ address })).rejects.toMatchObject({ code: "own-build" });
    await savePublication(cloud, aPublication({ approvals: "one" }));
    await ask({ address });
  });

  it("says no only with a reason", async () => {
    await ask();
    const token = await linkIn();
    await expect(answerAsked(cloud, token, { is: "declined", words: "  " })).rejects.toMatchObject({
      code: "words-missing",
    });
  });

  it("asks for a name, an address and a build that waits for it", async () => {
    await expect(ask({ name: " " })).rejects.toMatchObject({ code: "name-missing" });
    await expect(ask({ address: "paula" })).rejects.toMatchObject({ code: "address-at" });
    await expect(ask({ seen: "1" })).rejects.toMatchObject({ code: "rebuilt" });
    await expect(ask({}, { id: "joerdis", roles: ["author"] })).rejects.toMatchObject({ code: "not-allowed" });
  });

  it("leaves no address in acts and rows, and none of its token", async () => {
    await ask();
    const token = await linkIn();
    await answerAsked(cloud, token, { is: "approved", words: "" });
    const partitions = [`acts#${place.publication}`, `publication#${place.publication}`];
    const rows = await Promise.all(partitions.map((pk) => Array.fromAsync(rowsOf(cloud, { pk }))));
    const text = JSON.stringify(rows.flat().filter(({ sk }) => sk !== "settings"));
    expect(text).not.toContain("@");
    expect(text).not.toContain(token);
    expect(rows.flat().flatMap(({ act, by }) => (act === undefined ? [] : [[act, by]]))).toContainEqual([
      "approve",
      "link/paula-zschoche",
    ]);
  });

  it("sends no mail for a build that was replaced before it left", async () => {
    await ask();
    await build("0".repeat(64));
    await workUntilQuiet(cloud);
    expect(cloud.outbox.list({ limit: 1, to: paula }).letters).toEqual([]);
  });
});

describe("somebody who may approve", () => {
  const henrike = { id: "henrike", name: "Henrike Fährmann", roles: ["publisher"] } as const;

  it("may say no as well, and everybody sees why", async () => {
    await declineBuild(cloud, henrike, place, { seen, words: "Das Datum stimmt nicht." });
    expect(await latestRequests(cloud, place, 5)).toMatchObject([
      { name: "Henrike Fährmann", by: "henrike", answer: { is: "declined", words: "Das Datum stimmt nicht." } },
    ]);
    expect(await spring()).toMatchObject({ status: "built" });
  });

  it("says it of the build they looked at", async () => {
    await build("0".repeat(64));
    await expect(declineBuild(cloud, henrike, place, { seen, words: "Nein." })).rejects.toMatchObject({
      code: "rebuilt",
    });
    await expect(
      declineBuild(cloud, { ...guelsen, name: "Gülşen" }, place, { seen, words: "Nein." }),
    ).rejects.toMatchObject({ code: "not-allowed" });
  });
});

describe("whoever asked for an approval", () => {
  const editor = { address: "guelsen@elblandbote.example", name: "Gülşen Yıldız" };
  const told = async () => {
    await workUntilQuiet(cloud);
    const { letters } = cloud.outbox.list({ limit: 10, to: editor.address });
    return Promise.all(letters.map((letter) => PostalMime.parse(cloud.outbox.source(letter))));
  };

  it("hears who answered what, once, with a link to where it goes on", async () => {
    const asker = await addPerson(cloud, operator, place.publication, { ...editor, roles: ["editor"] });
    await ask({}, asker);
    const token = await linkIn();
    await answerAsked(cloud, token, { is: "declined", words: "Auf Seite 2 fehlt der <i>Bildnachweis</i>." });
    await answerAsked(cloud, token, { is: "declined", words: "Noch einmal." }).catch(() => undefined);
    const [mail, ...more] = await told();
    expect([mail?.subject, more]).toEqual(["Nicht freigegeben: ELBLANDbote 01|26", []]);
    expect(mail?.text).toContain("Paula Zschoche schreibt dazu");
    expect(mail?.html).toContain("&lt;i&gt;Bildnachweis");
    expect(mail?.text).toContain(
      `https://redaktion.elbland.example/${place.publication}/issues/${place.issue}/sending`,
    );
  });

  it("is nobody to be written to at the command line, or where they were removed", async () => {
    const asker = await addPerson(cloud, operator, place.publication, { ...editor, roles: ["editor"] });
    await ask({}, asker);
    const token = await linkIn();
    await removePerson(cloud, operator, place.publication, asker.id);
    await answerAsked(cloud, token, { is: "approved", words: "" });
    expect(await told()).toEqual([]);
  });
});
