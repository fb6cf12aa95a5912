import type { Words } from "./words.ts";

export type RefusalCode = keyof Words["refusal"];
export type NoteCode = keyof Words["note"];
/** What fills the gaps of a sentence. Never an address of a reader: details are stored and logged. */
export type Details = Readonly<Record<string, string | number>>;

/** A rule said no. Never retried; its sentence lives in `core/wording` under `refusal.<code>`. */
export class Refusal extends Error {
  readonly code: RefusalCode;
  readonly details: Details;

  constructor(code: RefusalCode, details: Details = {}) {
    super(`${code} ${JSON.stringify(details)}`);
    this.name = "Refusal";
    this.code = code;
    this.details = details;
  }
}

/** Something worth telling the author or editor that stops nothing; its sentence lives under `note.<code>`. */
export interface Note {
  readonly code: NoteCode;
  readonly details: Details;
}

/** A note with what fills its gaps. */
export const note = (code: NoteCode, details: Details = {}): Note => ({ code, details });
