import type { Fingerprint, Issue, Sent } from "./issue.ts";

/** What the journal says of an issue that may have left. */
export interface Known {
  readonly fingerprint: Fingerprint;
  readonly startedAt: string;
}

/**
 * An issue of which nobody can say how far it went, as a table that was restored holds it: sent, with the deliveries
 * nobody can tell the fate of. What an older table does not know any more, whoever restores it answers for.
 *
 * @param by who restores
 */
export function sentAsKnown(
  issue: Exclude<Issue, { status: "cancelled" }>,
  { fingerprint, startedAt }: Known,
  { by, sentAt, open }: { by: string; sentAt: string; open: number },
): Sent {
  const { reason: _, pausedAt: __, ...before } = { reason: "", pausedAt: "", ...issue };
  const answered = { builtBy: by, builtAt: startedAt, approval: { by, at: startedAt } };
  const scheduled = { sendAt: startedAt, scheduledBy: by, startedAt };
  return { ...answered, ...scheduled, ...before, fingerprint, status: "sent", sentAt, open };
}
