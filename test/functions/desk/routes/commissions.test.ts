import PostalMime from "postal-mime";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { revokeCommission } from "../../../../functions/desk/commissions.ts";
import { draftIssue } from "../../../../functions/desk/issues.ts";
import { removePerson } from "../../../../functions/desk/people.ts";
import { readSubmission } from "../../../../functions/records/submissions.ts";
import { workUntilQuiet } from "../../../../local/wiring.ts";
import { anIssue, aPublication } from "../../../people-and-papers.ts";
import { type ADesk, aDesk, deskUrl, publication, type Visitor } from "./a-desk.ts";

let house: ADesk;
let editor: Visitor;
beforeEach(async () => {
  for (const way of ["info", "warn"] as const) vi.spyOn(console, way).mockImplementation(() => {});
  house = await aDesk();
  editor = await house.as("editor");
  await draftIssue(house.cloud, editor.person, anIssue({ dueAt: "2026-12-10" }));
});
const german = { "accept-language": "de" };
const frieda = "frieda@verein.example";
const id = "2026-11-23-der-deich-haelt";
const wanted = {
  ...{ name: "Frieda Möhring", address: frieda, issue: "2026-01", until: "2026-12-15" },
  ...{ title: "Der Deich hält", words: "Etwa <3.000> Zeichen." },
};
const asked = async (given = {}) => {
  const answer = await editor.post("/commissions", { ...wanted, ...given });
  await workUntilQuiet(house.cloud);
  return answer;
};
const link = async () => {
  const { letters } = house.cloud.outbox.list({ limit: 50, to: frieda });
  const [mail] = await Promise.all(letters.map((letter) => PostalMime.parse(house.cloud.outbox.source(letter))));
  return /https:\/\/redaktion\.elbland\.example(\/r\/hand-in\/\S+)/.exec(mail?.text ?? "")?.[1] ?? "";
};
const at = (path: string): string => new URL(path, deskUrl).href;
const open = async (path: string) => house.app.request(at(path), { headers: german });
const post = async (path: string, fields: Record<string, string>) =>
  house.app.request(at(path), {
    method: "POST",
    body: new URLSearchParams(fields),
    headers: { ...german, "sec-fetch-site": "same-origin", origin: deskUrl.origin },
  });
const words = "# Der Deich hält\n\nEr ist einen Meter höher als im letzten Jahr.\n";

describe("asking for an article", () => {
  it("knows the issues that take articles and the day authors have until", async () => {
    const html = await (await editor.get("/commissions/new", { headers: german })).text();
    expect(html).toContain("01|26 – Kleine Orte, große Wege");
    expect(html).toContain('value="2026-12-10"');
  });

  it("leads to the submission, where the link stands", async () => {
    const answer = await asked();
    expect(answer.headers.get("location")).toBe(`/${publication}/submissions/${id}?done=commissioned`);
    const html = await (await editor.get(`/submissions/${id}`, { headers: german })).text();
    for (const part of [
      "erbeten",
      "Erbeten für Ausgabe 01|26, bis 15.",
      "gültig bis 15.",
      "Etwa &lt;3.000&gt; Zeichen.",
    ])
      expect(html.replaceAll("\u00a0", " ")).toContain(part);
  });

  it("loses nothing that was typed where something is wrong", async () => {
    const answer = await asked({ until: "2026-11-01" });
    const html = await answer.text();
    expect(answer.status).toBe(422);
    for (const part of ["Frieda Möhring", frieda, "Etwa &lt;3.000&gt; Zeichen."]) expect(html).toContain(part);
    expect(html).not.toContain("aria-invalid");
    expect(await link()).toBe("");
  });

  it("shows the second of two editors what stands now", async () => {
    await asked();
    const { version = 0 } = (await readSubmission(house.cloud, publication, id)) ?? {};
    const seen = { version: String(version) };
    expect((await editor.post(`/commissions/${id}/revocation`, seen)).status).toBe(303);
    const second = await editor.post(`/commissions/${id}`, { ...seen, until: "2026-12-20" });
    expect(second.status).toBe(409);
  });
});

