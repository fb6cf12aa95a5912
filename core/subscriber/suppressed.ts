/**
 * Who said that an address is never to be written to again. It holds in the whole deployment as long as one of them says
 * so; each takes back what is its own.
 */

export interface SuppressionWord {
  readonly reason: string;
  readonly at: string;
  /** Where a person said so at the desk. Without one it is the house's: a mailbox told so, or the operator did. */
  readonly publication?: string;
}

/** A suppression as it stands; `reason` and `at` are those of the first word. */
export interface Suppression {
  readonly addressKey: string;
  readonly reason: string;
  readonly at: string;
  /** The first one first. */
  readonly words: readonly SuppressionWord[];
  /** One more with every change; 0 of a row nothing was added to. */
  readonly version: number;
}

/** What somebody of a publication sees of a suppression. */
export interface SuppressionSeen {
  readonly addressKey: string;
  readonly reason: string;
  readonly at: string;
}

/** The word of a publication, or of the house; each has one. */
export const wordOf = ({ words }: Pick<Suppression, "words">, publication?: string): SuppressionWord | undefined =>
  words.find((word) => word.publication === publication);

/** Who knows an address: this publication, or others. */
export interface Known {
  readonly here: boolean;
  readonly elsewhere: boolean;
}

/**
 * What a publication learns of it: its own word; or that the address cannot be written to, where it is one of its readers',
 * or the house says so and it is nobody's. Who else said so is not for it to know.
 */
export function wordSeenAt(
  suppression: Pick<Suppression, "words">,
  publication: string,
  known: Known,
): SuppressionWord | undefined {
  const own = wordOf(suppression, publication);
  if (own) return own;
  if (known.here) return suppression.words[0];
  return known.elsewhere ? undefined : wordOf(suppression);
}

/**
 * What stands still when a publication takes back what it may: its own word, and the house's about an address that nobody
 * else writes to.
 */
export const leftAt = (
  { words }: Pick<Suppression, "words">,
  publication: string,
  isKnownElsewhere: boolean,
): readonly SuppressionWord[] =>
  words.filter((word) => word.publication !== publication && (word.publication !== undefined || isKnownElsewhere));
