import { total } from "../core/delivery/batch.ts";
import { type Language, words } from "../core/words.ts";
import type { IssueAccount } from "../functions/records/account.ts";
import type { Reported } from "../functions/records/standing.ts";

interface Row {
  readonly depth: number;
  readonly label: string;
  readonly count: number;
  /** Why, where a number has several reasons. */
  readonly note?: string;
}

/** The account of an issue for people: a column of figures, and the two sums that show that nobody is missing. */
export function accountLines(language: Language, account: IssueAccount, reported: Reported): string[] {
  const rows = rowsOf(language, account, reported);
  const numbers = rows.map(({ count }) => number(language, count));
  const labelWidth = Math.max(...rows.map(({ depth, label }) => 2 * depth + label.length));
  const numberWidth = Math.max(...numbers.map(({ length }) => length));
  const lines = rows.map(({ depth, label, note = "" }, index) => {
    const cells = [(" ".repeat(2 * depth) + label).padEnd(labelWidth), numbers[index]?.padStart(numberWidth), note];
    return `  ${cells.join("  ")}`.trimEnd();
  });
  return [...lines, "", ...sums(language, account).map((sum) => `  ${sum}`)];
}

/** "1.204" */
export const number = (language: Language, count: number): string => new Intl.NumberFormat(language).format(count);

/** Before planning, where planned readers stand, and what the carrier told of those it accepted. */
function rowsOf(language: Language, account: IssueAccount, reported: Reported): Row[] {
  const say = words(language).cli.account;
  const { delivery } = words(language).state;
  const whenAny = (row: Row): Row[] => (row.count > 0 ? [row] : []);
  return [
    { depth: 0, label: say.candidates, count: account.candidates },
    ...whenAny({
      ...{ depth: 1, label: say.leftOut, count: total(account.excluded) },
      note: reasons(language, account.excluded),
    }),
    { depth: 1, label: say.planned, count: account.planned },
    ...whenAny({ depth: 2, label: delivery.waiting, count: account.waiting }),
    ...whenAny({ depth: 2, label: delivery.sending, count: account.sending }),
    { depth: 2, label: delivery.accepted, count: account.accepted, note: late(language, reported) },
    ...whenAny({ depth: 3, label: delivery.delivered, count: reported.delivered }),
    ...whenAny({ depth: 3, label: delivery.bounced, count: reported.bounced, note: kinds(language, reported) }),
    ...whenAny({ depth: 3, label: delivery.complained, count: reported.complained }),
    ...whenAny({
      ...{ depth: 2, label: delivery.skipped, count: total(account.skipped) },
      note: reasons(language, account.skipped),
    }),
    ...(["rejected", "uncertain", "unresolved", "cancelled"] as const).flatMap((state) =>
      whenAny({ depth: 2, label: delivery[state], count: account[state] }),
    ),
  ];
}

function reasons(language: Language, counts: Readonly<Partial<Record<string, number>>>): string {
  const { reasons: say } = words(language).cli;
  return Object.entries(counts)
    .filter(([, count]) => count)
    .map(([reason, count]) => `${say[reason as keyof typeof say] ?? reason} ${number(language, count ?? 0)}`)
    .join(", ");
}

function kinds(language: Language, { hardBounced, softBounced }: Reported): string {
  const { hard, soft } = words(language).cli.account;
  const both = [
    [hard, hardBounced],
    [soft, softBounced],
  ] as const;
  return both.flatMap(([label, count]) => (count > 0 ? [`${label} ${number(language, count)}`] : [])).join(", ");
}

/** They may have arrived since. */
const late = (language: Language, { delayed }: Reported): string =>
  delayed > 0 ? `${words(language).cli.account.delayed} ${number(language, delayed)}` : "";

/** "25 = 22 eingeplant + 3 nicht eingeplant": whoever adds up sees that it balances. */
function sums(language: Language, account: IssueAccount): string[] {
  const say = words(language).cli.account;
  const { delivery } = words(language).state;
  const { candidates, excluded, planned, accepted, skipped } = account;
  const sum = (whole: number, parts: readonly (readonly [string, number])[]): string =>
    `${number(language, whole)} = ${parts.map(([label, count]) => `${number(language, count)} ${label}`).join(" + ")}`;
  const open = (["waiting", "sending"] as const).map((state) => [delivery[state], account[state]] as const);
  const closed = (["rejected", "uncertain", "unresolved", "cancelled"] as const).map(
    (state) => [delivery[state], account[state]] as const,
  );
  const parts = [...open, [delivery.accepted, accepted], [delivery.skipped, total(skipped)], ...closed] as const;
  const shown = parts.filter(([label, count]) => count > 0 || label === delivery.accepted);
  return [
    sum(candidates, [
      [say.planned, planned],
      [say.leftOut, total(excluded)],
    ]),
    sum(planned, shown),
  ];
}