describe("whoever holds the link", () => {
  beforeEach(async () => {
    await asked();
  });

  it("hands in without an account and sees by the same link what became of it", async () => {
    const path = await link();
    const page = await open(path);
    expect(page.headers.get("referrer-policy")).toBe("no-referrer");
    expect(page.headers.get("cache-control")).toBe("no-store");
    expect(await page.text()).toContain("Dateien hinzufügen");
    const sent = await post(`${path}/text`, { seen: "", text: words });
    expect([sent.status, sent.headers.get("location")]).toEqual([303, `${path}?done=submitted`]);
    await workUntilQuiet(house.cloud);
    const html = await (await open(path)).text();
    expect(html).toContain("Was Kurier verstanden hat");
    expect(html).toContain("Frieda Möhring");
    expect(await readSubmission(house.cloud, publication, id)).toMatchObject({
      by: expect.stringMatching(/^p-[0-9a-f]{12}$/),
      state: "ingested",
    });
  });

  it("sees the article as readers will, in a sandbox", async () => {
    const path = await link();
    await post(`${path}/text`, { seen: "", text: words });
    await workUntilQuiet(house.cloud);
    for (const kind of ["web", "email"]) {
      const frame = await open(`${path}/preview/${kind}`);
      expect([frame.status, frame.headers.get("content-security-policy")?.startsWith("sandbox")]).toEqual([200, true]);
      expect(await frame.text()).toContain("Der Deich hält");
    }
  });

  it("changes nothing by looking, however often", async () => {
    const path = await link();
    const before = await readSubmission(house.cloud, publication, id);
    for (let time = 0; time < 3; time += 1) await open(path);
    expect(await readSubmission(house.cloud, publication, id)).toEqual(before);
  });

  it("sees no other room, and no form of the editors", async () => {
    const html = await (await open(await link())).text();
    expect(html).not.toContain('class="rooms"');
    expect(html).not.toContain("/commissions/");
    expect((await open(`/${publication}/submissions/${id}`)).status).toBe(303);
  });

  it("is told kindly when the day is over, and still sees what they brought", async () => {
    const path = await link();
    await post(`${path}/text`, { seen: "", text: words });
    await workUntilQuiet(house.cloud);
    house.cloud.clock.set("2026-12-15T22:59:00.000Z");
    expect(await (await open(path)).text()).toContain("Dateien hinzufügen");
    house.cloud.clock.set("2026-12-15T23:01:00.000Z");
    const html = await (await open(path)).text();
    expect(html).toContain("das ist vorbei");
    expect(html).toContain("Was Kurier verstanden hat");
    expect(html).not.toContain("Dateien hinzufügen");
    expect((await post(`${path}/text`, { seen: "", text: words })).status).toBe(409);
  });

  it("keeps what they were writing when the day ended or the link was taken back, and says to whom it may go", async () => {
    const path = await link();
    const kept = async (answer: Response) => [answer.status, ...keptIn(await answer.text())];
    const keptIn = (html: string) =>
      ["Mein &lt;langer&gt; Text", "Ein Satz.", "redaktion@elblandbote.example"].map((part) => html.includes(part));
    const text = { text: "Mein <langer> Text\n\nEin Satz.", seen: "" };
    house.cloud.clock.set("2026-12-15T23:01:00.000Z");
    expect(await kept(await post(`${path}/text`, text))).toEqual([409, true, true, true]);
    const said = { revision: "1", "p0-name": "deich.jpg", "p0-alt": "Deich", "p0-caption": "", "p0-credit": "privat" };
    const html = await (await post(`${path}/pictures`, said)).text();
    for (const part of ["Deich</textarea>", "privat</textarea>"]) expect(html).toContain(part);
    expect(html).not.toContain("deich.jpg</textarea>");
    const { version = 0 } = (await readSubmission(house.cloud, publication, id)) ?? {};
    await revokeCommission(house.cloud, editor.person, aPublication(), { submission: id, version });
    expect(await kept(await post(`${path}/text`, text))).toEqual([404, true, true, true]);
    expect(await (await post("/r/hand-in/nirgends/text", text)).text()).toContain("Mein &lt;langer&gt; Text");
  });

  it("hears in their script why no file is taken any more", async () => {
    const path = await link();
    const ask = async () => {
      const headers = { ...german, "sec-fetch-site": "same-origin", origin: deskUrl.origin, "x-kurier-token": "" };
      const answer = await house.app.request(at(`${path}/uploads`), { method: "POST", headers });
      return [answer.status, ((await answer.json()) as { problem: string }).problem];
    };
    house.cloud.clock.set("2026-12-15T23:01:00.000Z");
    expect(await ask()).toEqual([409, expect.stringContaining("das ist vorbei")]);
    const { version = 0 } = (await readSubmission(house.cloud, publication, id)) ?? {};
    await revokeCommission(house.cloud, editor.person, aPublication(), { submission: id, version });
    expect(await ask()).toEqual([404, expect.stringContaining("Dieser Link gilt nicht mehr")]);
  });

  it("reads what the editors wrote to them beside the day", async () => {
    expect(await (await open(await link())).text()).toContain("Etwa &lt;3.000&gt; Zeichen.");
  });

  it("finds nothing any more once they were removed as an author", async () => {
    const path = await link();
    await removePerson(house.cloud, { id: "chefin", roles: ["admin"] }, publication, frieda);
    expect((await open(path)).status).toBe(404);
  });

  it("finds nothing any more once it was taken back, and nobody finds anything by guessing", async () => {
    const path = await link();
    const { version = 0 } = (await readSubmission(house.cloud, publication, id)) ?? {};
    await editor.post(`/commissions/${id}/revocation`, { version: String(version) });
    for (const one of [path, "/r/hand-in/x", `/r/hand-in/${"x".repeat(43)}`]) {
      const answer = await open(one);
      expect([answer.status, (await answer.text()).includes("Dieser Link führt nirgendwohin")]).toEqual([404, true]);
      expect((await post(`${one}/text`, { text: words })).status).toBe(404);
    }
  });
});
