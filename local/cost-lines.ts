import { actualCost, type Cost, estimateCost } from "../core/delivery/cost.ts";
import { priceList } from "../core/delivery/prices.ts";
import { laneRate } from "../core/delivery/rate.ts";
import { type Issue, idOfIssue } from "../core/issue/issue.ts";
import { fill, type Language, words } from "../core/words.ts";
import type { Cloud } from "../functions/cloud/cloud.ts";
import { readManifest } from "../functions/records/editions.ts";
import type { Standing } from "../functions/records/standing.ts";
import { number } from "./account-lines.ts";
import type { Session } from "./session.ts";

/** What an issue costs, for people: before it leaves by a model, afterwards by its own counts. */

/** SES's usual first rate out of the sandbox, for who has no account there. */
const usualPerSecond = 14;

/** Before it leaves. */
export async function costAhead({ cloud, isHere }: Session, issue: Issue, readers: number): Promise<Cost> {
  const perSecond = isHere ? usualPerSecond : laneRate("editions", await cloud.mail.quota());
  return estimateCost({ readers, letterBytes: await letterBytes(cloud, issue), perSecond });
}

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

/** Both parts of a letter as they go over the wire: a little longer than written, and the letter's head. */
const wireShare = 1.06;
const headBytes = 2000;

async function letterBytes(cloud: Cloud, issue: Issue): Promise<number> {
  if (!("fingerprint" in issue)) return headBytes;
  const { publication, fingerprint, language } = issue;
  const manifest = await readManifest(cloud, { publication, issue: idOfIssue(issue), fingerprint, language });
  const parts = (manifest?.files ?? []).filter(({ path }) => path === "email.html" || path === "email.txt");
  return headBytes + wireShare * parts.reduce((sum, { bytes }) => sum + bytes, 0);
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
