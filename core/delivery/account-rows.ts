import { spokenNumber as number } from "../spoken-number.ts";
import { type Language, words } from "../words.ts";
import type { IssueAccount, Reported } from "./account.ts";
import { total } from "./batch.ts";

/** The account of an issue, line by line, as people read it at the desk and at the command line. */

export interface AccountRow {
  /** Whose part it is: 1 of the first line, and so on. */
  readonly depth: number;
  readonly label: string;
  readonly count: number;
  /** Why, where a number has several reasons; else "". */
  readonly note: string;
}
type Row = Omit<AccountRow, "note"> & { readonly note?: string };

/** Before planning, where planned readers stand, and what the carrier told of those it accepted. */
export function accountRows(language: Language, account: IssueAccount, reported: Reported): AccountRow[] {
  const say = words(language).cli.account;
  const { delivery } = words(language).state;
  const whenAny = (row: Row): Row[] => (row.count > 0 ? [row] : []);
  const rows: Row[] = [
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
  return rows.map((row) => ({ note: "", ...row }));
}

export function reasons(language: Language, counts: Readonly<Partial<Record<string, number>>>): string {
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
export function accountSums(language: Language, account: IssueAccount): string[] {
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
