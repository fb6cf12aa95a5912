import PostalMime, { type Header } from "postal-mime";
import { readAddress } from "../email-address.ts";
import { Refusal } from "../refusal.ts";
import { type Trace, traceOf } from "./trace.ts";

/** What stands before a mail's first empty line: enough to decide whether anybody looks at the rest. */
export interface MailHead {
  /** In their order, names in lower case, values unfolded. */
  readonly headers: readonly Header[];
  /** What our own receiving server wrote above them. */
  readonly trace: Trace | undefined;
  /** Who says they wrote it, as `readAddress` spells it; undefined where that is nobody, or more than one. */
  readonly from: string | undefined;
  readonly subject: string;
  /** `<…@…>`, or undefined where it is none that could be repeated. */
  readonly messageId: string | undefined;
}

/** The longest heads of real mails, with ten signatures and a thread behind them, are a tenth of it. */
const mostHeadBytes = 256 * 1024;

/** A name and an address; what is longer is meant to keep somebody busy. */
const mostMailboxLetters = 1_000;

/** Undefined for what is no mail: its head has no end, or is longer than any real one. */
export async function readHead(raw: Uint8Array): Promise<MailHead | undefined> {
  const bytes = headOf(raw);
  if (!bytes) return undefined;
  const { headers, from, subject = "", messageId } = await PostalMime.parse(bytes, { maxHeadersSize: mostHeadBytes });
  const isOneAuthor = headers.filter(({ key }) => key === "from").length === 1 && isOneMailbox(headers);
  return {
    headers,
    trace: traceOf(headers),
    from: isOneAuthor ? spelled(from?.address) : undefined,
    subject: subject.replace(/\s+/g, " ").trim(),
    messageId: messageId && repeatable.test(messageId) ? messageId : undefined,
  };
}

/** Up to the first empty line. A mail that is nothing but its head is one, too. */
function headOf(raw: Uint8Array): Uint8Array | undefined {
  const start = Buffer.from(raw.buffer, raw.byteOffset, Math.min(raw.length, mostHeadBytes));
  const ends = ["\r\n\r\n", "\n\n"].map((end) => start.indexOf(end)).filter((at) => at >= 0);
  if (ends.length > 0) return start.subarray(0, Math.min(...ends) + 1);
  return raw.length < mostHeadBytes ? start : undefined;
}

/** Two authors would let one be verified and the other be believed. */
function isOneMailbox(headers: readonly Header[]): boolean {
  const value = headers.find(({ key }) => key === "from")?.value ?? "";
  if (value.length > mostMailboxLetters) return false;
  return value.replace(/"(?:\\.|[^"\\])*"|\((?:\\.|[^()\\])*\)/g, "").split("@").length === 2;
}

function spelled(address: string | undefined): string | undefined {
  try {
    return address ? readAddress(address) : undefined;
  } catch (refusal) {
    if (refusal instanceof Refusal) return undefined;
    throw refusal;
  }
}

/** Stands in a header of ours one day: printable, without blanks, and no longer than a line. */
const repeatable = /^<[\x21-\x3b\x3d\x3f-\x7e]{1,200}@[\x21-\x3b\x3d\x3f-\x7e]{1,200}>$/;
