import type { WalkPosition } from "../../core/subscriber/walk.ts";
import { type Cloud, type InParts, leastPartBytes, type Part } from "../cloud/cloud.ts";
import { type Walk, walkFile } from "../records/walks.ts";
import { type Work, work } from "./walks.ts";

/** A table of all readers as it is written: what is large enough goes into the file, the rest waits. */
interface TableSoFar {
  readonly place: InParts | null;
  readonly parts: readonly Part[];
  /** What waits for the next part, and its bytes. */
  readonly rest: readonly string[];
  readonly bytes: number;
  readonly lines: number;
}

/** Lines of one page, and how many readers were looked at for them. */
export interface TablePage {
  readonly lines: readonly string[];
  readonly seen: number;
  readonly next: WalkPosition | undefined;
}

const type = "text/csv; charset=utf-8";
/** More than a piece can write: so many numbers belong to each turn, and no turn writes under another's. */
const partsOfTurn = 100;

export const tableFile = (walk: Pick<Walk, "publication" | "id">): string => walkFile(walk, "table.csv");

/** Writes what the pages hold into {@link tableFile}. @param least as {@link leastPartBytes}, in tests less */
export function tableWork(
  cloud: Cloud,
  walk: Walk,
  head: string,
  pageAfter: (from: WalkPosition) => Promise<TablePage>,
  least: number = leastPartBytes,
): Work<unknown> {
  let written = 0;
  const writePart = async (soFar: TableSoFar): Promise<TableSoFar> => {
    const place = soFar.place ?? (await cloud.files.beginParts(tableFile(walk), { type }));
    const number = walk.turn * partsOfTurn + written++;
    const part = await cloud.files.writePart(place, number, soFar.rest.join(""));
    return { ...soFar, place, parts: [...soFar.parts, part], rest: [], bytes: 0 };
  };
  return work<TableSoFar>({
    begin: { place: null, parts: [], rest: [head], bytes: Buffer.byteLength(head), lines: 0 },
    async step(soFar, from) {
      const { lines, seen, next } = await pageAfter(from);
      const page = lines.join("");
      const bytes = soFar.bytes + Buffer.byteLength(page);
      const more = { ...soFar, rest: [...soFar.rest, page], bytes, lines: soFar.lines + lines.length };
      return { soFar: bytes >= least ? await writePart(more) : more, seen, next };
    },
    async end(soFar) {
      if (soFar.place === null) await cloud.files.write(tableFile(walk), soFar.rest.join(""), { type });
      else {
        const { place, parts } = soFar.bytes === 0 ? soFar : await writePart(soFar);
        await cloud.files.joinParts(place ?? soFar.place, parts);
      }
      return soFar.lines;
    },
  });
}
