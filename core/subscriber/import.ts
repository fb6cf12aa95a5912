import { demandReader, isOffice, likelyDomain, readAddress } from "../email-address.ts";
import { topicId } from "../publication.ts";
import { type Note, note, Refusal } from "../refusal.ts";
import type { Language } from "../words.ts";
import { firstLines } from "./first-lines.ts";
import { type Cells, type Columns, cellsOf, readHeadings } from "./list-columns.ts";
import { type ListRecord, recordsOf } from "./list-records.ts";
import { demandSubscribed } from "./list-status.ts";
import type { Pieces } from "./list-text.ts";
import { readName } from "./name.ts";

/** One reader of a list, clean. */
export interface Row {
  readonly line: number;
  readonly address: string;
  readonly name: string;
  readonly language: Language;
  /** Chosen where the list comes from; only our own export tells. */
  readonly topics?: readonly string[];
  readonly format?: "html" | "text";
  readonly pausedUntil?: string;
  /** What the list says of the consent, word for word: kept with the evidence. */
  readonly listed?: Readonly<Record<string, string>>;
}

/** What a line of a list brings. */
export interface ReaderLine {
  readonly line: number;
  /** Undefined where it brings nobody: then a refusal or a note says why. */
  readonly row?: Row;
  readonly refusal?: Refusal;
  /** Doubles, likely slips, unknown languages: worth a look, nothing stops. */
  readonly notes: readonly Note[];
}

const spokenLanguages: Readonly<Record<Language, RegExp>> = {
  de: /^(de|deutsch|german)([-_].*)?$/i,
  en: /^(en|englisch|english)([-_].*)?$/i,
};

/**
 * Reads a list of readers line by line, of any length: columns under the headings of listmonk, Mailchimp, CleverReach, an
 * office program or our own export, parted by semicolon, comma or tab, in UTF-8, UTF-16 or Latin-1.
 *
 * @param language of readers whose line names none
 * @throws Refusal `list-empty`, `list-without-email`, before the first line
 */
export async function* readReaders(pieces: Pieces, language: Language): AsyncGenerator<ReaderLine> {
  const first = firstLines();
  let columns: Columns | undefined;
  for await (const record of recordsOf(pieces)) {
    if (record.cells?.every((cell) => cell.trim() === "")) continue;
    if (!columns && isSeparatorLine(record)) continue;
    if (columns) yield readLine(record, columns, language, first.seen);
    else columns = readHeadings(record.cells ?? []);
  }
  if (!columns) throw new Refusal("list-empty");
}

/** "sep=;" before the headings: how a list tells Excel what parts it. */
const isSeparatorLine = ({ cells }: ListRecord): boolean => /^sep=/i.test(cells?.[0] ?? "");

type Seen = (address: string, line: number) => number | undefined;

function readLine({ line, cells: record }: ListRecord, columns: Columns, language: Language, seen: Seen): ReaderLine {
  try {
    if (!record) throw new Refusal("line-torn");
    const cells = cellsOf(columns, record);
    const address = readAddress(cells("email") ?? "");
    demandReader(address);
    demandSubscribed(cells, columns, record);
    const before = seen(address, line);
    if (before !== undefined) return { line, notes: [note("reader-twice", { line, first: before })] };
    return readRow(line, address, cells, language);
  } catch (refusal) {
    if (refusal instanceof Refusal) return { line, refusal, notes: [] };
    throw refusal;
  }
}

function readRow(line: number, address: string, cells: Cells, language: Language): ReaderLine {
  const notes: Note[] = [];
  const [local = "", domain = ""] = address.split("@");
  const meant = likelyDomain(address);
  if (meant) notes.push(note("address-slip", { line, domain, meant }));
  if (isOffice(address)) notes.push(note("address-office", { line, local }));
  const spoken = cells("language") ?? "";
  const known = (["de", "en"] as const).find((one) => spokenLanguages[one].test(spoken));
  if (!known && spoken !== "") notes.push(note("reader-language", { line, language: spoken }));
  const name = readName(cells("name") || `${cells("first") ?? ""} ${cells("last") ?? ""}`);
  return {
    line,
    row: { line, address, name, language: known ?? language, ...choices(cells), ...listed(cells) },
    notes,
  };
}

const isTopic = (topic: string): boolean => topicId.safeParse(topic).success;

function choices(cells: Cells): Pick<Row, "topics" | "format" | "pausedUntil"> {
  const topics = (cells("topics") ?? "").split(/[\s,|]+/).map((topic) => topic.trim());
  const away = new Date(cells("away") || Number.NaN);
  return {
    ...(topics.some(isTopic) && { topics: topics.filter(isTopic) }),
    ...(/^text$/i.test(cells("format") ?? "") && { format: "text" as const }),
    ...(!Number.isNaN(away.getTime()) && { pausedUntil: away.toISOString() }),
  };
}

/** An address in one of these cells would end up in the evidence, which holds none. */
function listed(cells: Cells): Pick<Row, "listed"> {
  const said = (["source", "requestedAt", "confirmedAt", "activated"] as const).flatMap((column) => {
    const cell = readName(cells(column) ?? "");
    return cell === "" || cell.includes("@") ? [] : [[column, cell]];
  });
  return said.length > 0 ? { listed: Object.fromEntries(said) as Record<string, string> } : {};
}
