import { loopHeader } from "../delivery/headers.ts";
import { demandReader } from "../email-address.ts";
import { Refusal } from "../refusal.ts";
import type { MailHead } from "./head.ts";
import { cameFromNobody } from "./trace.ts";

/** Why a mail is a machine's: nothing is made of it, and it is never answered. */
export type Automatic = "auto-submitted" | "bulk" | "list" | "bounce" | "machine" | "loop";

/**
 * Two programs that answer each other never stop (RFC 3834): out-of-office notes, bounces, lists and our own answers.
 *
 * @param ours addresses we write from or receive at
 */
export function automatic({ headers, trace, from }: MailHead, ours: readonly string[]): Automatic | undefined {
  const value = (name: string): string | undefined => headers.find(({ key }) => key === name)?.value.trim();
  if (!/^(no\b.*)?$/i.test(value("auto-submitted") ?? "")) return "auto-submitted";
  if (value("x-autoreply") ?? value("x-autorespond")) return "auto-submitted";
  if (/^(bulk|list|junk|auto_reply)\b/i.test(value("precedence") ?? "")) return "bulk";
  if (headers.some(({ key }) => key === "list-id" || key === "list-unsubscribe")) return "list";
  if (/^multipart\/report\b/i.test(value("content-type") ?? "") || (trace && cameFromNobody(trace))) return "bounce";
  if (value(loopHeader.toLowerCase()) !== undefined || (from && ours.includes(from))) return "loop";
  return from && isMachine(from) ? "machine" : undefined;
}

function isMachine(address: string): boolean {
  try {
    demandReader(address);
    return false;
  } catch (refusal) {
    if (refusal instanceof Refusal) return true;
    throw refusal;
  }
}
