/** Levenshtein's distance: how many signs were added, left out or mistaken. */
export function distance(left: string, right: string): number {
  let row = [...Array(right.length + 1).keys()];
  for (const [index, sign] of [...left].entries()) {
    const next = [index + 1];
    for (const [column, other] of [...right].entries()) {
      const above = row[column + 1] ?? 0;
      next.push(Math.min(above + 1, (next[column] ?? 0) + 1, (row[column] ?? 0) + (sign === other ? 0 : 1)));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
