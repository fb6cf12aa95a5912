import { beforeEach, describe, expect, it, vi } from "vitest";
import type { KnownPerson } from "../../../../core/person.ts";
import { listSessions, readSession } from "../../../../functions/records/sessions.ts";
import { aStrangeIssuer } from "../a-strange-issuer.ts";
import { aPerson, deskUrl, publication } from "./a-desk.ts";
import { type ADoor, aDoor, Browser, type Visited } from "./a-sign-in.ts";

const titleOf = (page: Visited): string => /<h1>(.*?)<\/h1>/s.exec(page.text)?.[1] ?? "";
const session = "__Host-kurier-desk";
const onTheWay = "__Host-kurier-sign-in";

let door: ADoor;
let browser: Browser;
let guelsen: KnownPerson;
beforeEach(async () => {
  for (const level of ["error", "warn"] as const) vi.spyOn(console, level).mockImplementation(() => {});
  door = await aDoor();
  browser = new Browser(door);
  guelsen = await aPerson(door.cloud, "guelsen", ["editor"]);
});

/** As far as the issuer's page. */
const toIssuer = async (at = browser, path = `/${publication}/`): Promise<Visited> => at.press(await at.get(path));
const signIn = async (who = guelsen, at = browser, path?: string): Promise<Visited> =>
  at.press(await toIssuer(at, path), { who: who.addressKey });

/** An issuer that says what a test wants of somebody at guelsen@elbland.example. */
async function atAStrangeIssuer() {
  const asked = (): URLSearchParams | undefined =>
    browser.way.findLast(({ pathname }) => pathname === "/authorize")?.searchParams;
  const strange = await aStrangeIssuer(() => asked()?.get("nonce") ?? "");
  door = await aDoor(strange.settings, door.cloud);
  browser = new Browser(door);
  const comeBack = async (page = "/session", fields: Readonly<Record<string, string | undefined>> = {}) => {
    await browser.press(await browser.get(page), fields);
    return browser.get(`/session/callback?code=c0de&state=${asked()?.get("state")}`);
  };
  return { strange, comeBack };
}

/** Stops short of the desk: the address the issuer sends people back to. */
async function cameBackTo(at = browser): Promise<URL> {
  await signIn(guelsen, at);
  const back = at.way.findLast(({ pathname }) => pathname === "/session/callback");
  if (!back) throw new Error("nobody came back");
  return back;
}

