import { beforeEach, describe, expect, it, vi } from "vitest";
import { routeRights } from "../../../../core/desk/routes.ts";
import { roles } from "../../../../core/rights.ts";
import { words } from "../../../../core/words.ts";
import { desk } from "../../../../functions/desk.ts";
import { closeSessionsOf, listSessions } from "../../../../functions/records/sessions.ts";
import { testCloud } from "../../../cloud/test-cloud.ts";
import { aPlannedIssue } from "../an-issue.ts";
import { type ADesk, aDesk, deskUrl, german, publication, visitorWith } from "./a-desk.ts";

const say = words("de").desk;
let house: ADesk;
beforeEach(async () => {
  house = await aDesk();
});

describe("the desk's door", () => {
  it("sends whoever is not signed in to sign in, and back to where they wanted to go", async () => {
    const answer = await house.app.request(new URL(`/${publication}/articles`, deskUrl).href);
    expect(answer.status).toBe(303);
    expect(answer.headers.get("location")).toBe(`/session?to=%2F${publication}%2Farticles`);
  });

  it("does not tell a stranger whether there is such a publication", async () => {
    const editor = await house.as("editor");
    for (const path of ["/there-is-none/", "/%2e%2e/", `/${"x".repeat(5000)}/`]) {
      const answer = await house.app.request(new URL(path, deskUrl).href, { headers: { cookie: editor.cookie } });
      expect([path.slice(0, 20), answer.status]).toEqual([path.slice(0, 20), path === "/%2e%2e/" ? 303 : 404]);
    }
  });

  it("opens no route that no right was given for", async () => {
    const all = await house.as(...roles);
    expect((await all.get("/")).status).toBe(200);
    expect((await all.get("/secret-plans")).status).toBe(404);
    expect((await all.post("/")).status).toBe(404);
  });

  it("leads nobody from the first steps into settings that are closed to them", async () => {
    const [editor, both] = [await house.as("editor"), await house.as("editor", "admin")];
    expect(await (await editor.get("/first-steps")).text()).not.toContain("/settings/");
    expect(await (await both.get("/first-steps")).text()).toContain("/settings/masthead");
  });

  it("is found without the stroke at its end, too", async () => {
    const editor = await house.as("editor");
    const answer = await editor.get("");
    expect([answer.status, answer.headers.get("location")]).toEqual([308, `/${publication}/`]);
  });

  it("forgets a session after twelve hours, and at once when all of somebody's are ended", async () => {
    const editor = await house.as("editor");
    const again = await house.as("editor");
    expect((await editor.get("/")).status).toBe(200);
    await closeSessionsOf(house.cloud, editor.person.addressKey);
    expect(await listSessions(house.cloud, editor.person.addressKey)).toEqual([]);
    expect((await editor.get("/")).status).toBe(303);
    expect((await again.get("/")).status).toBe(200);
    house.cloud.clock.advance({ hours: 12, seconds: 1 });
    expect((await again.get("/")).status).toBe(303);
  });

  it("knows no session by its hash, a changed token or nothing", async () => {
    const editor = await house.as("editor");
    const [session] = await listSessions(house.cloud, editor.person.addressKey);
    for (const token of [session?.id ?? "", `${editor.cookie.split("=")[1]}x`, "", "x".repeat(43)])
      expect((await visitorWith(house.app, editor.person, token).get("/")).status).toBe(303);
  });
});

describe("a form", () => {
  it.each([
    ["of another page", { "sec-fetch-site": "cross-site", origin: "https://evil.example" }, undefined],
    ["of a page beside ours", { "sec-fetch-site": "same-site", origin: "https://elbland.example" }, undefined],
    ["of another page, in an old browser", { origin: "https://evil.example" }, undefined],
    ["of nobody knows where", {}, undefined],
    ["of our own page without its token", { "sec-fetch-site": "same-origin" }, ""],
    ["with somebody else's token", { "sec-fetch-site": "same-origin" }, "x".repeat(32)],
    ["of an old telephone without its token", { origin: "null" }, ""],
    ["of a sandbox in a browser of today", { "sec-fetch-site": "cross-site", origin: "null" }, undefined],
  ])("%s is not taken", async (_, headers, token) => {
    const editor = await house.as("editor");
    const body = new URLSearchParams({ token: token ?? editor.token });
    const answer = await house.app.request(new URL(`/${publication}/`, deskUrl).href, {
      ...{ method: "POST", body, headers: { cookie: editor.cookie, ...headers } },
    });
    expect(answer.status).toBe(403);
    expect(await answer.text()).toContain(say.strange.title);
  });
});

