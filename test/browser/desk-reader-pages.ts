import type { Page } from "playwright-core";
import { operator } from "../../core/rights.ts";
import { correctArticle, withdrawArticle } from "../../functions/desk/amendments.ts";
import { suppressAddress } from "../../functions/desk/suppressions.ts";
import { readAmendments } from "../../functions/records/amendments.ts";
import { countGrowth } from "../../functions/records/growth.ts";
import { importFolder } from "../../functions/records/paths.ts";
import type { DeskHouse } from "./desk-house.ts";
import type { DeskPage } from "./desk-pages.ts";

/** Readers, lists of them, suppressions, and what became of an issue. */

const paper = "elblandbote";
const place = { publication: paper, issue: "2026-01" };
const press = async (page: Page, button: string): Promise<void> => {
  await Promise.all([page.waitForLoadState("load"), page.locator(`main form${button}`).first().click()]);
  await page.waitForLoadState("load");
};
const [find, add] = ['[action$="/search"] button', '[action$="/suppressions"] button'];
const toFirstReader = async (page: Page): Promise<void> => {
  await page.locator("main .list .main a").first().click();
  await page.waitForLoadState("load");
};

const csv = "email;name\nneu1@auenrode.example;Neu Eins\nneu2@auenrode.example;Neu Zwei\nkeine Adresse;\n";
/** A list as its form brings it; the page's own script does the rest. */
async function bringList(page: Page, { cloud }: DeskHouse, list = csv): Promise<void> {
  await page.locator("main [name=source]").fill("Bestellkarten 2025");
  await press(page, " [type=submit]");
  const id = page.url().split("/").at(-1) ?? "";
  await cloud.files.write(`${importFolder(paper, id)}list.csv`, list, { type: "text/csv" });
  await page.reload();
  await page.locator("#agreed, .refusal").first().waitFor();
}

async function amend({ cloud }: DeskHouse): Promise<void> {
  const { version, corrections, withdrawals } = await readAmendments(cloud, place);
  if (corrections.length === 0)
    await correctArticle(cloud, operator, place, {
      article: "wind",
      text: "Die Pacht steigt erst 2027.",
      seen: version,
    });
  const { version: seen } = await readAmendments(cloud, place);
  if (withdrawals.length === 0)
    await withdrawArticle(cloud, operator, place, {
      article: "rufbus",
      text: "Auf Wunsch der Autorin zurückgezogen.",
      seen,
    });
}

const readers: readonly DeskPage[] = [
  { name: "subscribers, not counted yet", as: ["publisher"], path: "/subscribers" },
  {
    ...{ name: "subscribers", as: ["admin"], path: "/subscribers" },
    reach: async (page, { cloud }) => {
      await countGrowth(cloud, paper, () => false);
      await page.reload();
      await page.locator("main details summary").first().click();
    },
  },
  { name: "subscribers, nobody found", as: ["admin"], path: "/subscribers?state=moved&domain=weg.example" },
  {
    ...{ name: "subscribers, an unknown address", as: ["admin"], path: "/subscribers" },
    reach: async (page) => {
      await page.locator("main [name=address]").fill("niemand@auenrode.example");
      await press(page, find);
    },
  },
  { name: "subscriber", as: ["admin"], path: "/subscribers", reach: toFirstReader },
  {
    ...{ name: "subscriber, suppressed", as: ["publisher"], path: "/subscribers" },
    reach: async (page, { cloud }) => {
      await toFirstReader(page);
      await suppressAddress(cloud, operator, (await page.locator("h1").innerText()).trim(), "asked");
      await page.reload();
    },
  },
  {
    ...{ name: "erasure, another address", as: ["admin"], path: "/subscribers" },
    reach: async (page) => {
      await toFirstReader(page);
      await page.locator("main a.final").click();
      await page.locator("main [name=address]").fill("andere@auenrode.example");
      await press(page, " [type=submit]");
    },
  },
  { name: "suppressions", as: ["publisher"], path: "/suppressions" },
  {
    ...{ name: "suppressions, no address", as: ["publisher"], path: "/suppressions" },
    reach: async (page) => {
      await page.locator("main [name=address]").fill("auenrode");
      await press(page, add);
    },
  },
];

const lists: readonly DeskPage[] = [
  {
    ...{ name: "a list, without its source", as: ["admin"], path: "/subscribers/imports" },
    reach: (page) => press(page, " [type=submit]"),
  },
  {
    ...{ name: "a list, awaited", as: ["admin"], path: "/subscribers/imports" },
    reach: async (page) => {
      await page.locator("main [name=source]").fill("Bestellkarten 2025");
      await press(page, " [type=submit]");
    },
  },
  { name: "a list, looked through", as: ["admin"], path: "/subscribers/imports", reach: bringList },
  {
    ...{ name: "a list that is none", as: ["admin"], path: "/subscribers/imports" },
    reach: (page, house) => bringList(page, house, "kein;kopf\n1;2\n"),
  },
];

const corrections: readonly DeskPage[] = [
  { name: "corrections, none yet", as: ["editor"], path: "/issues/2026-01/corrections" },
  {
    ...{ name: "corrections", as: ["publisher"], path: "/issues/2026-01/corrections" },
    reach: async (page, house) => {
      await amend(house);
      await page.reload();
    },
  },
  {
    ...{ name: "corrections, without words", as: ["publisher"], path: "/issues/2026-01/corrections" },
    reach: (page) => press(page, " .actions button"),
  },
  {
    ...{ name: "a file to take along", as: ["editor"], path: "/issues/2026-01/corrections" },
    reach: (page) => press(page, " .again button"),
  },
];

export const readerPages: readonly DeskPage[] = [...readers, ...lists, ...corrections];
