import { beforeEach, describe, expect, it, vi } from "vitest";
import type { KnownPerson } from "../../../../core/person.ts";
import { listSessions, openSession } from "../../../../functions/records/sessions.ts";
import { aPerson, deskUrl, publication } from "./a-desk.ts";
import { type ADoor, aDoor, Browser, type Visited } from "./a-sign-in.ts";

const titleOf = (page: Visited): string => /<h1>(.*?)<\/h1>/s.exec(page.text)?.[1] ?? "";
const session = "__Host-kurier-desk";

let door: ADoor;
let browser: Browser;
let guelsen: KnownPerson;
beforeEach(async () => {
  for (const level of ["error", "warn"] as const) vi.spyOn(console, level).mockImplementation(() => {});
  door = await aDoor();
  browser = new Browser(door);
  guelsen = await aPerson(door.cloud, "guelsen", ["editor"]);
});

const signIn = async (who = guelsen, at = browser): Promise<Visited> =>
  at.press(await at.press(await at.get(`/${publication}/`)), { who: who.addressKey });
const isIn = async (at: Browser): Promise<boolean> => (await at.step(`/${publication}/`)).status === 200;

describe("where somebody is signed in", () => {
  const linux = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0";
  const iphone =
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Mobile/15E148 Safari/604.1";
  const textOf = ({ text }: Visited): string[] =>
    [...text.matchAll(/<li>(.*?)<\/li>/gs)].map(([, line = ""]) =>
      line
        .replace(/<[^>]*>/g, " ")
        .replace(/\s+/g, " ")
        .trim(),
    );

  it("is said with what, since when and until when, this browser first", async () => {
    const [desktop, phone] = [new Browser(door, linux), new Browser(door, iphone)];
    await signIn(guelsen, desktop);
    door.cloud.clock.advance({ minutes: 1 });
    await signIn(guelsen, phone);
    const when = /Angemeldet am \d+\. \S+ \d{4}, \d\d:\d\d Uhr Gilt bis \d+\. \S+ \d{4}, \d\d:\d\d Uhr/.source;
    const [here, there, ...more] = textOf(await desktop.get("/session"));
    expect([here, there, more]).toEqual([
      expect.stringMatching(`^Firefox auf Linux ${when} Dieser Browser$`),
      expect.stringMatching(`^Safari auf dem iPhone ${when} Abmelden$`),
      [],
    ]);
  });

  it("keeps no address of theirs and no word of their browser but its name", async () => {
    await signIn(guelsen, new Browser(door, iphone));
    const range = { pk: `address#${guelsen.addressKey}`, from: "session#", to: "session#~", limit: 2 };
    const [row] = (await door.cloud.table.query(range)).items;
    const told = { v: 1, addressKey: guelsen.addressKey, browser: "Safari", system: "iphone" };
    expect(Object.keys(row ?? {}).sort()).toEqual([...Object.keys(told), "expiresAt", "pk", "signedInAt", "sk"].sort());
    expect(row).toMatchObject(told);
  });

  it("is said of sessions from before there was a name for it, too", async () => {
    const { addressKey } = guelsen;
    await signIn();
    await openSession(door.cloud, { addressKey, signedInAt: door.cloud.clock.now().toISOString() });
    expect(textOf(await browser.get("/session"))[1]).toMatch(/^Ein Browser Angemeldet am/);
  });
});

describe("signing out", () => {
  it("ends this session, and what the browser still has opens nothing", async () => {
    const home = await signIn();
    const kept = browser.cookie(session) ?? "";
    expect(home.text).toContain('action="/session/end"');
    const page = await browser.press(await browser.get("/session"));
    expect([titleOf(page), page.text.includes("Sie sind abgemeldet.")]).toEqual(["Anmelden", true]);
    browser.setCookie(session, kept);
    expect((await browser.step(`/${publication}/`)).status).toBe(303);
  });

  it("everywhere ends all of theirs and nobody else's", async () => {
    const [phone, other] = [new Browser(door), new Browser(door)];
    await signIn();
    await signIn(guelsen, phone);
    await signIn(await aPerson(door.cloud, "henrike", ["publisher"]), other);
    const page = await browser.get("/session");
    await browser.press(page, { everywhere: "yes" });
    expect((await phone.step(`/${publication}/`)).status).toBe(303);
    expect((await other.step(`/${publication}/`)).status).toBe(200);
  });

  it("at one other place ends that one, and nobody else's, whatever the form names", async () => {
    const [phone, other] = [new Browser(door), new Browser(door)];
    const henrike = await aPerson(door.cloud, "henrike", ["publisher"]);
    await signIn();
    await signIn(guelsen, phone);
    await signIn(henrike, other);
    const page = await browser.get("/session");
    const [theirs] = await listSessions(door.cloud, henrike.addressKey);
    await browser.press(page, { session: theirs?.id });
    expect(await isIn(other)).toBe(true);
    const after = await browser.press(page);
    expect([titleOf(after), after.text.includes("Dort sind Sie abgemeldet.")]).toEqual([
      "Wo Sie angemeldet sind",
      true,
    ]);
    expect([await isIn(browser), await isIn(phone), await isIn(other)]).toEqual([true, false, true]);
    // Pressed a second time, from a page that still shows it.
    expect((await browser.press(page)).status).toBe(200);
  });

  it("at all others leaves the one they look from", async () => {
    const [phone, tablet] = [new Browser(door), new Browser(door)];
    for (const at of [browser, phone, tablet]) await signIn(guelsen, at);
    const page = await browser.press(await browser.get("/session"), { others: "yes" });
    expect(page.text).toContain("Überall sonst sind Sie abgemeldet.");
    expect([await isIn(browser), await isIn(phone), await isIn(tablet)]).toEqual([true, false, false]);
    expect(page.text).not.toContain("Alle anderen abmelden");
  });

  it("is done by a form of ours alone", async () => {
    await signIn();
    const cookie = `${session}=${browser.cookie(session)}`;
    const headers = { cookie, "sec-fetch-site": "cross-site", origin: "https://evil.example" };
    const answer = await door.app.request(new URL("/session/end", deskUrl).href, { method: "POST", headers });
    expect(answer.status).toBe(403);
    expect((await browser.step(`/${publication}/`)).status).toBe(200);
  });
});
