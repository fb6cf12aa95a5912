import { dateFormat } from "./formats.ts";

/** Times as the clock on a publication's wall shows them. */

/** "2026-03-02T08:00:00" */
export const onTheWall = (at: Date, timeZone: string): string =>
  dateFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "medium" }).format(at).replace(" ", "T");

/**
 * Twice, because the first guess may lie on the other side of a change of clocks.
 *
 * @param wall what the clock shows, written down as if it were UTC
 */
export function fromTheWall(wall: Date, timeZone: string): Date {
  const lead = (at: Date): number => Date.parse(`${onTheWall(at, timeZone)}Z`) - at.getTime();
  const guess = new Date(wall.getTime() - lead(wall));
  return new Date(wall.getTime() - lead(guess));
}
