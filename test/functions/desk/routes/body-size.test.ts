import { beforeEach, describe, expect, it } from "vitest";
import { words } from "../../../../core/words.ts";
import { mostFormBytes } from "../../../../functions/desk/routes/body-size.ts";
import { type ADesk, aDesk, deskUrl, publication, type Visitor } from "./a-desk.ts";

const say = words("de").desk["too-large"];

let house: ADesk;
let editor: Visitor;
beforeEach(async () => {
  house = await aDesk();
  editor = await house.as("editor");
});

/** What Lambda takes in a request, and what stands in it beside the form: headers, path, cookies. */
const lambdaBytes = 6 * 1024 * 1024;
const besideBytes = 64 * 1024;

const send = async (text: string, headers: Readonly<Record<string, string>> = {}) => {
  const form = new FormData();
  form.set("token", editor.token);
  form.set("markdown", text);
  const request = new Request(`${deskUrl.origin}/${publication}/articles/pegel/words`, { method: "POST", body: form });
  const body = new Uint8Array(await request.arrayBuffer());
  const type = request.headers.get("content-type") ?? "";
  const sent = { cookie: editor.cookie, "sec-fetch-site": "same-origin", "content-type": type, ...headers };
  const length = String(body.length);
  return house.app.request(request.url, { method: "POST", body, headers: { "content-length": length, ...sent } });
};

describe("a form at the desk", () => {
  it("has the same limit everywhere: what is taken here reaches us on AWS, too", () => {
    expect(Math.ceil(mostFormBytes / 3) * 4 + besideBytes).toBeLessThan(lambdaBytes);
  });

  it.each(["ü", "水", "𝔘"])("takes a million letters of any script: %s", async (letter) => {
    const text = letter.repeat(1_000_000 / letter.length);
    expect((await send(text)).status).not.toBe(413);
  });

  it("says in the reader's language what was too large and what to do, and gives back what was written", async () => {
    const text = `Der Deich hält. ${"Wort ".repeat(810_000)}Ende.`;
    const answer = await send(text);
    expect(answer.status).toBe(413);
    const page = await answer.text();
    expect(page).toContain("Ein Formular fasst 4 MB, dieses hatte 4,1 MB. Es wurde nichts geändert.");
    expect(page).toContain(say.what);
    expect(page).toContain("Wort Ende.");
    expect(page).not.toContain(say.gone);
    const english = await send(text, { "accept-language": "en" });
    expect(await english.text()).toContain("A form holds 4 MB, this one had 4.1 MB.");
  });

  it("reads none of one that is larger still", async () => {
    const answer = await send("Wort ".repeat(1_000_000));
    expect(answer.status).toBe(413);
    const page = await answer.text();
    expect(page).toContain(say.gone);
    expect(page).not.toContain("Wort Wort");
  });

  it("says no words of another site's form", async () => {
    const answer = await send("Wort ".repeat(810_000), { "sec-fetch-site": "cross-site" });
    expect(answer.status).toBe(403);
    expect(await answer.text()).not.toContain("Wort Wort");
  });

  it("tells a script the sentence alone", async () => {
    const answer = await send("Wort ".repeat(810_000), { accept: "application/json" });
    expect([answer.status, ((await answer.json()) as { sentence: string }).sentence]).toEqual([
      413,
      expect.stringContaining("4 MB"),
    ]);
  });
});

it("says on the page how long a text may be, and lets no browser without script send more", async () => {
  const author = await house.as("author");
  const { headers } = await author.post("/submissions", { title: "Der Deich hält" });
  const path = new URL(headers.get("location") ?? "", deskUrl).pathname.slice(`/${publication}`.length);
  const page = await (await author.get(path)).text();
  expect(page).toContain(words("de").desk.layout.longest);
  expect(page).toMatch(/<form[^>]+enctype="multipart\/form-data">[\s\S]*<textarea id="text"[^>]+maxlength="1000000"/);
});
