import type { RefusalCode } from "../refusal.ts";
import { fill, type Language, words } from "../words.ts";
import type { Outcome } from "./outcome.ts";

/** Why a reader stands where they stand, in a few words; "" where there is nothing to explain. */
export function reasonWords(language: Language, { state, reason, bounce }: Outcome): string {
  const { why } = words(language).cli;
  if (state === "uncertain" || state === "unresolved") return aside(why[state], spokenReason(language, reason ?? ""));
  if (bounce) return aside(why[bounce], reason ?? "");
  return spokenReason(language, reason ?? "");
}

const aside = (sentence: string, detail: string): string => (detail ? `${sentence} (${detail})` : sentence);

/** As our own carrier and our ledger write them down. */
const ours = {
  delayed: "delayed",
  "lease expired": "leaseExpired",
  "the carrier did not answer": "noAnswer",
} as const;

/** A code of ours becomes a sentence; what a carrier said stays as it is, without the name of its kind. */
function spokenReason(language: Language, written: string): string {
  const { cli, refusal } = words(language);
  const reason = written.replace(/^(Rejected|Closed|Throttled|Doubtful): /, "");
  if (reason in ours) return cli.why[ours[reason as keyof typeof ours]];
  if (reason in cli.reasons) return cli.reasons[reason as keyof typeof cli.reasons];
  return reason in refusal ? fill(refusal[reason as RefusalCode]) : reason;
}
