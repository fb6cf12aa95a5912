import { actualCost, type Cost } from "../core/delivery/cost.ts";
import { priceList } from "../core/delivery/prices.ts";
import type { Issue } from "../core/issue/issue.ts";
import { fill, type Language, words } from "../core/words.ts";
import { costOfReaders, letterBytes } from "../functions/desk/cost.ts";
import type { Standing } from "../functions/records/standing.ts";
import { number } from "./account-lines.ts";
import type { Session } from "./session.ts";

/** What an issue costs, for people: before it leaves by a model, afterwards by its own counts. */

/** Before it leaves. */
export const costAhead = ({ cloud, isHere }: Session, issue: Issue, readers: number): Promise<Cost> =>
  costOfReaders(cloud, issue, readers, isHere);

/** After it; undefined before anything was accepted. On this machine a walk is faster than any: there it is the model's. */
export async function costSoFar(session: Session, standing: Standing): Promise<Cost | undefined> {
  const { issue, account, reported, spent, at } = standing;
  if (!account || account.accepted === 0) return undefined;
  if (session.isHere) return costAhead(session, issue, account.accepted);
  const { startedAt = at, sentAt = at } = issue as { startedAt?: string; sentAt?: string };
  return actualCost({
    ...{ accepted: account.accepted, planned: account.planned, letterBytes: await letterBytes(session.cloud, issue) },
    ...{ spent, turns: spent.turns },
    reported: Math.min(account.accepted, reported.delivered + reported.bounced),
    troubles: reported.bounced + reported.complained + reported.delayed,
    seconds: Math.max(0, (Date.parse(sentAt) - Date.parse(startedAt)) / 1000),
  });
}

export const aheadLine = (language: Language, { isHere }: Session, cost: Cost, readers: number): string =>
  line(language, isHere ? "aheadHere" : "ahead", cost, { readers: number(language, readers) });

export const afterLine = (language: Language, { isHere }: Session, cost: Cost): string =>
  line(language, isHere ? "afterHere" : "after", cost);

function line(
  language: Language,
  sentence: "ahead" | "aheadHere" | "after" | "afterHere",
  { total, ses, beside, rows }: Cost,
  details: Readonly<Record<string, string>> = {},
): string {
  const { cost } = words(language).cli;
  const spoken = new Intl.NumberFormat(language, { style: "currency", currency: priceList.currency });
  const parts = { ses: spoken.format(ses), beside: spoken.format(beside + rows) };
  const isWorthMore = total >= cent;
  return fill(cost[sentence], {
    ...details,
    total: isWorthMore
      ? fill(cost.about, { sum: spoken.format(total) })
      : fill(cost.less, { sum: spoken.format(cent) }),
    split: isWorthMore ? fill(cost.split, parts) : "",
  });
}

const cent = 0.01;
