import type { IssueAccount } from "../delivery/account.ts";
import { reasons } from "../delivery/account-rows.ts";
import { total } from "../delivery/batch.ts";
import type { Issue } from "../issue/issue.ts";
import type { Publication } from "../publication.ts";
import { spokenNumber } from "../spoken-number.ts";
import type { ExclusionReason } from "../subscriber/subscriber.ts";
import { fill, type Language, words } from "../words.ts";
import { type Counted, type ForecastView, forecastView } from "./forecast-view.ts";

/** To whom an issue goes: frozen once it has begun to leave, counted before. */
export interface AudienceInput {
  readonly issue: Issue;
  readonly publication: Publication;
  readonly forecast: Counted | undefined;
  readonly account: IssueAccount | undefined;
  readonly language: Language;
}

export function audiencePage({ issue, publication, forecast, account, language }: AudienceInput): object {
  const topic = publication.topics.find(({ id }) => id === issue.topic)?.title ?? issue.topic;
  const counted = !account && forecast ? forecastView(forecast, publication.timeZone, language) : null;
  return {
    topic: topic === undefined ? null : fill(words(language).desk.audience.topic, { topic }),
    forecast: counted,
    numbers: account ? frozenNumbers(account, language) : counted,
    isFrozen: account !== undefined,
    mayCount: !account && issue.status !== "cancelled",
  };
}

function frozenNumbers(
  { candidates, planned, excluded }: IssueAccount,
  language: Language,
): Pick<ForecastView, "readers" | "candidates" | "leftOut" | "rows"> {
  const number = (count: number): string => spokenNumber(language, count);
  return {
    ...{ readers: number(planned), candidates: number(candidates), leftOut: number(total(excluded)) },
    rows: (Object.keys(excluded) as ExclusionReason[]).map((reason) => ({
      label: reasons(language, { [reason]: 1 }).replace(/ 1$/, ""),
      count: number(excluded[reason] ?? 0),
    })),
  };
}
