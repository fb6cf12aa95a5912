import type { Submission } from "../../../../core/article/submission.ts";
import { draft } from "../../../../core/issue/draft.ts";
import { operator } from "../../../../core/rights.ts";
import type { AddressKey } from "../../../../core/subscriber/subscriber.ts";
import type { Change, Cloud } from "../../../../functions/cloud/cloud.ts";
import { actRow } from "../../../../functions/records/acts.ts";
import type { ArticleCard } from "../../../../functions/records/articles.ts";
import { saveDraft } from "../../../../functions/records/issues.ts";
import { revisionKey } from "../../../../functions/records/keys.ts";
import { cardChanges } from "../../../../functions/records/library.ts";
import { newPersonChanges } from "../../../../functions/records/people.ts";
import { submissionChanges } from "../../../../functions/records/submissions.ts";
import { suppress } from "../../../../functions/records/suppressions.ts";
import { anIssue } from "../../../people-and-papers.ts";
import { takeIn } from "../../an-issue-to-send.ts";
import { publication } from "./a-desk.ts";

/** A publication with more of everything than fits a page, and twice that. */

/** The article with many revisions. */
export const many = "steg";

export const nameOf = (number: number): string => `beitrag-${String(number).padStart(5, "0")}`;
const dayOf = (number: number): string => new Date(Date.UTC(2000, 0, 1 + number)).toISOString();

/** Adds what is numbered from one to the other, as if written by whoever writes it. */
export async function enlarge(cloud: Cloud, from: number, to: number): Promise<void> {
  const numbers = Array.from({ length: to - from }, (_, index) => from + index);
  await cloud.table.each(numbers.flatMap(rowsFor(cloud)));
  await cloud.table.each(numbers.map(revisionFor));
  for (const number of numbers.filter((one) => one % 6 === 0)) await planIssue(cloud, number);
  await takeIn(
    cloud,
    numbers.map((number) => `leserin-${number}@elbland.example`),
  );
  await suppress(cloud, new Map(numbers.map((number) => [addressKeyOf(number), "bounced"])));
}

const rowsFor =
  (cloud: Cloud) =>
  (number: number): Change[] => [
    ...cardChanges(undefined, cardOf(number)),
    ...submissionChanges(undefined, submissionOf(number)),
    ...newPersonChanges(publication, personOf(number)),
    ...[1, 2, 3, 4].map((one) =>
      actRow(cloud.clock, { ...operator, id: personOf(number * one).id }, "edit-article", {
        ...{ publication, kind: "article", id: nameOf(number) },
      }),
    ),
  ];

const cardOf = (number: number): ArticleCard => ({
  ...{ v: 1, version: 1, publication, id: nameOf(number), slug: nameOf(number), revision: 1, digest: "0" },
  ...{ title: `Beitrag ${number}`, kind: "report", language: "de", authors: [`Autorin ${number % 9}`] },
  changedAt: dayOf(number),
});

const submissionOf = (number: number): Submission => {
  const row = { v: 1, version: 1, publication, id: nameOf(number), by: personOf(number % 5).id, notes: [] } as const;
  const read = { ...row, at: dayOf(number), contentId: "c".repeat(64) };
  if (number % 2) return { ...read, state: "ingested", revision: 1, masthead: null };
  return { ...read, state: "waiting", waitingFor: ["deich.jpg"] };
};

const addressKeyOf = (number: number): AddressKey => `${number}`.padStart(22, "A");

const personOf = (number: number) => ({
  ...({ v: 1, id: `autorin-${number}`, name: `Autorin ${number}`, address: `a${number}@elbland.example` } as const),
  ...({ addressKey: addressKeyOf(number), roles: ["author"] } as const),
});

/** All of one article, which was there before. */
const revisionFor = (number: number): Change => ({
  put: { ...revisionKey(publication, many, number + 2), v: 1, revision: number + 2, changedAt: dayOf(number) },
});

const planIssue = (cloud: Cloud, number: number) => {
  const [year, inYear] = [2000 + Math.floor(number / 60), ((number / 6) % 10) + 1];
  const articles = [0, 1, 2].map((one) => nameOf(number + one));
  return saveDraft(cloud, draft(anIssue({ year, number: inYear, sections: [{ name: "Orte", articles }] })));
};
