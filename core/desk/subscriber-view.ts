import type { Outcome } from "../delivery/outcome.ts";
import { type SuppressionReason, suppressionReasons } from "../delivery/suppression.ts";
import { issueLabel, numberedAs } from "../issue/issue.ts";
import type { Publication } from "../publication.ts";
import { stateSince } from "../subscriber/chosen.ts";
import type { ConsentPage } from "../subscriber/consent-page.ts";
import type { Subscriber } from "../subscriber/subscriber.ts";
import { fill, type Language, words } from "../words.ts";
import { spokenTime } from "./spoken-time.ts";
import { liftingReasons, suppressionView } from "./suppressions-view.ts";

/** One reader: what we hold, what they agreed to, what they got. */

export interface ReaderPage {
  readonly publication: Publication;
  readonly language: Language;
  readonly addressKey: string;
  readonly subscriber: Subscriber | null;
  readonly suppression: { readonly reason: string; readonly at: string; readonly isLiftable?: boolean } | null;
  readonly issues: readonly { readonly issue: string; readonly outcome: Outcome }[];
  readonly consent: ConsentPage | undefined;
  readonly mayErase: boolean;
  /** Whether issues are open to whoever looks: a link to one would lead others nowhere. */
  readonly mayReadIssues: boolean;
}

export function subscriberView(page: ReaderPage): { readonly title: string; readonly view: object } {
  const { publication, language, addressKey, subscriber, suppression, consent } = page;
  const { subscriber: say, subscribers } = words(language).desk;
  const known = subscriber && "address" in subscriber ? subscriber : undefined;
  const at = `/${publication.id}/subscribers/${addressKey}`;
  const title = known?.address ?? fill(subscribers.key, { key: addressKey.slice(0, 8) });
  const view = {
    at,
    list: `/${publication.id}/subscribers`,
    facts: factsOf(page),
    suppression: suppression && {
      ...suppressionView(suppression, publication, language),
      isLiftable: suppression.isLiftable ?? false,
    },
    reasons: suppressionReasons.map((value) => ({ value, label: words(language).cli.suppression[value] })),
    liftings: liftingReasons.map((value) => ({ value, label: words(language).desk.suppressions.why[value] })),
    issues: page.issues.map((one) => letterLine(one, page)).reverse(),
    entries: consent?.publications.flatMap(({ entries }) => entries) ?? [],
    explanation: consent?.explanation ?? say.noEvidence,
    erasure: page.mayErase && known ? `${at}/erasure` : null,
  };
  return { title, view };
}

function factsOf({ publication, language, subscriber, addressKey }: ReaderPage): object[] {
  const { fact } = words(language).desk.subscriber;
  const { subscriber: states } = words(language).state;
  const time = (at: string): string => spokenTime(at, publication.timeZone, language);
  const since = subscriber ? stateSince(subscriber) : undefined;
  const known = subscriber && "address" in subscriber ? subscriber : undefined;
  const titles = known?.topics.map((id) => publication.topics.find((topic) => topic.id === id)?.title ?? id) ?? [];
  return [
    [fact.state, subscriber ? states[subscriber.state] : fact.unknown],
    [fact.since, since ? time(since) : ""],
    [fact.name, known?.name ?? ""],
    [fact.language, known ? fact.languages[known.language] : ""],
    [fact.topics, titles.join(", ")],
    [fact.format, known ? fact.formats[known.format] : ""],
    [fact.away, known?.pausedUntil ? time(known.pausedUntil) : ""],
    [fact.source, subscriber?.state === "confirmed" ? subscriber.consentSource : ""],
    [fact.key, addressKey],
  ].flatMap(([label, value]) => (value ? [{ label, value }] : []));
}

function letterLine(
  { issue, outcome }: ReaderPage["issues"][number],
  { publication, language, mayReadIssues }: ReaderPage,
): object {
  const { state, cli } = words(language);
  const reason = outcome.reason ?? "";
  return {
    issue: labelOf(issue),
    url: mayReadIssues ? `/${publication.id}/issues/${issue}` : null,
    state: state.delivery[outcome.state],
    reason: reason in cli.reasons ? cli.reasons[reason as keyof typeof cli.reasons] : "",
  };
}

function labelOf(issue: string): string {
  const numbered = numberedAs(issue);
  return numbered ? issueLabel(numbered) : issue;
}

export const reasonNamed = (name: string): SuppressionReason | undefined =>
  suppressionReasons.find((known) => known === name);
