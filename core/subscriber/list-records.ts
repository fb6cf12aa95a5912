import { pipeline } from "node:stream";
import { parse } from "csv-parse";
import { type Pieces, textOf } from "./list-text.ts";

/** One line of a list, or more where a cell has line breaks: where it begins, and what stands in it. */
export interface ListRecord {
  readonly line: number;
  /** Undefined where a quotation mark was left open: it swallows all that follows. */
  readonly cells: readonly string[] | undefined;
}

/** No reader's line is longer: so much text without the end of one, and a quotation mark was left open. */
const longestRecord = 1_000_000;

/** Cells parted by semicolon, comma or tab, record by record; only the one at hand is held. */
export async function* recordsOf(pieces: Pieces): AsyncGenerator<ListRecord> {
  const text = textOf(pieces);
  const beginning = await readBeginning(text);
  const reading = { lines: 0, unread: 0, isTorn: false };
  const parser = parse({
    delimiter: delimiterOf(beginning),
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    on_skip: () => {
      // Nothing else is an error here than a quotation mark that is still open at the end.
      reading.isTorn = true;
      return undefined;
    },
    on_record: (cells: string[], { lines }) => {
      Object.assign(reading, { lines, unread: 0 });
      // csv-parse names a record's last line; a name may have a line break inside its quotation marks.
      return { line: lines - cells.join("").split("\n").length + 1, cells } as unknown as string[];
    },
  });
  const fed = feed(beginning, text, reading);
  // Trouble with either end reaches whoever reads the parser.
  pipeline(fed, parser, () => {});
  yield* parser as AsyncIterable<ListRecord>;
  if (reading.isTorn) yield { line: reading.lines + 1, cells: undefined };
}

async function* feed(
  beginning: string,
  text: AsyncIterable<string>,
  reading: { unread: number },
): AsyncGenerator<string> {
  yield beginning;
  for await (const piece of text) {
    reading.unread += piece.length;
    if (reading.unread > longestRecord) return;
    if (piece !== "") yield piece;
  }
}

/** Until the headings are whole. */
async function readBeginning(text: AsyncGenerator<string>): Promise<string> {
  let beginning = "";
  while (!/\S.*[\r\n]/.test(beginning) && beginning.length < longestRecord) {
    const { done, value } = await text.next();
    if (done) break;
    beginning += value;
  }
  return beginning;
}

/** What parts the headings parts the rest. */
function delimiterOf(beginning: string): string {
  const [head = ""] = beginning.trimStart().split(/\r\n|\r|\n/, 1);
  const count = (sign: string): number => head.split(sign).length;
  return [";", "\t", ","].reduce((best, sign) => (count(sign) > count(best) ? sign : best));
}
