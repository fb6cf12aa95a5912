import * as z from "zod";
import { roles } from "../rights.ts";
import { addressKeyLength } from "../subscriber/subscriber.ts";
import { restGroups } from "./rest.ts";

/**
 * What a table that is restored from an older copy must not forget: who is never to be written to again, which issues
 * may have left, and who may do what at the desk no more. Keys only, never an address: the journal outlives whoever is
 * erased.
 */

const addressKey = z.string().regex(new RegExp(`^[A-Za-z0-9_-]{${addressKeyLength}}$`));
const entry = { v: z.literal(1), at: z.iso.datetime() };
/** Somebody at the desk. An address may be invited anew: `person` is the hash of the id they had; older ids are made of names. */
const person = { publication: z.string(), addressKey, person: z.string(), version: z.int().min(0) };

export const journalEntrySchema = z.discriminatedUnion("kind", [
  /** A reader left a publication. */
  z.object({ ...entry, kind: z.literal("left"), publication: z.string(), addressKey }),
  z.object({ ...entry, kind: z.literal("suppressed"), addressKey, reason: z.string() }),
  z.object({ ...entry, kind: z.literal("unsuppressed"), addressKey }),
  /** Forgotten in every publication. */
  z.object({ ...entry, kind: z.literal("erased"), addressKey }),
  /** A reader has another address. */
  z.object({ ...entry, kind: z.literal("moved"), publication: z.string(), from: addressKey, to: addressKey }),
  /** Somebody of the desk is not one of its people any more. */
  z.object({ ...entry, ...person, kind: z.literal("removed") }),
  /** What somebody of the desk may do from now on: less, or more, or the same under another name. */
  z.object({ ...entry, ...person, kind: z.literal("appointed"), roles: z.array(z.enum(roles)).min(1) }),
  /** Letters of an issue may leave from now on; `pass` 0 is the issue itself, then each "send to the rest". */
  z.object({
    ...entry,
    kind: z.literal("begun"),
    ...{ publication: z.string(), issue: z.string(), fingerprint: z.string(), language: z.enum(["de", "en"]) },
    ...{ pass: z.int().min(0), rest: z.array(z.enum(restGroups)), topic: z.string().optional() },
  }),
]);
export type JournalEntry = z.infer<typeof journalEntrySchema>;
export type EntryKind = JournalEntry["kind"];
/** The entry of one kind. */
export type EntryOf<Kind extends EntryKind> = Extract<JournalEntry, { kind: Kind }>;