it("takes forms of telephones that say of a page without referrer only that they say nothing", async () => {
  const editor = await house.as("editor");
  const answer = await house.app.request(new URL(`/${publication}/issues`, deskUrl).href, {
    ...{ method: "POST", body: new URLSearchParams({ token: editor.token }) },
    headers: { cookie: editor.cookie, origin: "null" },
  });
  expect(answer.status).toBe(422); // a form with nothing in it
});

describe("every answer", () => {
  it("says that nothing of it may be kept, framed or loaded from elsewhere", async () => {
    const editor = await house.as("editor");
    for (const answer of [await editor.get("/"), await editor.get("/nothing"), await editor.post("/")]) {
      expect(answer.headers.get("cache-control")).toBe("no-store");
      expect(answer.headers.get("referrer-policy")).toBe("no-referrer");
      expect(answer.headers.get("strict-transport-security")).toContain("max-age");
      const policy = answer.headers.get("content-security-policy") ?? "";
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toContain("unsafe");
    }
  });

  it("is one page in the language of who asks, with nothing inline and nothing from elsewhere", async () => {
    const editor = await house.as("editor");
    const page = await (await editor.get("/", german)).text();
    expect(page).toContain(`Guten Tag, ${editor.person.name}`);
    expect(page).not.toMatch(/<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=|https?:\/\//);
    expect(await (await editor.get("/", { headers: { "accept-language": "en" } })).text()).toContain("Good day");
  });

  it("is dressed by files that never change under their names, on whatever machine they are asked for", async () => {
    const editor = await house.as("editor");
    const page = await (await editor.get("/")).text();
    const [, style = ""] = /<link rel="stylesheet" href="([^"]+)">/.exec(page) ?? [];
    const elsewhere = desk(house.cloud, { baseUrl: deskUrl });
    for (const app of [house.app, elsewhere]) {
      const answer = await app.request(new URL(style, deskUrl).href);
      expect(answer.status).toBe(200);
      expect(answer.headers.get("cache-control")).toContain("immutable");
      expect(await answer.text()).toContain("@font-face");
    }
    expect((await house.app.request(new URL("/gestalt/desk-none-0123456789abcdef.css", deskUrl).href)).status).toBe(
      404,
    );
  });

  it.each([
    ["an issue that is not out yet", "/issues/2026-01/corrections", "/issues/2026-01"],
    ["builds there are none of", "/issues/2026-01/differences", "/issues/2026-01"],
    ["a reader nobody knows", "/subscribers/nobody", "/subscribers"],
    ["a list that is gone", "/subscribers/imports/none", "/subscribers/imports"],
  ])("leads on from a page that is refused, and not back to itself: %s", async (_, page, on) => {
    await aPlannedIssue(house.cloud);
    const publisher = await house.as("publisher");
    const answer = await publisher.get(page, german);
    const [, back] = /<p class="again"><a href="([^"]*)">/.exec(await answer.text()) ?? [];
    expect([answer.status, back]).toEqual([422, `/${publication}${on}`]);
  });

  it("says that something broke without saying what", async () => {
    const log = vi.spyOn(console, "error").mockImplementation(() => {});
    const cloud = testCloud();
    const broken = await aDesk(cloud);
    const editor = await broken.as("editor");
    vi.spyOn(cloud.table, "get").mockRejectedValue(new Error("the disk is full"));
    const answer = await editor.get("/", german);
    expect(answer.status).toBe(503);
    expect(await answer.text()).not.toContain("disk");
    expect(JSON.stringify(log.mock.calls)).toContain("the disk is full");
  });
});

it("gives every route of the table a right that somebody has", () => {
  expect(Object.keys(routeRights).every((route) => /^(GET|POST) \/:publication\//.test(route))).toBe(true);
});

describe("a page on which nothing can be done yet", () => {
  it("leads to where it begins: articles are asked for an issue, and there is none", async () => {
    const editor = await house.as("editor");
    const html = await (await editor.get("/commissions/new", german)).text();
    expect(html).toContain("Bitte legen Sie zuerst eine an.");
    expect(html).toContain(`href="/${publication}/issues#new-issue">Ausgabe anlegen</a>`);
  });
});
