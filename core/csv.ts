import type { Language } from "./words.ts";

/**
 * CSV as office programs open it with a double click: German ones part by semicolon, English ones by comma; a byte order
 * mark says that it is UTF-8. Kurier's own import reads both.
 */
export interface Csv {
  readonly head: string;
  line(cells: readonly (string | number | null)[]): string;
}

const byteOrderMark = "\uFEFF";

export function csvIn(language: Language, headings: readonly string[]): Csv {
  const separator = language === "de" ? ";" : ",";
  const line: Csv["line"] = (cells) =>
    `${cells.map((cell) => quoted(harmless(String(cell ?? "")))).join(separator)}\r\n`;
  return { head: byteOrderMark + line(headings), line };
}

/** A cell that begins like a formula would be run by the program that opens it; with a ' before it, it is text. */
const harmless = (cell: string): string => (/^\s*[=+\-@＝＋－＠]/u.test(cell) ? `'${cell}` : cell);

/** RFC 4180 2.6 and 2.7. */
const quoted = (cell: string): string => (/[",;\r\n\t]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
