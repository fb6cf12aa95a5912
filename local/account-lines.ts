import { fill, type Language, words } from "../core/words.ts";
import type { IssueAccount } from "../functions/records/account.ts";

/** The account of an issue for people: who was left out and why, and where every planned letter is. */
export function accountLines(language: Language, account: IssueAccount): string[] {
  const { account: say } = words(language).cli;
  const { state } = words(language);
  const excluded = Object.entries(account.excluded).filter(([, count]) => count > 0);
  const states = (["waiting", "sending", "uncertain", "accepted", "rejected", "cancelled", "unresolved"] as const).map(
    (name) => [state.delivery[name], account[name]] as const,
  );
  const skipped = Object.entries(account.skipped).map(
    ([reason, count]) => [`${state.delivery.skipped} (${reasonWord(language, reason)})`, count] as const,
  );
  const shown = [...states, ...skipped].filter(([, count]) => count > 0);
  return [
    fill(say.candidates, { candidates: account.candidates }),
    ...excluded.map(([reason, count]) => `  ${count}  ${say.leftOut}: ${reasonWord(language, reason)}`),
    fill(say.planned, { planned: account.planned }),
    ...shown.map(([name, count]) => `  ${count}  ${name}`),
  ];
}

function reasonWord(language: Language, reason: string): string {
  const { reasons } = words(language).cli;
  return reasons[reason as keyof typeof reasons] ?? reason;
}
