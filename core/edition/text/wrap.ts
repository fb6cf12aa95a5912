/** A mail's plain text: 72 columns, so that it survives a terminal and a reply. */
export const columns = 72;

/**
 * Breaks at ordinary spaces only: what a no-break space holds together stays together, and an address is never torn.
 *
 * @param first before the first line, `rest` before the others; both count
 */
export function wrap(text: string, first = "", rest = first): string[] {
  const lines: string[] = [];
  let line = "";
  const room = (): number => columns - widthOf(lines.length === 0 ? first : rest);
  for (const word of text.split(/[ \t\r\n]+/).filter(Boolean)) {
    if (line && widthOf(line) + 1 + widthOf(word) > room()) {
      lines.push(line);
      line = word;
    } else line = line ? `${line} ${word}` : word;
  }
  lines.push(line);
  return lines.map((one, index) => `${index === 0 ? first : rest}${plainSpaces(one)}`.trimEnd());
}

/** Characters as a terminal counts them; a combining mark takes no place. */
export const widthOf = (text: string): number => [...text.replace(/[\p{Mn}\u00AD\u200B-\u200F]/gu, "")].length;

const plainSpaces = (text: string): string => text.replace(/[\u00A0\u202F\u2007]/g, " ").replace(/\u00AD/g, "");

export const padStart = (text: string, width: number): string => " ".repeat(Math.max(0, width - widthOf(text))) + text;
export const padEnd = (text: string, width: number): string => text + " ".repeat(Math.max(0, width - widthOf(text)));
