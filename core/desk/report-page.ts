import type { Provider } from "../delivery/providers.ts";
import type { Issue } from "../issue/issue.ts";
import type { Publication } from "../publication.ts";
import { spokenNumber } from "../spoken-number.ts";
import { fill, type Language, words } from "../words.ts";
import { chart } from "./chart.ts";
import { progressView, type Seen } from "./progress-view.ts";
import { spokenTime } from "./spoken-time.ts";

/** What became of an issue: its account, whose mailboxes sent letters back, who left and came, and how it grew. */
export interface ReportInput {
  readonly issue: Issue;
  readonly publication: Publication;
  readonly seen: Seen;
  readonly report:
    | {
        readonly at: string;
        readonly providers: readonly Provider[];
        readonly left: number;
        readonly came: number;
        readonly days: number;
      }
    | undefined;
  /** Issues sent so far, the oldest first. */
  readonly grown: readonly { readonly label: string; readonly readers: number }[];
  readonly mayEvaluate: boolean;
  readonly language: Language;
}

export function reportPage(input: ReportInput): object {
  const { issue, publication, seen, language, mayEvaluate } = input;
  const progress = progressView(seen, publication.timeZone, language, undefined);
  return {
    isBegun: "startedAt" in issue,
    progress: progress && { ...progress, facts: [], paused: null },
    providers: providersView(input),
    moves: movesView(input),
    evaluated: input.report
      ? fill(words(language).desk.report.evaluated, {
          at: spokenTime(input.report.at, publication.timeZone, language),
        })
      : null,
    growth: growthView(input),
    mayEvaluate: mayEvaluate && "startedAt" in issue,
  };
}

/** Whose mailboxes sent letters back, largest first, as people read it at the desk and at the command line. */
export function providerRows(providers: readonly Provider[], language: Language) {
  const say = words(language).desk.report;
  const number = (count: number): string => spokenNumber(language, count);
  return providers.map(({ name, letters, bounced, complained }) => ({
    ...{ label: name ?? say.others, letters: number(letters) },
    ...{ bounced: number(bounced), complained: number(complained) },
    share: letters === 0 ? "" : percent(bounced / letters, language),
    count: bounced,
  }));
}

function providersView({ report, language }: ReportInput): object | null {
  if (!report || report.providers.length === 0) return null;
  const say = words(language).desk.report;
  const rows = providerRows(report.providers, language);
  const isAny = rows.some(({ count }) => count > 0);
  const bars = rows.map(({ label, count, bounced }) => ({ label, count, value: bounced }));
  return { rows, chart: isAny ? chart(say.providersChart, bars) : null };
}

const percent = (share: number, language: Language): string =>
  new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 1 }).format(share);

function movesView({ report, language }: ReportInput): string | null {
  if (!report) return null;
  const { left, came, days } = report;
  const details = { left: spokenNumber(language, left), came: spokenNumber(language, came), days };
  return fill(words(language).desk.report.moves, details);
}

/** One issue is no growth. */
function growthView({ grown, language }: ReportInput): object | null {
  if (grown.length < 2) return null;
  const rows = grown.map(({ label, readers }) => ({ label, count: readers, value: spokenNumber(language, readers) }));
  return { rows, chart: chart(words(language).desk.report.growthChart, rows) };
}
