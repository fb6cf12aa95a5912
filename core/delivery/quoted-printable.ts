/**
 * Quoted-printable (RFC 2045 6.7) for pieces that are put together later: every piece starts at column 0 and ends
 * there, with a soft break where its last line is not finished. So pieces can stand in any order, and no line is
 * longer than 76 characters whatever a reader is called.
 */

/** 76, less one column for the "=" of a soft break. */
const longestLine = 75;
const softBreak = "=\r\n";

/** A newline in the text is a line break in the letter; every other control character is escaped. */
export function quotedPrintable(text: string): string {
  const lines = text.includes("\n") ? text.split("\n") : [text];
  const last = lines.pop() ?? "";
  let whole = "";
  for (const line of lines) whole += line === "" ? "\r\n" : `${wrapped(endEscaped(escaped(line)))}\r\n`;
  return last === "" ? whole : whole + wrapped(escaped(last)) + softBreak;
}

/** A blank at the end of a line is lost on the way. */
const endEscaped = (line: string): string => (line.endsWith(" ") ? `${line.slice(0, -1)}=20` : line);

const escaped = (line: string): string => line.replace(/[^\x20-\x3c\x3e-\x7e]+/g, escapedSigns);

/** encodeURIComponent writes a byte as "%41" where we write "=41"; it escapes all that is matched above. */
const escapedOf = (signs: string): string => encodeURIComponent(signs.toWellFormed()).replaceAll("%", "=");
/** Every letter greets somebody, and European names bring one of these at a time. */
const latinSigns = 0x180;
const latin = Array.from({ length: latinSigns }, (_, sign) => escapedOf(String.fromCharCode(sign)));
const escapedSigns = (signs: string): string =>
  (signs.length === 1 ? latin[signs.charCodeAt(0)] : undefined) ?? escapedOf(signs);

function wrapped(line: string): string {
  let whole = "";
  let rest = guarded(line);
  while (rest.length > longestLine) {
    const cut = endOfLine(rest);
    whole += rest.slice(0, cut) + softBreak;
    rest = guarded(rest.slice(cut));
  }
  return whole + rest;
}

/** A dot alone ends a message for SMTP, and mailbox files begin a letter at "From ". */
function guarded(line: string): string {
  if (line.startsWith(".")) return `=2E${line.slice(1)}`;
  return line.startsWith("From ") ? `=46${line.slice(1)}` : line;
}

/** Never inside an escape. */
function endOfLine(line: string): number {
  if (line[longestLine - 1] === "=") return longestLine - 1;
  return line[longestLine - 2] === "=" ? longestLine - 2 : longestLine;
}
