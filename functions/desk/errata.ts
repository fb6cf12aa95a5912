import { digestOf } from "../../core/digest.ts";
import { articleAddress } from "../../core/edition/web/address.ts";
import { demandPublic } from "../../core/issue/amend.ts";
import { type Corrected, erratumPlan, erratumText } from "../../core/issue/erratum.ts";
import { type Issue, idOfIssue, issueLabel } from "../../core/issue/issue.ts";
import type { Publication } from "../../core/publication.ts";
import { Refusal } from "../../core/refusal.ts";
import type { Person } from "../../core/rights.ts";
import { onTheWall } from "../../core/wall-clock.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { demand } from "../records/acts.ts";
import { readAmendments } from "../records/amendments.ts";
import { readCard } from "../records/articles.ts";
import { type Place, readControl } from "../records/issue-control.ts";
import { listErrata, requireIssue } from "../records/issues.ts";
import { requirePublication } from "../records/publications.ts";
import { saveRevision } from "../records/revisions.ts";
import { draftIssue } from "./issues.ts";
import { demandYoung } from "./sending.ts";

/** Mails that correct an issue: drafted here, then built, approved and sent as any issue. */

/**
 * Drafts a mail to those who received an issue, of some of its corrections. Its words are an article of the library.
 *
 * @param which their places among the issue's amendments, from 0; without them all
 * @throws Refusal `not-public`, `nothing-corrected`, `nothing-chosen`, `too-old` when the ledger may forget who received it, `not-allowed`
 */
export async function draftErratum(
  cloud: Cloud,
  person: Person,
  place: Place,
  which?: readonly number[],
): Promise<Issue> {
  demand(person, "draft", { publication: place.publication, kind: "issue", id: place.issue });
  const [publication, issue, control] = await Promise.all([
    requirePublication(cloud, place.publication),
    requireIssue(cloud, place.publication, place.issue),
    readControl(cloud, place),
  ]);
  demandPublic(issue);
  if (!control || issue.erratum !== undefined) throw new Refusal("not-public", { issue: issueLabel(issue) });
  demandYoung(cloud, issue, control);
  const text = erratumText(issue, await correctedIn(cloud, publication, issue, which));
  const erratum = await nextErratum(cloud, issue);
  const article = `korrektur-${place.issue}-${erratum}`;
  await keepWords(cloud, place.publication, article, text);
  const date = onTheWall(cloud.clock.now(), publication.timeZone).slice(0, "2026-03-02".length);
  return draftIssue(cloud, person, erratumPlan(publication, issue, { article, erratum, date }));
}

async function correctedIn(
  cloud: Cloud,
  publication: Publication,
  issue: Issue,
  which: readonly number[] | undefined,
): Promise<Corrected[]> {
  const { corrections } = await readAmendments(cloud, { publication: publication.id, issue: idOfIssue(issue) });
  const chosen = corrections.filter((_, index) => which === undefined || which.includes(index));
  if (chosen.length === 0 && corrections.length > 0) throw new Refusal("nothing-chosen", { issue: issueLabel(issue) });
  return Promise.all(
    chosen.map(async ({ article, text }) => {
      const card = await readCard(cloud, publication.id, article);
      const address = articleAddress(publication, issue, card?.slug ?? article);
      return { title: card?.title ?? article, text, url: `${publication.baseUrl}/${address}` };
    }),
  );
}

/** Errata of an issue, the first one first. */
export const errataOf = (cloud: Cloud, { publication, number, year }: Issue): Promise<Issue[]> =>
  listErrata(cloud, publication, idOfIssue({ number, year }));

const nextErratum = async (cloud: Cloud, issue: Issue): Promise<number> =>
  Math.max(0, ...(await errataOf(cloud, issue)).map(({ erratum }) => erratum ?? 0)) + 1;

/** A run that died before it drafted the issue left them there: they are written once more. */
async function keepWords(
  cloud: Cloud,
  publication: string,
  id: string,
  text: ReturnType<typeof erratumText>,
): Promise<void> {
  const origin = { contentId: digestOf(JSON.stringify(text)), format: "markdown" } as const;
  await saveRevision(
    cloud,
    await readCard(cloud, publication, id),
    { publication, id, text, images: {}, origin },
    () => [],
  );
}
