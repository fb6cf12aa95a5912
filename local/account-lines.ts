import type { IssueAccount, Reported } from "../core/delivery/account.ts";
import { accountRows, accountSums } from "../core/delivery/account-rows.ts";
import { spokenNumber as number } from "../core/spoken-number.ts";
import type { Language } from "../core/words.ts";

export { spokenNumber as number } from "../core/spoken-number.ts";

/** The account of an issue for people: a column of figures, and the two sums that show that nobody is missing. */
export function accountLines(language: Language, account: IssueAccount, reported: Reported): string[] {
  const rows = accountRows(language, account, reported);
  const numbers = rows.map(({ count }) => number(language, count));
  const labelWidth = Math.max(...rows.map(({ depth, label }) => 2 * depth + label.length));
  const numberWidth = Math.max(...numbers.map(({ length }) => length));
  const lines = rows.map(({ depth, label, note }, index) => {
    const cells = [(" ".repeat(2 * depth) + label).padEnd(labelWidth), numbers[index]?.padStart(numberWidth), note];
    return `  ${cells.join("  ")}`.trimEnd();
  });
  return [...lines, "", ...accountSums(language, account).map((sum) => `  ${sum}`)];
}
