import { beforeEach, describe, expect, it } from "vitest";
import type { Issue } from "../../../../core/issue/issue.ts";
import { operator } from "../../../../core/rights.ts";
import { takeBackIssue } from "../../../../functions/desk/sending.ts";
import { plan } from "../../../../functions/plan.ts";
import { requireIssue, saveIssue } from "../../../../functions/records/issues.ts";
import { workUntilQuiet } from "../../../../local/wiring.ts";
import { afterMinutes, letters, place } from "../../an-issue-to-send.ts";
import { type ADesk, fieldIn, german, type Visitor } from "./a-desk.ts";
import { aDeskThatSends } from "./a-desk-that-sends.ts";

let house: ADesk;
let henrike: Visitor;
const issues = `/issues/${place.issue}`;
const seen = "f".repeat(64);
const spring = () => requireIssue(house.cloud, place.publication, place.issue);
const page = async (visitor: Visitor, path = "/sending") => {
  const answer = await visitor.get(issues + path, german);
  expect([path, answer.status]).toEqual([path, 200]);
  return answer.text();
};

beforeEach(async () => {
  ({ house, henrike } = await aDeskThatSends());
});

/** As a state leaves it. */
async function stand(status: "draft" | "built" | "approved", more: Partial<Issue> = {}): Promise<void> {
  await takeBackIssue(house.cloud, operator, place);
  const { approval, ...issue } = (await spring()) as Extract<Issue, { status: "approved" }>;
  if (status === "built") await saveIssue(house.cloud, { ...issue, status, ...more } as Issue);
  if (status === "draft") {
    const { fingerprint: _, builtAt: __, builtBy: ___, ...plan } = issue;
    await saveIssue(house.cloud, { ...plan, status, ...more } as Issue);
  }
  expect(approval.by).toBe("almut");
}

/** What the fields for a time hold before anybody chose one. */
const proposed = async () => {
  const html = await page(henrike);
  const heldBy = (name: string) => new RegExp(`name="${name}"[^>]*value="([^"]*)"`).exec(html)?.[1];
  return [heldBy("date"), heldBy("time")];
};

/** Chooses a time and confirms what is shown. */
async function schedules(visitor: Visitor, when: Readonly<Record<string, string>>): Promise<Response> {
  const answer = await visitor.post(`${issues}/time`, when);
  if (answer.status !== 303) return answer;
  const shown = await page(visitor, "/schedule");
  const fields = { version: fieldIn(shown, "version"), counted: fieldIn(shown, "counted"), sure: "yes" };
  return visitor.post(`${issues}/schedule`, fields);
}

