import PostalMime from "postal-mime";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { operator } from "../../../../core/rights.ts";
import { mendArticle } from "../../../../functions/desk/articles.ts";
import { removePerson } from "../../../../functions/desk/people.ts";
import { workUntilQuiet } from "../../../../local/wiring.ts";
import { almut, place, reworded, theArticle } from "../an-article.ts";
import { type ADesk, aDesk, aPerson, deskUrl, type Visitor } from "./a-desk.ts";

let house: ADesk;
let editor: Visitor;
let link: string;
beforeEach(async () => {
  for (const way of ["info", "warn"] as const) vi.spyOn(console, way).mockImplementation(() => {});
  house = await aDesk();
  await theArticle(house.cloud);
  editor = await house.as("editor");
  const person = await aPerson(house.cloud, "joerdis", ["author"]);
  const asked = { revision: "1", person: person.id, words: "Stimmen die Zahlen?" };
  const answer = await editor.post("/articles/steg/reviews", asked);
  expect(answer.headers.get("location")).toBe("/elblandbote/articles/steg?done=review-asked#review");
  await workUntilQuiet(house.cloud);
  const { letters } = house.cloud.outbox.list({ limit: 5, to: person.address });
  const [mail] = await Promise.all(letters.map((letter) => PostalMime.parse(house.cloud.outbox.source(letter))));
  link = /https:\/\/redaktion\.elbland\.example(\/r\/review\/\S+)/.exec(mail?.text ?? "")?.[1] ?? "";
});

const open = (path = link) => house.app.request(new URL(path, deskUrl).href, { headers: { "accept-language": "de" } });
const post = (fields: Readonly<Record<string, string>>) =>
  house.app.request(new URL(link, deskUrl).href, {
    method: "POST",
    body: new URLSearchParams(fields),
    headers: { "sec-fetch-site": "same-origin", "accept-language": "de" },
  });
const page = async () => (await editor.get("/articles/steg")).text();

describe("the page of a personal link", () => {
  it("shows the article as it will appear, to whoever holds it and nobody else", async () => {
    const answer = await open();
    const html = await answer.text();
    expect([answer.status, answer.headers.get("referrer-policy"), answer.headers.get("cache-control")]).toEqual([
      200,
      "no-referrer",
      "no-store",
    ]);
    expect(html).toContain("bittet Sie, diesen Beitrag durchzusehen");
    expect(html).toContain("Stimmen die Zahlen?");
    expect(html).toContain(`src="${link}/web"`);
    for (const kind of ["web", "email"]) {
      const frame = await open(`${link}/${kind}`);
      expect(frame.headers.get("content-security-policy")).toMatch(/^sandbox;/);
      expect(await frame.text()).toContain("Der Steg");
    }
    expect((await open(`${link.slice(0, -1)}-`)).status).toBe(404);
    expect((await open(`${link}/pdf`)).status).toBe(404);
  });

  it("changes nothing by being looked at, however often", async () => {
    for (let look = 0; look < 3; look += 1) await open();
    expect(await page()).toContain("wartet auf Antwort");
  });

  it("takes an answer, thanks, and lets the editors see it", async () => {
    const answer = await post({ revision: "1", answer: "agree", words: "" });
    expect([answer.status, answer.headers.get("location")]).toEqual([303, `${link}?done=answered`]);
    expect(await (await open(`${link}?done=answered`)).text()).toContain("Danke. Ihre Antwort ist bei der Redaktion");
    expect(await page()).toContain("einverstanden");
  });

  it("asks for words with a wish, and keeps what was typed", async () => {
    const answer = await post({ revision: "1", answer: "wish", words: "" });
    expect([answer.status, await answer.text()]).toEqual([422, expect.stringContaining("was anders werden soll")]);
    await post({ revision: "1", answer: "wish", words: "Es sind <b>zwölf</b> Meter." });
    expect(await page()).toContain("Es sind &lt;b&gt;zwölf&lt;/b&gt; Meter.");
  });

  it("brings a wish to the editors' first page until the words are changed or the wish is over", async () => {
    const german = { headers: { "accept-language": "de" } };
    const start = async (visitor = editor) => (await visitor.get("/", german)).text();
    await post({ revision: "1", answer: "wish", words: "Es sind zwölf Meter." });
    expect(await start()).toMatch(/href="\/elblandbote\/articles\/steg#review">Der Steg<\/a>/);
    expect(await start()).toMatch(/[^>]+ wünscht Änderungen: „Es sind zwölf Meter\.“/);
    expect(await start(await house.as("author"))).not.toContain("Es sind zwölf Meter");
    await post({ revision: "1", answer: "agree" });
    expect(await start()).not.toContain("Änderungswunsch");
    await post({ revision: "1", answer: "wish", words: "Doch nicht." });
    await mendArticle(house.cloud, almut, place, {
      revision: 1,
      markdown: await reworded(house.cloud, "Mai", "Juni"),
    });
    expect(await start()).not.toContain("Änderungswunsch");
  });

  it("shows nothing any more to whoever was removed from the desk", async () => {
    await removePerson(house.cloud, operator, place.publication, "joerdis");
    for (const path of [link, `${link}/web`]) {
      const answer = await open(path);
      expect([answer.status, await answer.text()]).toEqual([404, expect.not.stringContaining("Der Steg")]);
    }
    expect((await post({ revision: "1", answer: "agree" })).status).toBe(404);
    expect(await page()).not.toContain("einverstanden");
  });

  it("leads nowhere when it is over, without a way back to itself, and gives back what was written", async () => {
    const gone = await open("/r/review/none");
    expect(await gone.text()).toMatch(/^(?!.*href="\/r\/review).*Dieser Link führt nirgendwohin/s);
    await removePerson(house.cloud, operator, place.publication, "joerdis");
    const late = await post({ revision: "1", answer: "wish", words: "Zwölf" });
    expect([late.status, await late.text()]).toEqual([404, expect.stringContaining("Zwölf</textarea>")]);
  });

  it("says so when the article changed while they read, and when it changed since", async () => {
    await post({ revision: "1", answer: "agree" });
    const markdown = await reworded(house.cloud, "Mai", "Juni");
    await mendArticle(house.cloud, almut, place, { revision: 1, markdown });
    expect(await (await open()).text()).toContain("Seitdem wurde der Beitrag geändert");
    expect(await page()).toContain("gilt nicht mehr: danach geändert");
    const late = await post({ revision: "1", answer: "wish", words: "Bitte nicht im Juni" });
    expect([late.status, await late.text()]).toEqual([409, expect.stringContaining("Bitte nicht im Juni</textarea>")]);
    await post({ revision: "2", answer: "agree" });
    expect(await page()).toContain("einverstanden");
  });

  it("is asked for again with the form still filled in when the address is none", async () => {
    const answer = await editor.post("/articles/steg/reviews", {
      ...{ revision: "1", name: "Frieda Blum", address: "frieda", words: "Stimmt das?" },
    });
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain('value="Frieda Blum"');
  });
});
