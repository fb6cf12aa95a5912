/** A key that signs links, as the secret `links` lists it. The first one ever made says nothing of its time. */
export interface ListedKey {
  readonly kid: string;
  readonly key: string;
  readonly since?: string;
}

/** Whoever verifies has heard of a new key by then: secrets are read anew every five minutes. */
const knownAfterMinutes = 10;
/** Links of letters so old still work. */
const keptMonths = 24;

export interface Rotation {
  /** The secret as it will be. */
  readonly text: string;
  readonly signsFrom: string;
  readonly keys: number;
  /** Links these have signed work no more. */
  readonly dropped: readonly string[];
}

/**
 * Puts a new key before those that stand. A key signs until the next one does, and is kept for 24 months from then on.
 *
 * @param text the secret `links` as it stands
 */
export function rotated(text: string, fresh: Pick<ListedKey, "kid" | "key">, now: Date): Rotation {
  const standing = [JSON.parse(text) as ListedKey | readonly ListedKey[]].flat();
  const signsFrom = new Date(now.getTime() + knownAfterMinutes * 60_000).toISOString();
  const oldest = new Date(now);
  oldest.setUTCMonth(oldest.getUTCMonth() - keptMonths);
  const isKept = (_: ListedKey, index: number): boolean => {
    const replacedAt = standing[index - 1]?.since;
    return replacedAt === undefined || replacedAt >= oldest.toISOString();
  };
  const keys = [{ ...fresh, since: signsFrom }, ...standing.filter(isKept)];
  const dropped = standing.filter((key, index) => !isKept(key, index)).map(({ kid }) => kid);
  return { text: JSON.stringify(keys), signsFrom, keys: keys.length, dropped };
}