describe("signing in", () => {
  it("leads to the issuer and back to where somebody wanted to go", async () => {
    const who = await toIssuer(browser, `/${publication}/?done=saved`);
    expect(titleOf(who)).toBe("Wer sind Sie?");
    const home = await browser.press(who, { who: guelsen.addressKey });
    expect([home.url.href, home.status]).toEqual([`${deskUrl.origin}/${publication}/?done=saved`, 200]);
    expect(home.text).toContain("Person guelsen");
  });

  it("makes somebody of whoever was somebody else a moment ago", async () => {
    const henrike = await aPerson(door.cloud, "henrike", ["publisher"]);
    await signIn();
    const page = await browser.press(await browser.get("/session?why=again"), {
      fresh: undefined,
      as: henrike.address,
    });
    expect([page.url.pathname, page.text.includes("Person henrike")]).toEqual([`/${publication}/`, true]);
  });

  it("keeps what no script, no other site and no open line can read", async () => {
    const page = await browser.get("/session");
    const form = new URLSearchParams({ token: "", to: "/" });
    const headers = { "sec-fetch-site": "same-origin" };
    const began = await door.app.request(new URL("/session", deskUrl).href, { method: "POST", body: form, headers });
    expect([page.status, began.status]).toEqual([200, 200]);
    expect(began.headers.get("set-cookie")).toMatch(
      /^__Host-kurier-sign-in=[\w-]{43}; Max-Age=600; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    );
    await signIn();
    expect(browser.lines.get(session)).toMatch(
      /^__Host-kurier-desk=[\w-]{43}; Max-Age=43200; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    );
    expect(browser.cookie(onTheWay)).toBeUndefined();
  });

  it("gives nobody a session that was in their browser before", async () => {
    const attacker = new Browser(door);
    await signIn(await aPerson(door.cloud, "mallory", ["author"]), attacker);
    const planted = attacker.cookie(session) ?? "";
    browser.setCookie(session, planted);
    await signIn(guelsen, browser, "/session?why=again");
    expect(browser.cookie(session)).not.toBe(planted);
    expect(await readSession(door.cloud, planted)).toBeUndefined();
  });

  it("takes nobody in twice by the same way", async () => {
    const back = await cameBackTo();
    const again = await browser.get(back);
    expect([again.status, again.text.includes("schon benutzt")]).toEqual([403, true]);
  });

  it("takes nobody in by a way that began in another browser", async () => {
    const attacker = new Browser(door);
    const who = await toIssuer(attacker);
    const back = await attacker.pressOnce(who, { who: guelsen.addressKey });
    const theirs = await attacker.until(back, deskUrl.origin);
    await toIssuer();
    for (const at of [browser, new Browser(door)]) {
      const page = await at.get(theirs);
      expect([page.status, at.cookie(session)]).toEqual([403, undefined]);
    }
  });

  it("is not spoilt by a stranger's link that looks like somebody coming back", async () => {
    const who = await toIssuer();
    expect((await browser.get("/session/callback?code=x&state=another")).status).toBe(403);
    const home = await browser.press(who, { who: guelsen.addressKey });
    expect([home.status, home.url.pathname]).toEqual([200, `/${publication}/`]);
  });

  it("takes nobody in who was on the way for more than ten minutes", async () => {
    const who = await toIssuer();
    door.cloud.clock.advance({ minutes: 10, seconds: 1 });
    const late = await browser.press(who, { who: guelsen.addressKey });
    expect([late.status, browser.cookie(session)]).toEqual([403, undefined]);
    expect(late.text).toContain("abgelaufen");
  });

  it.each([
    "//evil.example/",
    "https://evil.example/",
    "/\\evil.example",
    "/\t/evil.example",
    "javascript:alert(1)",
    "\\\\evil.example",
    "",
    "evil",
    "/..//evil.example",
    "data:text/html,x",
    " //evil.example",
  ])("leads to no place but ours afterwards: %j", async (to) => {
    const page = await browser.get(`/session?to=${encodeURIComponent(to)}`);
    const home = await browser.press(await browser.press(page, { to }), { who: guelsen.addressKey });
    expect(home.url.origin).toBe(deskUrl.origin);
    expect(home.url.pathname).toBe(`/${publication}/`);
  });

  it("tells whoever nobody knows how to become known, and keeps nothing of them", async () => {
    const { comeBack, strange } = await atAStrangeIssuer();
    strange.claims = { email: "wer@elbland.example" };
    const page = await comeBack();
    expect([page.status, titleOf(page)]).toEqual([403, "Hier sind Sie noch nicht bekannt"]);
    expect(page.text).toContain("wer@elbland.example");
    expect(browser.cookie(session)).toBeUndefined();
    const known = { pk: `people#${publication}`, from: "address#", to: "address#~" };
    expect((await door.cloud.table.query({ ...known, limit: 10 })).items).toHaveLength(1);
  });

  it("counts as fresh from when the issuer says it was, and never where it does not say", async () => {
    const { comeBack, strange } = await atAStrangeIssuer();
    const signedInAt = async () => (await listSessions(door.cloud, guelsen.addressKey))[0]?.signedInAt ?? "";
    const anHourAgo = Math.floor(Date.now() / 1000) - 3_600;
    strange.claims = { auth_time: anHourAgo };
    expect((await comeBack()).status).toBe(200);
    expect(await signedInAt()).toBe(new Date(anHourAgo * 1000).toISOString());
    strange.claims = { auth_time: undefined };
    await comeBack("/session?why=again", { fresh: undefined });
    expect(await signedInAt()).toBe("1970-01-01T00:00:00.000Z");
    strange.claims = { auth_time: anHourAgo + 7_200 };
    await comeBack("/session?why=again", { fresh: undefined });
    expect(await signedInAt()).toBe(door.cloud.clock.now().toISOString());
  });

  it("is fresh at once where the issuer of this machine takes somebody in: nobody signs in twice to send", async () => {
    await signIn();
    const [session] = await listSessions(door.cloud, guelsen.addressKey);
    expect(Date.now() - Date.parse(session?.signedInAt ?? "")).toBeLessThan(60_000);
  });

  it("asks kindly again when somebody comes with nothing, an error or made-up words", async () => {
    for (const query of [
      "",
      "?code=x",
      "?code=x&state=y",
      "?error=access_denied&state=y",
      `?state=${"x".repeat(9_000)}`,
    ]) {
      const page = await browser.get(`/session/callback${query}`);
      expect([query.slice(0, 20), page.status, titleOf(page)]).toEqual([query.slice(0, 20), 403, "Anmelden"]);
    }
  });

  it("says so when the issuer does not answer", async () => {
    door = await aDoor({ issuer: "http://127.0.0.1:1" });
    const at = new Browser(door);
    const page = await at.press(await at.get("/session"));
    expect([page.status, page.text.includes("antwortet gerade nicht")]).toEqual([503, true]);
  });
});

describe("a copy of the table, or an older one", () => {
  it("takes nobody in until it was told what it cannot know, and says so", async () => {
    const { cloud } = door;
    const copy = { ...cloud, table: { ...cloud.table, id: async () => "another" } };
    const at = new Browser(await aDoor({}, copy));
    const page = await at.press(await at.get("/session"));
    expect([page.status, page.text.includes("npx kurier restore")]).toEqual([503, true]);
  });
});

describe("signing in anew", () => {
  it("is asked of the issuer, and makes the session young again", async () => {
    await signIn();
    door.cloud.clock.advance({ hours: 1 });
    const [old] = await listSessions(door.cloud, guelsen.addressKey);
    const page = await browser.get("/session?why=again");
    expect(titleOf(page)).toBe("Bitte noch einmal anmelden");
    const who = await browser.press(page, { as: guelsen.address });
    expect(titleOf(who)).toBe("Wer sind Sie?");
    expect(browser.way.findLast(({ pathname }) => pathname === "/auth")?.searchParams.get("prompt")).toBe("login");
    await browser.press(who, { who: guelsen.addressKey });
    const [young, ...others] = await listSessions(door.cloud, guelsen.addressKey);
    expect(others).toEqual([]);
    expect(young?.id).not.toBe(old?.id);
  });
});

describe("signing out", () => {
  it("asks anew who somebody is: an issuer that still knows them opens no door they closed", async () => {
    const { comeBack, strange } = await atAStrangeIssuer();
    const prompt = () => browser.way.findLast(({ pathname }) => pathname === "/authorize")?.searchParams.get("prompt");
    const anHourAgo = Math.floor(Date.now() / 1000) - 3_600;
    strange.claims = { auth_time: anHourAgo };
    await comeBack();
    expect([typeof browser.cookie(session), prompt()]).toEqual(["string", null]);
    await browser.press(await browser.get("/session"));
    await comeBack();
    expect([browser.cookie(session), prompt()]).toEqual([undefined, "login"]);
    strange.claims = { auth_time: Math.floor(Date.now() / 1000) + 1 };
    expect((await comeBack()).status).toBe(200);
    expect(browser.cookie(session)).toMatch(/./);
  });
});
