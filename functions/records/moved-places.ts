import type { Change, Item, Key } from "../cloud/cloud.ts";

/** What stands in lists for a row, over what stood there for it: to be written in one with the row. */
export function movedPlaces(before: readonly Key[] = [], now: readonly Item[]): Change[] {
  const nameOf = ({ pk, sk }: Key): string => JSON.stringify([pk, sk]);
  const kept = new Set(now.map(nameOf));
  return [
    ...now.map((put): Change => ({ put })),
    ...before.filter((key) => !kept.has(nameOf(key))).map(({ pk, sk }): Change => ({ remove: { pk, sk } })),
  ];
}
