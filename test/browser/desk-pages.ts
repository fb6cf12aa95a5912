import type { Page } from "playwright-core";
import { sectionNames } from "../../core/desk/settings.ts";
import type { Role } from "../../core/rights.ts";
import { publicationKey } from "../../functions/records/keys.ts";
import { articlePages } from "./desk-article-pages.ts";
import type { DeskHouse } from "./desk-house.ts";
import { issuePages } from "./desk-issue-pages.ts";
import { readerPages } from "./desk-reader-pages.ts";

/** Every page of the desk, and every state of it that somebody may meet. Whoever builds a page adds it here. */
export interface DeskPage {
  readonly name: string;
  readonly as: readonly Role[];
  /** Behind the publication: "/settings". */
  readonly path: string;
  /** What is done there until the state is reached. */
  readonly reach?: (page: Page, house: DeskHouse) => Promise<void>;
}

const all: readonly Role[] = ["author", "editor", "publisher", "admin"];
const submit = async (page: Page, fields: Readonly<Record<string, string>> = {}): Promise<void> => {
  for (const [name, value] of Object.entries(fields)) await page.locator(`main [name="${name}"]`).fill(value);
  await Promise.all([page.waitForLoadState("load"), page.locator("main form button[type=submit]").last().click()]);
};

const shell: readonly DeskPage[] = [
  { name: "start, somebody with every right", as: all, path: "/" },
  { name: "start, an author", as: ["author"], path: "/" },
  { name: "nothing at this address", as: all, path: "/nothing" },
  { name: "no right", as: ["author"], path: "/settings" },
];

const settings: readonly DeskPage[] = [
  { name: "settings", as: ["admin"], path: "/settings" },
  ...sectionNames.map((name): DeskPage => ({ name: `settings, ${name}`, as: ["admin"], path: `/settings/${name}` })),
  {
    ...{ name: "settings, masthead in a colour too pale", as: ["admin"], path: "/settings/masthead" },
    reach: (page) => submit(page, { accent: "#F0E060", bold: "BERG" }),
  },
  {
    ...{ name: "settings, a publisher without an address", as: ["admin"], path: "/settings/publisher" },
    reach: (page) => submit(page, { "publisher.address": "", "publisher.email": "bund" }),
  },
  {
    ...{ name: "settings, the pages moved", as: ["admin"], path: "/settings/place" },
    reach: (page) => submit(page, { baseUrl: "https://talblatt.example" }),
  },
  {
    ...{ name: "settings, somebody was quicker", as: ["admin"], path: "/settings/release" },
    reach: async (page, house) => {
      await changeUnseen(house, { approvals: "one", checksLinks: false });
      await submit(page);
      await changeUnseen(house, { approvals: "two", checksLinks: true });
    },
  },
  { name: "settings, the logo", as: ["admin"], path: "/settings/logo" },
  {
    ...{ name: "settings, the logo of the sample without a word", as: ["admin"], path: "/settings/logo" },
    reach: async (page) => {
      await page.locator('main [name="alt"]').fill("");
      const saving = page.locator('main form:has([name="alt"]) button[type=submit]').click();
      await Promise.all([page.waitForLoadState("load"), saving]);
    },
  },
  {
    ...{ name: "settings, saved", as: ["admin"], path: "/settings/authors" },
    reach: (page) => submit(page),
  },
];

const changeUnseen = ({ cloud }: DeskHouse, set: Readonly<Record<string, string | boolean>>): Promise<void> =>
  cloud.table.write([{ patch: publicationKey("elblandbote"), set }]);

/** By a link: nobody's id is known beforehand. */
const toThomas = async (page: Page): Promise<void> => {
  await Promise.all([page.waitForURL(/\/people\/p-/), page.getByRole("link", { name: "Thomas Śěrak" }).click()]);
};

const doors: readonly DeskPage[] = [
  { name: "people", as: ["admin"], path: "/people" },
  { name: "people, invited without an address", as: ["admin"], path: "/people", reach: (page) => submit(page) },
  {
    ...{ name: "people, invited", as: ["admin"], path: "/people" },
    reach: async (page) => {
      await page.getByLabel(/Redaktion/).check();
      await submit(page, { name: "Paula Zschoche", address: `paula-${Date.now()}@elblandbote.example` });
    },
  },
  { name: "somebody", as: ["admin"], path: "/people", reach: (page) => toThomas(page) },
  {
    ...{ name: "somebody, nothing to do", as: ["admin"], path: "/people" },
    reach: async (page) => {
      await toThomas(page);
      await page.getByLabel(/Autorin oder Autor/).uncheck();
      await Promise.all([page.waitForLoadState("load"), page.getByRole("button", { name: "Speichern" }).click()]);
    },
  },
  {
    ...{ name: "somebody is to be removed", as: ["admin"], path: "/people" },
    reach: async (page) => {
      await toThomas(page);
      await page.goto(`${page.url()}/removal`);
    },
  },
  { name: "acts", as: ["admin"], path: "/acts" },
  { name: "acts of the operators", as: ["editor"], path: "/acts?by=operator" },
  { name: "acts, none", as: ["editor"], path: "/acts?by=nobody" },
];

const beginSubmission = async (page: Page): Promise<void> => {
  await submit(page, { title: "Der Deich hält", text: "" });
};

const intake: readonly DeskPage[] = [
  { name: "submissions", as: ["author"], path: "/submissions" },
  { name: "submissions, all", as: ["editor"], path: "/submissions" },
  { name: "submissions, none found", as: ["editor"], path: "/submissions?by=nobody" },
  { name: "submissions, new", as: ["author"], path: "/submissions/new" },
  { name: "submission, begun", as: ["author"], path: "/submissions/new", reach: beginSubmission },
  { name: "submission of the sample", as: ["editor"], path: "/submissions/bibliothek" },
  { name: "commission", as: ["editor"], path: "/commissions/new" },
];

export const deskPages: readonly DeskPage[] = [
  ...shell,
  ...settings,
  ...doors,
  ...intake,
  ...articlePages,
  ...issuePages,
  ...readerPages,
];
