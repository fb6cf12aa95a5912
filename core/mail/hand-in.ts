import PostalMime, { type Attachment, type Email } from "postal-mime";
import { type Note, Refusal } from "../refusal.ts";
import { bytesOf, type Enclosure, type Enclosures, enclosuresIn, safeName } from "./enclosures.ts";
import { htmlWords } from "./html-words.ts";
import { type OwnWords, ownWords } from "./own-words.ts";
import { isSealed, isSealedText } from "./sealed.ts";
import { isForwarded, ownSubject } from "./subject.ts";

/** What an author's mail hands in: files for a submission, and words that are for the editor alone. */

export interface HandedIn {
  readonly files: readonly Enclosure[];
  /** Names of texts that these files take the place of. */
  readonly replaced: readonly string[];
  /** A covering letter: not part of the article. */
  readonly words: string;
  readonly notes: readonly Note[];
}

const mostNesting = 40;
/** As long as a text file may be. */
const mostLetters = 1_000_000;

/**
 * Reads a mail whole.
 *
 * @param standing names of the files the submission has already
 * @throws Refusal `mail-unreadable`, `mail-empty`, `mail-packed`, `mail-sealed`, `text-too-large`, `too-many-files`
 */
export async function readHandIn(raw: Uint8Array, standing: readonly string[]): Promise<HandedIn> {
  const email = await parse(raw);
  const carried = await carriedIn(email);
  const attachments = [email, ...carried].flatMap((one) => one.attachments.filter((part) => !carries(email, part)));
  const letters = [email, ...carried].map(letterIn);
  const enclosures = enclosuresIn(attachments);
  const notes = [...letters.flatMap((letter) => letter.notes), ...enclosures.notes];
  const said = { files: enclosures.files, notes };
  // What was sent on is meant, and not the line above it.
  const article = letters.findLast(({ words }) => isArticle(words, enclosures, standing));
  const words = letters.flatMap((letter) => (letter === article ? [] : letter.words || [])).join("\n\n");
  if (article) return { ...withText(article, said, standing), words };
  if (enclosures.files.length === 0 && words === "") throw whyEmpty(attachments, enclosures);
  return { ...said, replaced: replacedBy(enclosures.files, standing), words };
}

function whyEmpty(attachments: readonly Attachment[], { notes }: Enclosures): Refusal {
  if (attachments.some(isSealed)) return new Refusal("mail-sealed");
  const packed = notes.find(({ code }) => code === "mail-packed");
  return packed ? new Refusal("mail-packed", packed.details) : new Refusal("mail-empty");
}

interface Letter extends OwnWords {
  readonly subject: string;
}

/** @throws Refusal `mail-sealed`, `text-too-large` */
function letterIn(email: Email): Letter {
  const { subject = "" } = email;
  const text = textOf(email);
  if (isSealedText(text)) throw new Refusal("mail-sealed");
  return { subject, ...ownWords(text, isForwarded(subject)) };
}

// ── mails in a mail ──────────────────────────────────────────────────────────────────────────────

/** Forwarded whole, or hung on as a file. Those inside them stay closed. */
async function carriedIn(email: Email): Promise<Email[]> {
  const carried: Email[] = [];
  for (const part of email.attachments) if (carries(email, part)) carried.push(await parse(bytesOf(part)));
  return carried;
}

const carries = (email: Email, part: Attachment): boolean =>
  part.mimeType === "message/rfc822" && email.attachments.includes(part);

// ── reading ──────────────────────────────────────────────────────────────────────────────────────

async function parse(raw: Uint8Array): Promise<Email> {
  if (isEndless(raw)) throw new Refusal("mail-unreadable");
  try {
    return await PostalMime.parse(raw, { maxNestingDepth: mostNesting, forceRfc822Attachments: true });
  } catch {
    throw new Refusal("mail-unreadable");
  }
}

/** Forty megabytes of files in base64 are half a million lines; a parser keeps each of them. */
const mostLines = 700_000;
/** A mail server breaks lines after a thousandth of that. */
const longestLine = 1_000_000;
/** A part begins with two dashes, and a mail has a hundred files. */
const mostDashedLines = 5_000;
const [lineFeed, dash] = [0x0a, 0x2d];

/** What would keep a parser busy for longer than anybody waits. */
function isEndless(raw: Uint8Array): boolean {
  let [lines, dashed] = [0, 0];
  for (let at = 0; at < raw.length; lines += 1) {
    if (raw[at] === dash && raw[at + 1] === dash) dashed += 1;
    const found = raw.indexOf(lineFeed, at);
    const end = found < 0 ? raw.length : found;
    if (lines > mostLines || dashed > mostDashedLines || end - at > longestLine) return true;
    at = end + 1;
  }
  return false;
}

function textOf({ text = "", html = "" }: Email): string {
  const longest = Math.max(text.length, text.trim() === "" ? html.length : 0);
  if (longest > mostLetters) throw new Refusal("text-too-large", { name: "Mail", megabytes: Math.ceil(longest / 1e6) });
  return text.trim() === "" ? htmlWords(html) : text;
}

// ── article or covering letter ───────────────────────────────────────────────────────────────────

const textFile = /\.(?:md|markdown|txt|text|docx)$/i;
/** "Anbei die Fotos, herzliche Grüße": nobody's article, where photos came along. */
const shortestArticle = 200;

/** A mail's words are the article where there is no other text, neither beside them nor in the submission. */
function isArticle(words: string, { files }: Enclosures, standing: readonly string[]): boolean {
  if (words === "" || [...files.map(({ name }) => name), ...standing].some((name) => textFile.test(name))) return false;
  return words.length >= shortestArticle || (files.length === 0 && standing.length === 0);
}

function withText({ subject, words }: Letter, { files, notes }: Enclosures, standing: readonly string[]) {
  // A text that names no title is called after its file.
  const name = `${safeName(ownSubject(subject)) || "Beitrag"}.txt`;
  const text = { name, body: Buffer.from(`${words}\n`) };
  return { files: [text, ...files], replaced: replacedBy([text], standing), notes };
}

/** A submission has one text: a new one takes the place of those that stand. */
function replacedBy(files: readonly Enclosure[], standing: readonly string[]): string[] {
  const names = files.map(({ name }) => name);
  if (!names.some((name) => textFile.test(name))) return [];
  return standing.filter((name) => textFile.test(name) && !names.includes(name));
}
