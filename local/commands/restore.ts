import { idOfIssue } from "../../core/issue/issue.ts";
import { fill, words } from "../../core/words.ts";
import { type Found, lookAtRestored, type Restored, restore } from "../../functions/desk/restoring.ts";
import { number } from "../account-lines.ts";
import { confirmed, left } from "../confirm.ts";
import { inSession, person } from "../session.ts";
import type { Call, Run } from "./command.ts";

/** Puts a copy or a backup of the table into service. Says what it found, and asks. */
export const restoreCommand: Run = (call) =>
  inSession(call, async ({ cloud }) => {
    const found = await lookAtRestored(cloud);
    if (!found) {
      call.show({ isFenced: false }, [call.say.restore.nothing]);
      return 0;
    }
    const question = [...foundLines(call, found), call.say.restore.question].join("\n");
    if (!(await confirmed(call, question))) return left(call);
    const restored = await restore(cloud, person, found);
    call.show({ isFenced: false, found: dataOf(found), restored }, restoredLines(call, restored));
    return 0;
  });

/** Counts by kind as people of this language write them. */
const counts = ({ language }: Call, of: Readonly<Record<string, number>>): Record<string, string> =>
  Object.fromEntries(Object.entries(of).map(([kind, count]) => [kind, number(language, count)]));

function foundLines(call: Call, { entries, issues, overdue }: Found): string[] {
  const { say, language } = call;
  const { issue: states } = words(language).state;
  return [
    say.restore.copied,
    fill(say.restore.entered, counts(call, entries)),
    ...issues.map(({ publication, issue, found }) =>
      fill(say.restore.doubtful, {
        ...{ publication, issue, state: found ? states[found.status] : say.restore.unknownIssue },
      }),
    ),
    ...overdue.map((issue) => fill(say.restore.overdue, { publication: issue.publication, issue: idOfIssue(issue) })),
  ];
}

/** Without the rows: keys and states are enough. */
const dataOf = ({ entries, issues, overdue }: Found) => ({
  entries,
  issues: issues.map(({ publication, issue, found }) => ({ publication, issue, status: found?.status ?? null })),
  overdue: overdue.map((issue) => ({ publication: issue.publication, issue: idOfIssue(issue) })),
});

function restoredLines(call: Call, { told, sessions, closed, unscheduled }: Restored): string[] {
  const { restore: say } = call.say;
  return [
    fill(say.told, counts(call, told)),
    ...(told.moved > 0 ? [say.mustAsk] : []),
    ...closed.flatMap(({ publication, issue, accepted, open }) => [
      fill(say.closed, { publication, issue, ...counts(call, { accepted, open }) }),
      ...(open > 0 ? [fill(say.canSend, { publication, issue })] : []),
    ]),
    ...unscheduled.map((issue) => fill(say.canSchedule, { publication: issue.publication, issue: idOfIssue(issue) })),
    fill(say.signedOut, counts(call, { sessions })),
    say.done,
  ];
}
