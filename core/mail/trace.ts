import type { Header } from "postal-mime";

/**
 * What the server that took a mail in wrote above it: SES, or our own door. Whoever wrote the mail can write the same
 * headers, but only below: so nothing counts but the block at the very top, each name once, up to the receipt that ends it.
 */
export type Trace = ReadonlyMap<string, string>;

const names = [
  ...["return-path", "received", "received-spf", "authentication-results"],
  ...["x-ses-spam-verdict", "x-ses-virus-verdict"],
];
/** The header that ends a block, and who must have received the mail for it to count. */
const receipts: Readonly<Record<string, RegExp>> = {
  "x-ses-receipt": /\bby inbound-smtp\.[a-z0-9-]+\.amazonaws\.com[a-z.]* /,
  "x-kurier-receipt": /\bby kurier /,
};
export const receiptOfDoor = "X-Kurier-Receipt";

/** Undefined where no such block stands at the top. */
export function traceOf(headers: readonly Header[]): Trace | undefined {
  const trace = new Map<string, string>();
  for (const { key, value } of headers) {
    const receivedBy = receipts[key];
    if (receivedBy) return receivedBy.test(trace.get("received") ?? "") ? trace : undefined;
    if (!names.includes(key) || trace.has(key)) return undefined;
    trace.set(key, value);
  }
  return undefined;
}

/** Nobody is written to where a mail came back, or came from nobody (RFC 3834 2, RFC 5321 4.5.5). */
export const cameFromNobody = (trace: Trace): boolean => /^\s*(<>)?\s*$/.test(trace.get("return-path") ?? "");

export const isInfected = (trace: Trace): boolean => trace.get("x-ses-virus-verdict")?.trim() === "FAIL";
export const isSpam = (trace: Trace): boolean => trace.get("x-ses-spam-verdict")?.trim() === "FAIL";