describe("the way of an issue out of the house", () => {
  it("is proposed for nine on the day it appears; where that has begun, for tomorrow", async () => {
    await stand("approved");
    expect(await proposed()).toEqual(["2026-11-24", "09:00"]);
    await saveIssue(house.cloud, { ...(await spring()), date: "2026-12-07" });
    expect(await proposed()).toEqual(["2026-12-07", "09:00"]);
  });

  it("goes from approval over a confirmed time to letters, and back before it begins", async () => {
    await stand("approved");
    expect(await page(henrike)).toContain("Die Ausgabe ist freigegeben und wartet auf einen Termin.");
    const answer = await schedules(henrike, { when: "later", date: "2026-11-24", time: "09:00" });
    expect(answer.headers.get("location")).toBe(`/elblandbote${issues}/sending?done=scheduled`);
    expect(await page(henrike, "")).toContain("Diese Ausgabe wartet auf ihren Versand.");
    const scheduled = await page(henrike);
    expect(scheduled).toContain(
      "Dienstag, 24. November 2026, 9:00 Uhr (Europe/Berlin) und geht an 30 Leserinnen und Leser",
    );
    expect((await henrike.post(`${issues}/schedule/end`)).status).toBe(303);
    expect(await spring()).toMatchObject({ status: "approved" });
    await schedules(henrike, { when: "now" });
    expect(await spring()).toMatchObject({ sendAt: "2026-11-23T08:10:00.000Z", expectedReaders: 30 });
    await afterMinutes(house.cloud, 9);
    expect(letters(house.cloud)).toEqual({});
    await afterMinutes(house.cloud, 30);
    expect(Object.keys(letters(house.cloud))).toHaveLength(30);
    expect(await page(henrike)).toContain("30 von 30 erledigt, 30 angenommen");
  });

  it("names readers, cost and duration before anything is confirmed", async () => {
    await stand("approved");
    await henrike.post(`${issues}/time`, { when: "now" });
    const shown = await page(henrike, "/schedule");
    expect(shown).toContain("Ja, diese Ausgabe geht an 30 Leserinnen und Leser.");
    expect(shown).toContain("weniger als 0,01");
    expect(await spring()).toMatchObject({ status: "approved" });
  });

  it("is not begun by who does not say yes, or says it to another count", async () => {
    await stand("approved");
    await henrike.post(`${issues}/time`, { when: "now" });
    const shown = await page(henrike, "/schedule");
    const fields = { version: fieldIn(shown, "version"), counted: fieldIn(shown, "counted") };
    const unsaid = await henrike.post(`${issues}/schedule`, fields);
    expect([unsaid.status, await unsaid.text()]).toEqual([422, expect.stringContaining('id="sure-problem"')]);
    house.cloud.clock.advance({ seconds: 5 });
    await henrike.post(`${issues}/time`, { when: "now" });
    expect((await henrike.post(`${issues}/schedule`, { ...fields, sure: "yes" })).status).toBe(422);
    expect(await spring()).toMatchObject({ status: "approved" });
  });

  it("confirms no time that has passed while somebody thought about it", async () => {
    await stand("approved");
    await henrike.post(`${issues}/time`, { when: "later", date: "2026-11-23", time: "18:00" });
    const shown = await page(henrike, "/schedule");
    const fields = { version: fieldIn(shown, "version"), counted: fieldIn(shown, "counted"), sure: "yes" };
    house.cloud.clock.advance({ hours: 11 });
    const late = await house.as("publisher");
    expect(await page(late, "/schedule")).toContain("Der Termin ist inzwischen vorbei.");
    expect((await late.post(`${issues}/schedule`, fields)).status).toBe(422);
    expect(await spring()).toMatchObject({ status: "approved" });
  });

  it("tells the second of two who schedule at once, and keeps the first one's time", async () => {
    await stand("approved");
    const other = await house.as("publisher");
    await henrike.post(`${issues}/time`, { when: "now" });
    const fields = (html: string) => ({
      version: fieldIn(html, "version"),
      counted: fieldIn(html, "counted"),
      sure: "yes",
    });
    const shown = fields(await page(henrike, "/schedule"));
    expect((await henrike.post(`${issues}/schedule`, shown)).status).toBe(303);
    const answer = await other.post(`${issues}/schedule`, shown);
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain("inzwischen von jemand anderem geändert");
  });

  it.each([
    [{ when: "later", date: "2026-11-20", time: "09:00" }, "schon vorbei"],
    [{ when: "later", date: "2028-11-20", time: "09:00" }, "2028-11-20"],
    [{ when: "later", date: "2026-12-01", time: "" }, "Tag und Uhrzeit"],
    [{ when: "later", date: "2026-02-30", time: "09:00" }, "Tag und Uhrzeit"],
  ])("takes no time that is none, and keeps what was typed: %j", async (when, sentence) => {
    await stand("approved");
    const answer = await henrike.post(`${issues}/time`, when);
    expect(answer.status).toBe(422);
    const html = await answer.text();
    expect(html).toContain(sentence);
    expect(html).toContain(`value="${when.date}"`);
  });

  it("asks for a fresh sign-in where it cannot be taken back", async () => {
    await stand("approved");
    await henrike.post(`${issues}/time`, { when: "now" });
    house.cloud.clock.advance({ minutes: 11 });
    for (const path of ["/schedule", "/resumption", "/rest"])
      expect((await henrike.get(issues + path)).headers.get("location")).toContain("/session?");
    expect((await henrike.get(`${issues}/cancellation`)).status).toBe(200);
  });
});

describe("what is said to an issue on its way", () => {
  it.each([
    ["pause", "paused"],
    ["cancellation", "cancelled"],
  ])("is asked once more, and then happens: %s", async (path, status) => {
    await begin();
    expect(await page(henrike, `/${path}`)).toContain('method="post"');
    expect((await spring()).status).toBe("sending");
    expect((await henrike.post(`${issues}/${path}`)).status).toBe(303);
    expect((await spring()).status).toBe(status);
    expect(await page(henrike)).toContain(path === "pause" ? "von Hand angehalten" : "Der Versand wurde abgebrochen");
  });

  it("goes on after a pause, and reaches everybody once", async () => {
    await begin();
    await henrike.post(`${issues}/pause`);
    expect((await henrike.post(`${issues}/resumption`)).status).toBe(303);
    await afterMinutes(house.cloud, 20);
    expect(Object.values(letters(house.cloud))).toEqual(Array.from({ length: 30 }, () => 1));
  });

  it("asks nothing that could not be said any more: an old tab is shown where the issue stands", async () => {
    await begin();
    expect((await henrike.get(`${issues}/resumption`)).headers.get("location")).toBe(`/elblandbote${issues}/sending`);
    expect((await henrike.get(`${issues}/pause`)).status).toBe(200);
    await henrike.post(`${issues}/pause`);
    expect((await henrike.get(`${issues}/pause`)).headers.get("location")).toBe(`/elblandbote${issues}/sending`);
  });

  it("sends to the rest only whom somebody ticked", async () => {
    await begin();
    await henrike.post(`${issues}/cancellation`);
    await afterMinutes(house.cloud, 20);
    henrike = await house.as("publisher"); // signed in anew
    const offered = await page(henrike);
    expect(offered).toContain("Ohne Brief geblieben sind: 30, bei denen nie begonnen wurde.");
    expect(offered).toContain("An die Übrigen senden");
    expect(await page(henrike, "/rest")).toContain("30, bei denen nie begonnen wurde");
    await henrike.post(`${issues}/rest`, { group: "never-begun" });
    await afterMinutes(house.cloud, 20);
    expect(Object.keys(letters(house.cloud))).toHaveLength(30);
  });

  it("offers no sending to the rest where nobody is left", async () => {
    await begin();
    await afterMinutes(house.cloud, 120);
    expect((await spring()).status).toBe("sent");
    henrike = await house.as("publisher");
    const html = await page(henrike);
    expect(html).toContain("ist niemand übrig");
    expect(html).not.toContain("An die Übrigen senden");
    expect(html).toContain("Nachsehen, wer neu dazugekommen ist");
  });

  it("is not for editors, who see how far it is", async () => {
    const guelsen = await house.as("editor");
    await begin();
    expect(await page(guelsen)).not.toContain("/pause");
    expect(await page(guelsen, "/report")).toContain("Das können Herausgabe und Verwaltung");
    expect(await page(henrike, "/report")).toContain("wird jeder Brief dieser Ausgabe einmal angesehen");
    expect((await guelsen.post(`${issues}/pause`)).status).toBe(403);
    expect((await spring()).status).toBe("sending");
  });
});

