import { readHead } from "../../core/mail/head.ts";
import { receiptOfDoor } from "../../core/mail/trace.ts";

/** A mail with what a receiving server writes above it: who brought it, and what is known of its sender. */

/**
 * Whose word counts. Nobody here looks keys up in DNS: the mail server in front did, and wrote what it found above the
 * mail (RFC 8601). "everybody": nobody but this machine's own people can reach the door.
 */
export type Believed = "everybody" | { readonly verifier: string };

export interface Came {
  readonly id: string;
  /** The envelope's sender; "" for a bounce. */
  readonly from: string;
  readonly remoteAddress: string;
  readonly at: Date;
}

/** RFC 5322 allows 998; some programs write a paragraph in one. */
const longestLine = 32_000;

/** Undefined for what is no mail. */
export async function receivedMail(raw: Buffer, came: Came, believed: Believed): Promise<Buffer | undefined> {
  if (hasEndlessLine(raw)) return undefined;
  const head = await readHead(raw);
  if (!head) return undefined;
  const results = believed === "everybody" ? ownPeople(head.from) : resultsBy(believed.verifier, head.headers);
  const lines = [
    `Return-Path: <${oneLine(came.from)}>`,
    `Received: from [${oneLine(came.remoteAddress)}] by kurier with ESMTP id ${came.id}; ${rfcDate(came.at)}`,
    `Authentication-Results: kurier; ${results}`,
    `${receiptOfDoor}: ${came.id}`,
  ];
  return Buffer.concat([Buffer.from(`${lines.join("\r\n")}\r\n`), raw]);
}

const ownPeople = (from: string | undefined): string =>
  from === undefined ? "none" : `dmarc=pass header.from=${from.slice(from.lastIndexOf("@") + 1)}`;

/** Of the topmost results alone, and only in the verifier's own name: whatever stands below came along with the mail. */
function resultsBy(verifier: string, headers: readonly { key: string; value: string }[]): string {
  const topmost = headers.find(({ key }) => key === "authentication-results")?.value ?? "";
  const [, by = "", results = ""] = /^\s*([^\s;]+)(?:\s+\d+)?\s*;([\s\S]*)$/.exec(topmost) ?? [];
  return by.toLowerCase() === verifier.toLowerCase() ? oneLine(results).trim() || "none" : "none";
}

function hasEndlessLine(raw: Buffer): boolean {
  for (let start = 0; start < raw.length; ) {
    const end = raw.indexOf(0x0a, start);
    if ((end < 0 ? raw.length : end) - start > longestLine) return true;
    if (end < 0) return false;
    start = end + 1;
  }
  return false;
}

const oneLine = (text: string): string => text.replace(/[^\x20-\x7e]+/g, " ");
const rfcDate = (at: Date): string => at.toUTCString().replace("GMT", "+0000");
