import type { NoteCode } from "../../core/refusal.ts";

/** A document that our reader and another read, and what may differ. */
export interface PeerDocument {
  /** Its file's, without the ending. */
  readonly name: string;
  /** What our reader tells its author, in any order. */
  readonly notes: readonly NoteCode[];
  /** Words the other reads and we leave out: one of the notes stands for them, or an edition prints them itself ("Foto: …"). */
  readonly leftOut?: readonly string[];
  /** Words that the other overlooks and we must not. */
  readonly overlooked?: readonly string[];
}