describe("the progress of an issue", () => {
  it("is a piece of its page, with counts that add up and a pace between two looks", async () => {
    await begin();
    await afterMinutes(house.cloud, 1);
    const { cloud } = house;
    cloud.clock.advance({ seconds: 1 });
    const minuteAgo = new Date(cloud.clock.now().getTime() - 60_000).toISOString();
    const answer = await henrike.get(`${issues}/progress?accepted=10&at=${minuteAgo}`, german);
    const html = await answer.text();
    expect(html).not.toContain("<html");
    expect(html).toContain("30 &#x3D; 30 eingeplant + 0 nicht eingeplant");
  });

  it("is nothing before anybody was planned", async () => {
    expect((await henrike.get(`${issues}/progress`)).status).toBe(204);
  });
});

describe("to whom it goes", () => {
  it("is counted when somebody asks, and frozen once it has begun", async () => {
    const guelsen = await house.as("editor");
    expect(await page(guelsen, "/readers")).toContain("Noch hat niemand gezählt.");
    expect((await guelsen.post(`${issues}/readers`)).status).toBe(303);
    expect(await page(guelsen, "/readers")).toContain("Gezählt 23. November 2026, 09:00 Uhr.");
    await begin();
    expect(await page(guelsen, "/readers")).toContain("Festgehalten, als der Versand begann.");
  });
});

it("takes no hour that the night of summer time leaves out, and says why", async () => {
  await stand("approved");
  const answer = await henrike.post(`${issues}/time`, { when: "later", date: "2027-03-28", time: "02:30" });
  expect(answer.status).toBe(422);
  expect(await answer.text()).toContain("02:30 Uhr gibt es an diesem Tag nicht");
});

describe("a proof and an approval", () => {
  it("are asked for on the page, and remembered there", async () => {
    await stand("built");
    const me = henrike.person.id;
    expect((await henrike.post(`${issues}/proofs`, { seen, to: [me] })).status).toBe(303);
    await workUntilQuiet(house.cloud);
    expect(Object.keys(letters(house.cloud))).toEqual([henrike.person.address]);
    const asked = { seen, name: "Paula Zschoche", address: "paula@auenrode.example" };
    expect((await henrike.post(`${issues}/approval-requests`, asked)).status).toBe(303);
    const html = await page(henrike);
    expect(html).toContain(`Probe 1, 23. November 2026, 09:00 Uhr, von ${henrike.person.name}`);
    expect(html).toContain("hat Paula Zschoche um Freigabe gebeten");
    expect(html).not.toContain("paula@");
    expect(html).toContain(">offen<");
    await henrike.post(`${issues}/approval`, { seen, answer: "approved" });
    expect((await spring()).status).toBe("approved");
    expect(await page(henrike)).toContain("inzwischen ist ohne diese Antwort freigegeben");
  });

  it("keep what was typed where a rule says no", async () => {
    await stand("built");
    const asked = { seen, name: "Paula Zschoche", address: "paula" };
    const answer = await henrike.post(`${issues}/approval-requests`, asked);
    expect(answer.status).toBe(422);
    const html = await answer.text();
    expect(html).toContain("genau ein @-Zeichen");
    expect(html).toContain('value="Paula Zschoche"');
  });

  it("say that an approval holds no more, and why", async () => {
    const voided = {
      by: "almut",
      at: "2026-11-22T08:00:00.000Z",
      fingerprint: "0".repeat(64),
      because: "changed",
    } as const;
    await stand("draft", { voided } as Partial<Issue>);
    expect(await page(henrike)).toContain(
      "Die Freigabe von almut (22. November 2026, 09:00 Uhr) gilt nicht mehr: Seitdem wurde die Ausgabe geändert.",
    );
  });
});

/** Frozen, and not a letter has left. */
async function begin(): Promise<void> {
  const deadline = new Date(house.cloud.clock.now().getTime() + 120_000);
  await plan(house.cloud)({ v: 1, ...place }, { deadline });
}
