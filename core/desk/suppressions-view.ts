import { type SuppressionReason, suppressionReasons } from "../delivery/suppression.ts";
import type { Publication } from "../publication.ts";
import { fill, type Language, words } from "../words.ts";
import { spokenTime } from "./spoken-time.ts";

/** Addresses nobody writes to any more, the newest first. */

/** Why a suppression may be lifted: the mailbox works again, its reader asks for it, it was a slip. */
export const liftingReasons = ["works", "wish", "slip"] as const;
export type LiftingReason = (typeof liftingReasons)[number];
export const liftingNamed = (name: string): LiftingReason | undefined => liftingReasons.find((known) => known === name);

export interface SuppressionLine {
  readonly addressKey: string;
  /** Null where this publication does not know it. */
  readonly address: string | null;
  readonly reason: string;
  readonly at: string;
}

export const suppressionView = (
  { reason, at }: Pick<SuppressionLine, "reason" | "at">,
  { timeZone }: Publication,
  language: Language,
): object => ({
  reason: words(language).cli.suppression[reason as SuppressionReason] ?? reason,
  since: fill(words(language).desk.suppressions.since, { at: spokenTime(at, timeZone, language) }),
});

export function suppressionsView(
  publication: Publication,
  language: Language,
  {
    suppressions,
    next,
    isFirst,
    chosen,
  }: {
    readonly suppressions: readonly SuppressionLine[];
    readonly next?: string | undefined;
    readonly isFirst: boolean;
    /** The reason that was chosen in a form that comes back. */
    readonly chosen?: string | undefined;
  },
): object {
  const at = `/${publication.id}/suppressions`;
  const { cli, desk } = words(language);
  return {
    at,
    lines: suppressions.map((line) => ({
      ...suppressionView(line, publication, language),
      url: `/${publication.id}/subscribers/${line.addressKey}`,
      who: line.address ?? fill(desk.subscribers.key, { key: line.addressKey.slice(0, 8) }),
    })),
    goesOn: next !== undefined,
    reasons: suppressionReasons.map((value) => ({
      ...{ value, label: cli.suppression[value] },
      isChosen: value === chosen,
    })),
    pager:
      isFirst && next === undefined
        ? null
        : { ...(!isFirst && { newest: at }), ...(next && { older: `${at}?after=${encodeURIComponent(next)}` }) },
  };
}
