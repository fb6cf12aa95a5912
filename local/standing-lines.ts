import { planOf } from "../core/issue/draft.ts";
import { type Issue, issueLabel } from "../core/issue/issue.ts";
import { pauseSentence } from "../core/issue/send.ts";
import { fill, type Language, words } from "../core/words.ts";
import type { Standing } from "../functions/records/standing.ts";
import { accountLines, number } from "./account-lines.ts";
import type { Call } from "./commands/command.ts";
import { spokenTime } from "./wall-clock.ts";

/** Where an issue stands, for people: its state, the account, how fast it goes and what it waits for. */
export function standingLines(
  { language, say }: Call,
  standing: Standing,
  { timeZone, perMinute }: { timeZone: string; perMinute?: number | undefined },
): string[] {
  const { issue, account, reported, waitsFor, estimatedEnd } = standing;
  const spoken = (at: string): string => spokenTime(new Date(at), timeZone, language);
  const moves = [
    ...(perMinute ? [fill(say.standing.rate, { letters: number(language, perMinute) })] : []),
    ...(waitsFor ? [fill(say.standing[waitsFor.for], { at: spoken(waitsFor.until) })] : []),
    ...(estimatedEnd ? [fill(say.standing.end, { at: spoken(estimatedEnd) })] : []),
  ];
  return [
    headLine(language, issue),
    ...(issue.status === "paused" ? [pauseSentence(language, issue)] : []),
    "",
    ...(account ? accountLines(language, account, reported) : [say.issue.notPlanned]),
    ...(moves.length > 0 ? ["", ...moves] : []),
  ];
}

/** "Ausgabe 01|26 „Kleine Orte“: versendet, 3 ungeklärt" */
export function headLine(language: Language, issue: Issue): string {
  const { cli, state } = words(language);
  const spoken = state.issue[issue.status];
  const isOpen = issue.status === "sent" && issue.open > 0;
  return fill(cli.issue.line, {
    ...{ issue: issueLabel(issue), theme: planOf(issue).theme.title },
    state: isOpen ? fill(cli.standing.open, { state: spoken, open: number(language, issue.open) }) : spoken,
  });
}
