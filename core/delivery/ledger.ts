import { gunzipSync, gzipSync } from "node:zlib";
import * as z from "zod";
import type { AddressKey } from "../subscriber/subscriber.ts";
import type { Frozen } from "./account.ts";
import type { Delivery } from "./delivery.ts";

/**
 * A round's ledger as a file: lines of JSON, packed. The first says what was frozen, each further one what became of one
 * reader, in key order. Keys only; who was never written to is there too.
 */

export interface LedgerHead extends Frozen {
  readonly v: 1;
  readonly publication: string;
  readonly issue: string;
  readonly round: string;
  /** Which "send to the rest" it was balanced after; 0 at first. */
  readonly pass: number;
}
/** `cancelled` without an attempt: nobody tried. */
export type LedgerLine = Delivery | NeverBegun;
export interface NeverBegun {
  readonly addressKey: AddressKey;
  readonly state: "cancelled";
}

/** Whether anybody tried to write to this reader. */
export const isBegun = (line: LedgerLine): line is Delivery => "attempt" in line;

/** Packs lines; packed pieces one behind the other are one packed file (RFC 1952, section 2.2). */
export const pack = (lines: readonly (LedgerHead | LedgerLine)[]): Uint8Array =>
  gzipSync(lines.map((line) => `${JSON.stringify(line)}\n`).join(""));

const count = z.int().min(0);
const headSchema = z.object({
  ...{ v: z.literal(1), publication: z.string(), issue: z.string(), round: z.string(), pass: count },
  ...{ candidates: count, planned: count, excluded: z.record(z.string(), count) },
});
const lineSchema = z.looseObject({ addressKey: z.string(), state: z.string() });

/** @throws when the file is not a whole ledger: then nothing in it can be relied on */
export function unpack(file: Uint8Array): { head: LedgerHead; lines: LedgerLine[] } {
  const [first = "", ...rest] = gunzipSync(file).toString("utf8").trimEnd().split("\n");
  const head = headSchema.parse(JSON.parse(first));
  const lines = rest.map((line) => lineSchema.parse(JSON.parse(line)) as unknown as LedgerLine);
  if (lines.length !== head.planned) throw new Error(`a ledger of ${head.planned} has ${lines.length} lines`);
  return { head, lines };
}
