/**
 * Rejections of an issue since a letter of it was last accepted, whichever round they were in. Many in a row are not
 * about addresses: one bad deploy must never reject a whole audience.
 */
export interface Rejections {
  readonly v: 1;
  readonly version: number;
  readonly inARow: number;
  /** When the first of them was rejected. */
  readonly since: string;
}

const mostInARow = 10;

export const tooMany = ({ inARow }: Rejections): boolean => inARow >= mostInARow;

/**
 * The row after a few letters more.
 *
 * @param trailing how many were rejected behind the last one that was accepted, and when the first of them was
 * @param wasAccepted whether any was accepted
 */
export function counted(
  standing: Rejections | undefined,
  { trailing, since, wasAccepted }: { trailing: number; since: string; wasAccepted: boolean },
): Rejections {
  const { version, inARow, since: begun } = standing ?? { version: 0, inARow: 0, since };
  const isNew = wasAccepted || inARow === 0;
  // Whoever enters second may have been rejected first.
  const first = isNew || (trailing > 0 && since < begun) ? since : begun;
  return { v: 1, version, inARow: (isNew ? 0 : inARow) + trailing, since: first };
}

/** Rejections of these times were not about their readers. */
export interface Revoked {
  readonly from: string;
  readonly to: string;
}

export const isRevoked = (revoked: readonly Revoked[], rejectedAt: string): boolean =>
  revoked.some(({ from, to }) => from <= rejectedAt && rejectedAt <= to);
