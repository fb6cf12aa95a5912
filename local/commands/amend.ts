import { basename } from "node:path";
import { idOfIssue, issueLabel } from "../../core/issue/issue.ts";
import { fill } from "../../core/words.ts";
import type { Cloud } from "../../functions/cloud/cloud.ts";
import {
  amendmentsOf,
  attachDownload,
  bringArticleBack,
  correctArticle,
  detachDownload,
  withdrawArticle,
} from "../../functions/desk/amendments.ts";
import { draftErratum } from "../../functions/desk/errata.ts";
import type { AmendmentsRow } from "../../functions/records/amendments.ts";
import type { Place } from "../../functions/records/issue-control.ts";
import { confirmed, left } from "../confirm.ts";
import { readGiven } from "../given-file.ts";
import { inSession, person, publicationOf } from "../session.ts";
import { type Call, issueArgument, option, type Run } from "./command.ts";

/** What people do to an issue that is public. Each works on the amendments as they stand at this moment. */

type Work = (cloud: Cloud, place: Place, seen: number) => Promise<AmendmentsRow>;

const amending =
  (said: "corrected" | "withdrawn" | "returned" | "attached" | "detached", work: (call: Call) => Work): Run =>
  (call) =>
    inSession(call, async ({ cloud }) => {
      const place = { publication: await publicationOf(call, cloud), issue: issueArgument(call) };
      const { issue, amendments, articles } = await amendmentsOf(cloud, person, place);
      const named = { article: call.args[1] ?? "", issue: issueLabel(issue) };
      const title = articles.find(({ id }) => id === named.article)?.title ?? named.article;
      const question = fill(call.say.amending.ask, { ...named, title });
      if (said === "withdrawn" && !(await confirmed(call, question))) return left(call);
      const row = await work(call)(cloud, place, amendments.version);
      call.show(row, [fill(call.say.amending[said], { ...named, title })]);
      return 0;
    });

export const issuesCorrect = amending("corrected", (call) => (cloud, place, seen) => {
  const typed = Number(option(call, "revision"));
  const revision = Number.isSafeInteger(typed) && typed > 0 ? { revision: typed } : {};
  const [article, text] = [call.args[1] ?? "", option(call, "text") ?? ""];
  return correctArticle(cloud, person, place, { article, text, seen, ...revision });
});

export const issuesWithdraw = amending("withdrawn", (call) => (cloud, place, seen) => {
  const [article, text] = [call.args[1] ?? "", option(call, "text") ?? ""];
  return withdrawArticle(cloud, person, place, { article, text, seen });
});

export const issuesBringBack = amending(
  "returned",
  (call) => (cloud, place, seen) => bringArticleBack(cloud, person, place, { article: call.args[1] ?? "", seen }),
);

export const issuesAttach = amending("attached", (call) => async (cloud, place, seen) => {
  const path = call.args[1] ?? "";
  const file = basename(path).normalize("NFC");
  const replaces = option(call, "replaces");
  const label = option(call, "label") ?? (replaces === undefined ? file : "");
  const offered = { file, label, body: await readGiven(path) };
  return attachDownload(cloud, person, place, { offered, replaces, seen });
});

/** By its public name. */
export const issuesDetach = amending(
  "detached",
  (call) => (cloud, place, seen) => detachDownload(cloud, person, place, { file: call.args[1] ?? "", seen }),
);

/** Drafts the mail; it is built, approved and sent by the commands every issue has. */
export const issuesErratum: Run = (call) =>
  inSession(call, async ({ cloud }) => {
    const place = { publication: await publicationOf(call, cloud), issue: issueArgument(call) };
    const erratum = await draftErratum(cloud, person, place);
    const id = idOfIssue(erratum);
    call.show(erratum, [fill(call.say.amending.drafted, { id, issue: issueLabel(erratum) })]);
    return 0;
  });
