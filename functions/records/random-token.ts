import type { Clock } from "../cloud/cloud.ts";

/** 256 random bits, base64url: what nobody guesses. */
export function randomToken(clock: Clock): string {
  const halves = [clock.id(), clock.id()].map((half) => Buffer.from(half, "base64url"));
  return Buffer.concat(halves).toString("base64url");
}

/** Whether a text looks like one; what does not is looked up nowhere. */
export const isToken = (text: string): boolean => /^[A-Za-z0-9_-]{43}$/.test(text);
