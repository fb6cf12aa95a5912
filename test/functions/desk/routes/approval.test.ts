import PostalMime from "postal-mime";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Issue } from "../../../../core/issue/issue.ts";
import { operator } from "../../../../core/rights.ts";
import { takeBackIssue } from "../../../../functions/desk/sending.ts";
import { requireIssue, saveIssue } from "../../../../functions/records/issues.ts";
import { workUntilQuiet } from "../../../../local/wiring.ts";
import { place, scheduleSpring } from "../../an-issue-to-send.ts";
import { type ADesk, aDesk, deskUrl, german, type Visitor } from "./a-desk.ts";

let house: ADesk;
let henrike: Visitor;
const issues = `/issues/${place.issue}`;
const seen = "f".repeat(64);
const paula = "paula.zschoche@auenrode.example";
const spring = () => requireIssue(house.cloud, place.publication, place.issue);

beforeEach(async () => {
  for (const way of ["info", "warn", "error"] as const) vi.spyOn(console, way).mockImplementation(() => {});
  house = await aDesk();
  await scheduleSpring(house.cloud);
  await takeBackIssue(house.cloud, operator, place);
  const { approval: _, ...issue } = (await spring()) as Extract<Issue, { status: "approved" }>;
  await saveIssue(house.cloud, { ...issue, status: "built", builtBy: "jo" });
  henrike = await house.as("publisher");
});

/** Paula is asked, and opens her mail. */
async function link(): Promise<string> {
  await henrike.post(`${issues}/approval-requests`, { seen, name: "Paula Zschoche", address: paula });
  await workUntilQuiet(house.cloud);
  const [letter] = house.cloud.outbox.list({ limit: 1, to: paula }).letters;
  const { text = "" } = letter ? await PostalMime.parse(house.cloud.outbox.source(letter)) : {};
  return /(\/r\/approval\/\S+)/.exec(text)?.[1] ?? "";
}
const at = (path: string, init?: RequestInit) => house.app.request(new URL(path, deskUrl).href, { ...german, ...init });
const posts = (path: string, fields: Readonly<Record<string, string>>) =>
  at(path, {
    method: "POST",
    body: new URLSearchParams({ token: "", ...fields }),
    headers: { "sec-fetch-site": "same-origin", "accept-language": "de" },
  });

describe("a personal link", () => {
  it("shows mail and pages in sandboxes, to whoever has no account, and changes nothing by being looked at", async () => {
    const path = await link();
    const answer = await at(path);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("referrer-policy")).toBe("no-referrer");
    expect(answer.headers.get("cache-control")).toBe("no-store");
    const html = await answer.text();
    expect(html).toContain("Paula Zschoche, Sie sind gebeten");
    expect(html).not.toContain("/issues/");
    for (const frame of ["/mail", "/page?page="]) {
      const shown = await at(path + frame);
      expect(shown.headers.get("content-security-policy")).toMatch(/^sandbox; default-src 'none'/);
      expect(await shown.text()).toContain(frame === "/mail" ? "die neue Ausgabe ist da" : "Frühling");
    }
    expect(await spring()).toMatchObject({ status: "built" });
  });

  it("approves by one button, and says so ever after", async () => {
    const path = await link();
    expect(await (await posts(path, { answer: "approved" })).text()).toContain("Danke, die Ausgabe ist freigegeben.");
    expect(await spring()).toMatchObject({ status: "approved", approval: { name: "Paula Zschoche" } });
    expect(await (await at(path)).text()).toContain("Danke, die Ausgabe ist freigegeben.");
    expect((await at(`${path}/mail`)).status).toBe(404);
    const page = await (await henrike.get(`${issues}/sending`, german)).text();
    expect(page).toContain("Freigegeben von Paula Zschoche, 23. November 2026, 09:00 Uhr.");
  });

  it("is no way around four eyes: who built it is told so where they are signed in", async () => {
    const path = await link();
    await saveIssue(house.cloud, { ...(await spring()), builtBy: henrike.person.id } as Issue);
    const answer = await at(path, {
      method: "POST",
      body: new URLSearchParams({ token: henrike.token, answer: "approved" }),
      headers: { "sec-fetch-site": "same-origin", "accept-language": "de", cookie: henrike.cookie },
    });
    expect([answer.status, await answer.text()]).toEqual([
      422,
      expect.stringContaining("Freigeben soll jemand anderes"),
    ]);
    expect(await spring()).toMatchObject({ status: "built" });
  });

  it("says no with words, which stand beside the issue", async () => {
    const path = await link();
    const empty = await posts(path, { answer: "declined", words: " " });
    expect(empty.status).toBe(422);
    expect(await empty.text()).toContain("Bitte schreiben Sie in einem Satz");
    await posts(path, { answer: "declined", words: "Der <b>Markt</b> heißt anders." });
    const page = await (await henrike.get(`${issues}/sending`, german)).text();
    expect(page).toContain("Paula Zschoche gibt nicht frei");
    expect(page).toContain("Der &lt;b&gt;Markt&lt;/b&gt; heißt anders.");
  });

  it("brings a no to the editors' first page until another build stands there", async () => {
    await posts(await link(), { answer: "declined", words: "Der Markt heißt anders." });
    const editor = await house.as("editor");
    const start = async () => (await editor.get("/", german)).text();
    expect(await start()).toContain(`${issues}/sending#approval`);
    expect(await start()).toContain("Paula Zschoche wünscht Änderungen: „Der Markt heißt anders.“");
    await saveIssue(house.cloud, {
      ...((await spring()) as Extract<Issue, { status: "built" }>),
      fingerprint: "0".repeat(64),
    });
    expect(await start()).not.toContain("wünscht Änderungen");
  });

  it("leads nowhere once it is over", async () => {
    const path = await link();
    expect((await at("/r/approval/none")).status).toBe(404);
    const issue = (await spring()) as Extract<Issue, { status: "built" }>;
    await saveIssue(house.cloud, { ...issue, fingerprint: "0".repeat(64) });
    expect((await at(path)).status).toBe(410);
    expect((await posts(path, { answer: "approved" })).status).toBe(422);
    expect(await spring()).toMatchObject({ status: "built" });
  });

  it("gives back the words of whoever wrote them while it went stale, and of nobody whose words were taken", async () => {
    const path = await link();
    const taken = await posts(path, { answer: "declined", words: "Der Markt heißt anders." });
    expect(await taken.text()).not.toContain("heißt anders");
    const again = await posts(path, { answer: "declined", words: "Und die Brücke auch." });
    expect(await again.text()).toContain("Und die Brücke auch.</textarea>");
    const gone = await posts("/r/approval/none", { answer: "declined", words: "Nein." });
    expect(await gone.text()).toContain("Nein.</textarea>");
  });
});

