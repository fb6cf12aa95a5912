import type { Page } from "playwright-core";
import { operator } from "../../core/rights.ts";
import { createIssue } from "../../functions/desk/new-issue.ts";
import { changeIssue } from "../../functions/desk/planning.ts";
import { readIssue, requireIssue } from "../../functions/records/issues.ts";
import { listPublications } from "../../functions/records/publications.ts";
import type { DeskHouse } from "./desk-house.ts";
import type { DeskPage } from "./desk-pages.ts";

/** The pages of an issue in its making, and every state of them. */

const [id, empty] = ["2026-41", "2026-42"];

/** An issue of the sample's articles, and one nothing stands in yet. */
export async function begun({ cloud }: DeskHouse): Promise<string> {
  const [publication = ""] = await listPublications(cloud);
  if (await readIssue(cloud, publication, id)) return publication;
  const given = { year: 2026, date: "2026-12-14", theme: { title: "Kleine Orte, große Wege", intro: "" } };
  await createIssue(cloud, operator, publication, { ...given, number: 41 });
  await createIssue(cloud, operator, publication, { ...given, number: 42 });
  const [first = "", second = ""] = (await requireIssue(cloud, publication, id)).sections.map(({ name }) => name);
  const added = [
    ...["hochwasser", "pegel"].map((article) => ({ kind: "add-article", article, section: first }) as const),
    { kind: "add-article", article: "wind", section: second } as const,
    { kind: "teaser", article: "pegel", text: "Ein Blick auf den Fluss, der jeden Tag ein anderer ist." } as const,
  ];
  for (const change of added) await changeIssue(cloud, operator, { publication, issue: id }, 1, change);
  return publication;
}

const at =
  (path: string, more: (page: Page, house: DeskHouse) => Promise<unknown> = async () => {}): DeskPage["reach"] =>
  async (page, house) => {
    await page.goto(`${house.origin}/${await begun(house)}/issues${path && `/${path}`}`);
    await more(page, house);
  };

const state = (name: string, reach: DeskPage["reach"]): DeskPage => ({
  ...{ name: `issue, ${name}`, as: ["editor"], path: "/issues" },
  ...(reach && { reach }),
});
const press = (page: Page, name: string): Promise<unknown> =>
  Promise.all([page.waitForNavigation(), page.getByRole("button", { name, exact: true }).click()]);

export const issuePages: readonly DeskPage[] = [
  { name: "issues", as: ["editor"], path: "/issues" },
  state(
    "a number that is taken",
    at("", async (page) => {
      await page.locator("#theme").fill("Wasser");
      await page.locator("#number").fill("41");
      await page.locator("#year").fill("2026");
      await press(page, "Ausgabe anlegen");
    }),
  ),
  state("contents", at(id)),
  state(
    "contents, everything open",
    at(id, (page) => page.evaluate('for (const one of document.querySelectorAll("details")) one.open = true')),
  ),
  state("contents, nothing in it", at(empty)),
  state("contents, sent", at("2026-01")),
  state(
    "contents, somebody was quicker",
    at(id, async (page, house) => {
      const place = { publication: await begun(house), issue: id };
      const { version, subject } = await requireIssue(house.cloud, place.publication, id);
      const other = subject === "Wege" ? "Pfade" : "Wege";
      await changeIssue(house.cloud, operator, place, version, { kind: "head", head: { subject: other } });
      await page.locator("#subject").fill("Straßen");
      await press(page, "Angaben speichern");
    }),
  ),
  state(
    "contents, a change that met another",
    at(id, async (page, house) => {
      const place = { publication: await begun(house), issue: id };
      const { version, lead } = await requireIssue(house.cloud, place.publication, id);
      const other = lead === "pegel" ? "wind" : "pegel";
      await changeIssue(house.cloud, operator, place, version, { kind: "lead", article: other });
      await page.locator("#lead").selectOption("hochwasser");
      await press(page, "Übernehmen Leitartikel");
    }),
  ),
  state("articles to take in", at(`${id}/articles`)),
  state("articles that are not there", at(`${id}/articles?words=xyz`)),
  state("preview", at(`${id}/preview`)),
  state("preview, desk, dark, no pictures", at(`${id}/preview?width=desk&scheme=dark`)),
  state("preview, text", at(`${id}/preview?edition=text`)),
  state("preview, pages", at(`${id}/preview?edition=page&width=desk`)),
  state("preview, nothing to show", at(`${empty}/preview`)),
  state("check", at(`${id}/check`)),
  state("check, sent", at("2026-01/check")),
];
