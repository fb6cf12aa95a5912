/** How long evidence of a consent is kept: three years from the end of the year in which it last mattered (§§ 195, 199 BGB). */
const evidenceYears = 3;

/** The first day on which nobody can ask for it any more. */
export const evidenceDay = (at: string): string => `${Number(at.slice(0, 4)) + evidenceYears + 1}-01-01`;

/** What is filed under one key for one publication goes together, and not while anything of it may still be asked for. */
export const isEvidenceOver = (
  evidence: readonly { readonly at: string }[],
  isReader: boolean,
  today: string,
): boolean => !isReader && evidence.every(({ at }) => evidenceDay(at) <= today);

const dayMilliseconds = 86_400_000;
/** The day so many after this one. */
export const dayFrom = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * dayMilliseconds).toISOString().slice(0, 10);
