import { nameOf } from "../../core/desk/name-of.ts";
import { coveringNote } from "../../core/mail/received.ts";
import { Refusal } from "../../core/refusal.ts";
import { sentencesOf } from "../../core/sentences.ts";
import { fill, noteSentence, refusalSentence } from "../../core/words.ts";
import { listPeople } from "../../functions/records/people.ts";
import { listFiles, listSubmissions, readSubmission, type Submission } from "../../functions/records/submissions.ts";
import { inSession, publicationOf } from "../session.ts";
import type { Call, Run } from "./command.ts";

/** What was handed in, by whom, and what became of it. */
export const submissionsList: Run = (call) =>
  inSession(call, async ({ cloud }) => {
    const publication = await publicationOf(call, cloud);
    const [all, people] = await Promise.all([listSubmissions(cloud, publication), listPeople(cloud, publication)]);
    const { submission: say } = call.say;
    const lines = all.map(({ id, by, state }) => `${id}  ${say[state]}  ${nameOf(people, by, call.language)}`);
    call.show(all, lines.length > 0 ? lines : [say.none]);
    return 0;
  });

/** One with its files, its covering letter and every sentence its author was told. */
export const submissionsShow: Run = (call) =>
  inSession(call, async ({ cloud }) => {
    const publication = await publicationOf(call, cloud);
    const [id = ""] = call.args;
    const submission = await readSubmission(cloud, publication, id);
    if (!submission) throw new Refusal("no-submission", { submission: id });
    const files = (await listFiles(cloud, publication, id)).map(({ name }) => name);
    call.show({ ...submission, files }, [
      fill(call.say.submission.shown, {
        submission: id,
        state: call.say.submission[submission.state],
        by: nameOf(await listPeople(cloud, publication), submission.by, call.language),
      }),
      ...files.map((name) => `  ${name}`),
      ...saidOf(call, submission).map((sentence) => `  · ${sentence}`),
      ...(submission.mail?.words ? ["", call.say.submission.words, ...quoted(submission.mail.words)] : []),
    ]);
    return 0;
  });

function saidOf({ language }: Call, submission: Submission): string[] {
  const refusals = submission.state === "refused" ? submission.refusals : [];
  const notes = [...coveringNote(submission.mail?.words ?? ""), ...(submission.mail?.notes ?? []), ...submission.notes];
  return [
    ...sentencesOf(language, refusals, (one) => refusalSentence(language, one)),
    ...sentencesOf(language, notes, (one) => noteSentence(language, one)),
  ];
}

const quoted = (words: string): string[] => words.split("\n").map((line) => `  > ${line}`.trimEnd());
