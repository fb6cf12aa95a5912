import { setTimeout } from "node:timers/promises";
import type { Page } from "playwright-core";
import PostalMime from "postal-mime";
import { printMarkdown } from "../../core/article/markdown.ts";
import { operator } from "../../core/rights.ts";
import { mendArticle } from "../../functions/desk/articles.ts";
import { readArticle } from "../../functions/records/articles.ts";
import type { DeskHouse } from "./desk-house.ts";
import { begun } from "./desk-issue-pages.ts";
import type { DeskPage } from "./desk-pages.ts";

/** Articles, their words, and the pages of whoever was asked for one without an account. */

const place = { publication: "elblandbote", article: "buecherbus" };
const longName = "Verbandsgemeindeverwaltungsangestellte Adelgunde Freifrau von Quitzow-Reichenstein";

/** The words in other words, saved by somebody else. */
async function mend({ cloud }: DeskHouse): Promise<void> {
  const article = await readArticle(cloud, place.publication, place.article);
  if (!article) throw new Error("the sample has no such article");
  const markdown = `${printMarkdown(article)}\nAb ${article.revision + 1} Uhr fährt er wieder zurück.\n`;
  await mendArticle(cloud, operator, place, { revision: article.revision, markdown });
}
// By key: beside a frame with a process of its own, a click right after scrolling may land where the frame was.
const press = (page: Page, name: string): Promise<unknown> =>
  Promise.all([page.waitForNavigation(), page.getByRole("button", { name, exact: true }).press("Enter")]);

const evaluate = (page: Page): Promise<unknown> =>
  Promise.all([page.waitForNavigation(), page.getByRole("button", { name: /auswerten/i }).click()]);

/** In the latest letter to somebody; whoever works in the house may still be writing it. */
async function linkIn({ cloud }: DeskHouse, to: string, path: string): Promise<string> {
  for (let tries = 0; tries < 300; tries++) {
    const [letter] = cloud.outbox.list({ limit: 1, to }).letters;
    const mail = letter && (await PostalMime.parse(cloud.outbox.source(letter)));
    const [link] = new RegExp(`\\S+${path}\\S+`).exec(mail?.text ?? "") ?? [];
    if (link) return link;
    await setTimeout(100);
  }
  throw new Error(`no letter leads to ${path}`);
}

async function askForReview(page: Page, house: DeskHouse): Promise<string> {
  const address = `durchsicht-${Date.now()}@elblandbote.example`;
  await page.getByText("Um Durchsicht bitten").click();
  await page.getByLabel("Name").fill(longName);
  await page.getByLabel("E-Mail-Adresse").fill(address);
  await page.locator("#ask-words").fill("Stimmen die Abfahrtszeiten?");
  await press(page, "Bitte senden");
  return linkIn(house, address, "/r/review/");
}

async function askForArticle(page: Page, house: DeskHouse): Promise<string> {
  const publication = await begun(house);
  const address = `beitrag-${Date.now()}@elblandbote.example`;
  await page.goto(`${house.origin}/${publication}/commissions/new`);
  await page.getByLabel("Name").fill(longName);
  await page.getByLabel("E-Mail-Adresse").fill(address);
  await page.getByLabel("Worum geht es?").fill("Straßenbeleuchtungskonzept");
  await press(page, "Anfrage senden");
  return linkIn(house, address, "/r/hand-in/");
}

const at = (name: string, path: string, reach?: DeskPage["reach"]): DeskPage => ({
  ...{ name, as: ["editor"], path: `/articles${path}` },
  ...(reach && { reach }),
});
const own = `/${place.article}`;

export const articlePages: readonly DeskPage[] = [
  at("articles", ""),
  at("articles, none found", "?q=nirgends"),
  at("article", own),
  at("article, sent, with pictures", "/bibliothek"),
  at("article, somebody is asked", own, async (page, house) => void (await askForReview(page, house))),
  at("words", `${own}/words`),
  at("words, somebody was quicker", `${own}/words`, async (page, house) => {
    await mend(house);
    await page.locator("#words").fill(`${await page.locator("#words").inputValue()}\nEr hat jetzt eine Rampe.`);
    await press(page, "Speichern");
  }),
  at("words that cannot be read", `${own}/words`, async (page) => {
    await page.locator("#words").fill("");
    await press(page, "Speichern");
  }),
  at("article, two revisions", own, async (page, house) => {
    await mend(house);
    await page.reload();
    await page.getByRole("link", { name: "Mit der geltenden vergleichen" }).first().click();
    await page.waitForURL(/revisions/);
  }),
  at("review by a link", own, async (page, house) => {
    await page.goto(await askForReview(page, house));
  }),
  at("review by a link, a wish without words", own, async (page, house) => {
    await page.goto(await askForReview(page, house));
    await press(page, "Änderungswunsch senden");
  }),
  at("handing in by a link", "", async (page, house) => {
    await page.goto(await askForArticle(page, house));
  }),
  at("an article asked for", "", async (page, house) => {
    await askForArticle(page, house);
    await page.locator("main details summary").first().click();
  }),
  at("a link that leads nowhere", "", async (page, { origin }) => {
    await page.goto(`${origin}/r/review/nirgends`);
  }),
  { name: "readers of an issue, sent", as: ["publisher"], path: "/issues/2026-01/readers" },
  { name: "sending, sent", as: ["publisher"], path: "/issues/2026-01/sending" },
  {
    name: "report",
    as: ["publisher"],
    path: "/issues/2026-01/report",
    reach: async (page) => void (await evaluate(page)),
  },
  { name: "first steps", as: ["editor"], path: "/first-steps" },
];
