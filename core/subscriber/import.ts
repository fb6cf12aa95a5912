import { parse } from "csv-parse/sync";
import { decoded } from "../article/encoding.ts";
import { likelyDomain, readAddress } from "../email-address.ts";
import { type Note, note, Refusal } from "../refusal.ts";
import type { Language } from "../words.ts";
import { readName } from "./name.ts";

/** One reader of a list, clean. */
export interface Row {
  readonly line: number;
  readonly address: string;
  readonly name: string;
  readonly language: Language;
}
export interface ReaderList {
  readonly rows: readonly Row[];
  /** Lines that bring no reader, and why. */
  readonly problems: readonly { readonly line: number; readonly refusal: Refusal }[];
  /** Doubles, likely slips, unknown languages: worth a look, nothing stops. */
  readonly notes: readonly Note[];
}

type Column = "email" | "name" | "first" | "last" | "language";
/** Headings as listmonk, Mailchimp, CleverReach and German office programs write them; case and signs do not count. */
const headings: Readonly<Record<Column, readonly string[]>> = {
  email: ["email", "mail", "emailadresse", "mailadresse", "emailaddress", "adresse", "address"],
  name: ["name", "vollername", "vollständigername", "fullname"],
  first: ["vorname", "firstname", "givenname"],
  last: ["nachname", "familienname", "zuname", "lastname", "surname", "familyname"],
  language: ["sprache", "language", "lang", "locale"],
};
const spokenLanguages: Readonly<Record<Language, RegExp>> = {
  de: /^(de|deutsch|german)([-_].*)?$/i,
  en: /^(en|englisch|english)([-_].*)?$/i,
};

/**
 * Reads a list of readers: columns for address, name and language under German or English headings, parted by
 * semicolon, comma or tab, in UTF-8, UTF-16 or Latin-1.
 *
 * @param language of readers whose line names none
 * @throws Refusal `list-empty`, `list-without-email`
 */
export function readReaderList(bytes: Uint8Array, language: Language): ReaderList {
  const text = decoded(bytes);
  if (text.trim() === "") throw new Refusal("list-empty");
  const problems: { line: number; refusal: Refusal }[] = [];
  const [head, ...records] = readRecords(text, (line) => problems.push({ line, refusal: new Refusal("line-torn") }));
  const columns = readHeadings(head?.cells ?? []);
  const rows = new Map<string, Row>();
  const notes: Note[] = [];
  for (const { line, cells } of records) {
    if (cells.every((cell) => cell.trim() === "")) continue;
    try {
      const row = readRow(line, cells, columns, language, notes);
      const earlier = rows.get(row.address);
      if (earlier) notes.push(note("reader-twice", { line, first: earlier.line }));
      else rows.set(row.address, row);
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      problems.push({ line, refusal });
    }
  }
  return { rows: [...rows.values()], problems: problems.sort((a, b) => a.line - b.line), notes };
}

interface Line {
  readonly line: number;
  readonly cells: readonly string[];
}

function readRecords(text: string, torn: (line: number) => void): Line[] {
  let isTorn = false;
  const records = parse(text, {
    delimiter: delimiterOf(text),
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    on_skip: () => {
      isTorn = true;
      return undefined;
    },
  }) as unknown as { info: { lines: number }; record: string[] }[];
  // Only a quotation mark left open gets here: it swallows all that follows the last whole line.
  if (isTorn) torn((records.at(-1)?.info.lines ?? 0) + 1);
  return records.map(({ info, record }) => ({
    // csv-parse names a record's last line; a name may have a line break inside its quotation marks.
    line: info.lines - record.join("").split("\n").length + 1,
    cells: record,
  }));
}

/** What parts the headings parts the rest. */
function delimiterOf(text: string): string {
  const [head = ""] = text.split(/\r?\n/, 1);
  const count = (sign: string): number => head.split(sign).length;
  return [";", "\t", ","].reduce((best, sign) => (count(sign) > count(best) ? sign : best));
}

type Columns = Readonly<Record<Column, number>>;

function readHeadings(cells: readonly string[]): Columns {
  const typed = cells.map((cell) =>
    cell
      .normalize("NFC")
      .toLowerCase()
      .replace(/[^\p{L}]/gu, ""),
  );
  const at = (column: Column): number => typed.findIndex((cell) => headings[column].includes(cell));
  if (at("email") < 0) throw new Refusal("list-without-email");
  return { email: at("email"), name: at("name"), first: at("first"), last: at("last"), language: at("language") };
}

function readRow(line: number, cells: readonly string[], columns: Columns, language: Language, notes: Note[]): Row {
  const cell = (column: Column): string => cells[columns[column]]?.trim() ?? "";
  const address = readAddress(cell("email"));
  const meant = likelyDomain(address);
  if (meant) notes.push(note("address-slip", { line, domain: address.slice(address.indexOf("@") + 1), meant }));
  const known = (["de", "en"] as const).find((one) => spokenLanguages[one].test(cell("language")));
  if (!known && cell("language") !== "") notes.push(note("reader-language", { line, language: cell("language") }));
  const name = readName(cell("name") || `${cell("first")} ${cell("last")}`);
  return { line, address, name, language: known ?? language };
}
