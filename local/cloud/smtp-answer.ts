import { Closed, Doubtful, Rejected, Throttled } from "../../functions/cloud/cloud.ts";

/** How far a letter was when its sending ended. */
export type Stage =
  /** Nobody was there yet, or would not let us in. */
  | "connecting"
  /** Sender and recipient were named; nothing of the letter has left. */
  | "envelope"
  /** The letter was leaving. A relay drops what does not end with the dot (RFC 5321 4.1.1.10). */
  | "letter"
  /** The dot that ends a letter may have left: only an answer can tell now. */
  | "out";

/** What nodemailer says of a fault: the answer where one came, the command it was to, a code of its own. */
export interface SmtpFault {
  readonly code?: unknown;
  readonly originalCode?: unknown;
  readonly responseCode?: unknown;
  readonly response?: unknown;
  readonly command?: unknown;
}

/** What became of the letter. Reasons are codes, never the relay's own sentence: that one repeats the address. */
export function troubleOf(fault: unknown, stage: Stage): Closed | Throttled | Rejected | Doubtful {
  const { code, responseCode, response, command } = fault as SmtpFault;
  const reason = reasonOf(fault as SmtpFault);
  const answer = typeof responseCode === "number" && responseCode >= 400 && responseCode < 600 ? responseCode : 0;
  if (stage === "out" && answer === 0) return new Doubtful(reason);
  // The relay has told how much it takes, and nodemailer compared.
  if (stage === "envelope" && code === "EMESSAGE" && answer === 0) return new Rejected("552 5.3.4");
  if (answer === 0) return stage === "connecting" ? new Closed(reason) : new Throttled(reason);
  if (answer < 500) return new Throttled(reason);
  if (stage === "connecting") return new Closed(reason);
  const said = { answer, status: statusIn(response), sentence: withoutAddresses(response), command: String(command) };
  return isAboutLetter(said) ? new Rejected(reason) : new Closed(reason);
}

interface Said {
  readonly answer: number;
  /** Enhanced status code (RFC 3463); "" where none was given. */
  readonly status: string;
  readonly sentence: string;
  readonly command: string;
}

/** Whether a final no means this letter or this address, and not whoever sends from here. */
function isAboutLetter({ answer, status, sentence, command }: Said): boolean {
  if (isTooLarge(answer, status)) return true;
  if (command === "MAIL FROM" || wantsLogin.has(answer) || aboutSender.test(status)) return false;
  // "Relay access denied" and "recipient refused" share one code, 5.7.1: only the sentence tells them apart.
  if (/relay|rcpthosts|authenticat|log ?in/i.test(sentence)) return false;
  // Content is the same for all; a recipient may still have a policy of their own.
  return command === "RCPT TO" || !status.startsWith("5.7.");
}

const isTooLarge = (answer: number, status: string): boolean =>
  status === "5.3.4" || status === "5.2.3" || (answer === 552 && status === "");

/** RFC 4954: authentication required, mechanism too weak, credentials invalid, encryption required. */
const wantsLogin: ReadonlySet<number> = new Set([530, 534, 535, 538]);

/**
 * Sender's address or system, the day's limit, login, encryption, SPF and DKIM and DMARC of the sender's domain.
 *
 * @see https://www.iana.org/assignments/smtp-enhanced-status-codes
 */
const aboutSender = /^5\.(1\.[78]|4\.5|7\.([89]|1[0-4]|2\d))$/;

/** "550 5.1.1", or how the line failed: "ECONNREFUSED". */
function reasonOf({ code, originalCode, responseCode, response }: SmtpFault): string {
  if (typeof responseCode === "number") return `${responseCode} ${statusIn(response)}`.trim();
  return (
    ([originalCode, code].find((text) => typeof text === "string" && text !== "") as string | undefined) ?? "unknown"
  );
}

const statusIn = (response: unknown): string =>
  /^\d{3}[ -]([245]\.\d{1,3}\.\d{1,3})\b/.exec(String(response ?? ""))?.[1] ?? "";

/** An address may hold any word: `relay@…`. */
const withoutAddresses = (response: unknown): string => String(response ?? "").replace(/<[^>]*>|\S+@\S+/g, "…");