describe("an approval at the desk", () => {
  it("is given to the build somebody looked at", async () => {
    const page = await (await henrike.get(`${issues}/approval`, german)).text();
    expect(page).toContain(`name="seen" value="${seen}"`);
    expect((await henrike.get(`${issues}/build/mail`)).headers.get("content-security-policy")).toMatch(/^sandbox/);
    expect((await henrike.get(`${issues}/build/page?page=none`)).status).toBe(404);
    expect((await henrike.post(`${issues}/approval`, { seen, answer: "approved" })).status).toBe(303);
    expect(await spring()).toMatchObject({ status: "approved", approval: { by: henrike.person.id } });
  });

  it("is told where another build stands there now, and loses no word", async () => {
    const issue = (await spring()) as Extract<Issue, { status: "built" }>;
    const answer = await henrike.post(`${issues}/approval`, {
      seen: "1".repeat(64),
      answer: "declined",
      words: "Nein.",
    });
    expect(answer.status).toBe(422);
    const html = await answer.text();
    expect(html).toContain("wurde neu gebaut");
    expect(html).toContain("Nein.");
    expect(await spring()).toEqual(issue);
  });

  it.each([
    ["was approved", "approved"],
    ["is a draft again", "draft"],
  ] as const)("loses no word where the issue %s meanwhile", async (_, status) => {
    const issue = (await spring()) as Extract<Issue, { status: "built" }>;
    const { fingerprint: __, builtAt: ___, builtBy: ____, ...plan } = issue;
    const approval = { by: "jo", at: issue.builtAt };
    await saveIssue(house.cloud, status === "draft" ? { ...plan, status } : { ...issue, status, approval });
    const answer = await henrike.post(`${issues}/approval`, { seen, answer: "declined", words: "Die Brücke fehlt." });
    expect([answer.status, await answer.text()]).toEqual([
      422,
      expect.stringContaining("Die Brücke fehlt.</textarea>"),
    ]);
  });

  it("is not for who built it, and says so", async () => {
    const issue = (await spring()) as Extract<Issue, { status: "built" }>;
    await saveIssue(house.cloud, { ...issue, builtBy: henrike.person.id });
    expect(await (await henrike.get(`${issues}/approval`, german)).text()).not.toContain('value="approved"');
    expect((await henrike.post(`${issues}/approval`, { seen, answer: "approved" })).status).toBe(403);
    expect(await (await henrike.get(`${issues}/sending`, german)).text()).toContain("Freigeben soll jemand anderes");
  });

  it("shows no differences of builds that are none", async () => {
    expect((await henrike.get(`${issues}/differences?from=1&to=${seen}`)).status).toBe(422);
    const same = await henrike.get(`${issues}/differences?from=${seen}&to=${seen}`, german);
    expect(await same.text()).toContain("keinen Unterschied");
  });
});
