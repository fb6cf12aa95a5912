import { idOfIssue } from "../../core/issue/issue.ts";
import { operator } from "../../core/rights.ts";
import { importSubscribers } from "../../functions/desk/subscribers.ts";
import { actRow } from "../../functions/records/acts.ts";
import { readCard } from "../../functions/records/articles.ts";
import { saveDraft } from "../../functions/records/issues.ts";
import { savePublication } from "../../functions/records/publications.ts";
import { saveRevision } from "../../functions/records/revisions.ts";
import { submissionChanges } from "../../functions/records/submissions.ts";
import type { LocalCloud } from "../../local/cloud/local-cloud.ts";
import { aPerson, publication } from "../functions/desk/routes/a-desk.ts";
import { anArticle, anIssue, aPublication } from "../people-and-papers.ts";

/** A publication that has been coming out for years. */
export const stock = { articles: 500, issues: 100, subscribers: 100_000, people: 200, acts: 2000 };

/** One of the hundred has many articles, one of the five hundred was saved many times. */
export const thick = { issue: "2025-08", articles: 40 };
export const mended = { article: "beitrag-0250", revisions: 100 };

export async function stockUp(cloud: LocalCloud): Promise<void> {
  await savePublication(cloud, aPublication());
  for (let number = 0; number < stock.people; number++) await aPerson(cloud, authorOf(number), ["author"]);
  for (let number = 0; number < stock.articles; number++) await takeArticle(cloud, number);
  for (let number = 1; number < mended.revisions; number++) await mend(cloud, number);
  for (let number = 0; number < stock.issues; number++) await takeIssue(cloud, number);
  await cloud.table.each(Array.from({ length: stock.acts }, () => anAct(cloud)));
  await importSubscribers(cloud, operator, publication, readers(), { consentSource: "Bestellkarten 2025" });
}

const nameOf = (number: number): string => `beitrag-${String(number).padStart(4, "0")}`;
const authorOf = (number: number): string => `autorin-${number % stock.people}`;

function textOf(title: string) {
  const { v: _, publication: __, id: ___, slug: ____, revision: _____, images, origin, ...text } = anArticle({ title });
  return { text, images, origin };
}

async function takeArticle(cloud: LocalCloud, number: number): Promise<void> {
  const id = nameOf(number);
  const at = cloud.clock.now().toISOString();
  const row = { v: 1, version: 1, publication, id, by: authorOf(number), contentId: "c".repeat(64), notes: [], at };
  await saveRevision(cloud, undefined, { publication, id, ...textOf(`Beitrag ${number}`) }, ({ revision }) =>
    submissionChanges(undefined, { ...row, ...stateOf(number, revision) } as never),
  );
}

/** A few of them wait for something, or were refused. */
function stateOf(number: number, revision: number): object {
  if (number % 40 === 0) return { state: "waiting", waitingFor: ["deich.jpg"] };
  if (number % 60 === 0) return { state: "refused", refusals: [{ code: "file-name", details: { name: "scan.pdf" } }] };
  return { state: "ingested", revision, masthead: null };
}

async function mend(cloud: LocalCloud, number: number): Promise<void> {
  const card = await readCard(cloud, publication, mended.article);
  const made = { publication, id: mended.article, ...textOf(`Beitrag, ${number}-mal verbessert`) };
  await saveRevision(cloud, card, { ...made, how: "words", by: authorOf(number) }, () => []);
}

/** Ten years of ten issues. */
async function takeIssue(cloud: LocalCloud, number: number): Promise<void> {
  const [year, inYear] = [2017 + Math.floor(number / 10), (number % 10) + 1];
  const id = `${year}-${String(inYear).padStart(2, "0")}`;
  const many = id === thick.issue ? thick.articles : 5;
  const articles = Array.from({ length: many }, (_, one) => nameOf((number * 5 + one) % stock.articles));
  const sections = [{ name: "Aus den Gemeinden", articles }];
  const plan = anIssue({ number: inYear, year, date: `${id}-02`, sections });
  await saveDraft(cloud, { ...plan, v: 1, version: 0, status: "draft" });
  if (idOfIssue(plan) !== id) throw new Error("an issue has another id than the bench believes");
}

const anAct = ({ clock }: LocalCloud) =>
  actRow(clock, { ...operator, id: authorOf(clock.now().getTime()) }, "edit-article", {
    ...{ publication, kind: "article", id: mended.article },
  });

function* readers() {
  for (let row = 1; row <= stock.subscribers; row++)
    yield {
      line: row + 1,
      address: `leserin${row}@stadt${row % 997}.example`,
      name: `Jördis ${row}`,
      language: "de" as const,
    };
}
