import { beforeEach, describe, expect, it, vi } from "vitest";
import { words } from "../../../../core/words.ts";
import { closeSessionsOf, openSession } from "../../../../functions/records/sessions.ts";
import { theArticle } from "../an-article.ts";
import { type ADesk, aDesk, deskUrl, publication, type Visitor, visitorWith } from "./a-desk.ts";

const say = words("de").desk;
const long = "Der Steg steht seit Mai.\n\nEr „trägt“ <b>wieder</b>.";
const shown = "Der Steg steht seit Mai.\n\nEr „trägt“ &lt;b&gt;wieder&lt;/b&gt;.</textarea>";

let house: ADesk;
let editor: Visitor;
beforeEach(async () => {
  for (const way of ["info", "warn"] as const) vi.spyOn(console, way).mockImplementation(() => {});
  house = await aDesk();
  await theArticle(house.cloud);
  editor = await house.as("editor");
});

/** Everything a page would send again. */
function formIn(html: string): Record<string, string> {
  const form = /<form[^>]*class="typed"[\s\S]*?<\/form>/.exec(html)?.[0] ?? "";
  const hidden = [...form.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)];
  const areas = [...form.matchAll(/<textarea[^>]* name="([^"]*)"[^>]*>\n([\s\S]*?)<\/textarea>/g)];
  const plain = (text = "") =>
    text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"').replaceAll("&amp;", "&");
  return Object.fromEntries([...hidden, ...areas].map(([, name = "", value]) => [name, plain(value)]));
}

describe("what somebody typed into a page that has grown too old", () => {
  it("stands on the page that says they are signed out, and is sent from there once they are in again", async () => {
    await closeSessionsOf(house.cloud, editor.person.addressKey);
    const answer = await editor.post("/submissions", { title: "Der Steg", text: long });
    const html = await answer.text();
    expect(answer.status).toBe(403);
    expect(html).toContain(say.strange.old);
    expect(html).toContain('href="/session" target="_blank"');
    expect(html).toContain(shown);
    const signedInAt = house.cloud.clock.now().toISOString();
    const session = await openSession(house.cloud, { addressKey: editor.person.addressKey, signedInAt });
    // One press is enough: what the page was given besides stands for them, and only in this browser.
    const cookies = answer.headers.getSetCookie();
    expect(cookies.join()).toMatch(
      /^__Host-kurier-again=[\w-]+; Max-Age=3600; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
    );
    const fields = formIn(html);
    expect(fields).toMatchObject({ title: "Der Steg", text: long });
    const elsewhere = await visitorWith(house.app, editor.person, session).post("/submissions", fields);
    expect(elsewhere.status).toBe(403);
    const taken = await house.app.request(new URL(`/${publication}/submissions`, deskUrl).href, {
      ...{ method: "POST", body: new URLSearchParams(fields) },
      headers: {
        cookie: [visitorWith(house.app, editor.person, session).cookie, cookies[0]?.split(";")[0]].join("; "),
        ...{ "sec-fetch-site": "same-origin", origin: deskUrl.origin },
      },
    });
    expect([taken.status, taken.headers.get("location")]).toEqual([303, expect.stringContaining("done=submitted")]);
  });

  it("is told to a script in words, with the token of whoever is signed in again", async () => {
    const ask = (cookie: string) =>
      house.app.request(new URL(`/${publication}/articles/steg/draft`, deskUrl).href, {
        ...{ method: "POST", body: new URLSearchParams({ token: editor.token, markdown: long }) },
        headers: {
          ...{ cookie, accept: "application/json", "accept-language": "de" },
          ...{ "sec-fetch-site": "same-origin", origin: deskUrl.origin },
        },
      });
    await closeSessionsOf(house.cloud, editor.person.addressKey);
    const out = await ask(editor.cookie);
    expect([out.status, await out.json()]).toEqual([403, { problem: say.strange.out }]);
    const signedInAt = house.cloud.clock.now().toISOString();
    const session = await openSession(house.cloud, { addressKey: editor.person.addressKey, signedInAt });
    const again = visitorWith(house.app, editor.person, session);
    expect(await (await ask(again.cookie)).json()).toEqual({ problem: say.strange.in, token: again.token });
  });

  it("is never shown to whoever was sent here by a page elsewhere", async () => {
    const answer = await house.app.request(new URL(`/${publication}/submissions`, deskUrl).href, {
      ...{ method: "POST", body: new URLSearchParams({ title: "Rufen Sie an: 0800 1" }) },
      headers: { cookie: editor.cookie, "sec-fetch-site": "cross-site", origin: "https://evil.example" },
    });
    const html = await answer.text();
    expect(html).not.toContain("Rufen Sie an");
    expect(html).toContain(say.strange.lead);
  });
});

describe("what somebody typed where a rule says no", () => {
  it("stands beside the sentence, and the way back leads to a page there is", async () => {
    const answer = await editor.post("/articles/steg/draft", {
      ...{ revision: "1", version: "0", markdown: `${long} ${"Wasser ".repeat(60_000)}` },
    });
    const html = await answer.text();
    expect(answer.status).toBe(422);
    expect(html).toContain("Er „trägt“ &lt;b&gt;wieder&lt;/b&gt;.");
    const back = /<a href="([^"]+)">Zurück<\/a>/.exec(html)?.[1] ?? "";
    expect((await house.app.request(new URL(back, deskUrl).href, { headers: { cookie: editor.cookie } })).status).toBe(
      200,
    );
  });

  it("stays in its field where a credit is too long for its picture", async () => {
    const answer = await editor.post("/articles/steg/pictures", {
      ...{ revision: "1", "p0-name": "steg.jpg", "p0-caption": "Der Steg im Mai", "p0-credit": "x".repeat(301) },
    });
    const html = await answer.text();
    expect(answer.status).toBe(422);
    expect(html).toContain("Der Steg im Mai</textarea>");
    expect(html).toContain(`value="${"x".repeat(301)}"`);
  });
});

describe("what somebody typed when something broke", () => {
  it("stands on the page that says so", async () => {
    vi.spyOn(console, "error").mockImplementation(() => {});
    vi.spyOn(house.cloud.table, "write").mockRejectedValue(new Error("the table is gone"));
    const answer = await editor.post("/submissions", { title: "Der Steg", text: long });
    expect(answer.status).toBe(503);
    expect(await answer.text()).toContain(shown);
  });
});
