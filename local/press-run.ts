import type { Details, Note, NoteCode, Refusal, RefusalCode } from "../core/refusal.ts";
import { type Language, noteSentence, refusalSentence } from "../core/words.ts";

/** The steps of a press, in order; also the names of its measured times. */
export type PressStep = "read" | "ingest" | "build" | "deliver" | "write";

export interface Said<Code> {
  readonly code: Code;
  readonly details: Details;
  readonly sentence: string;
  /** The submission, issue or file it is about. */
  readonly about: string;
}

/** Told when a step begins, how many letters there will be, and at each letter. */
export interface Progress {
  step(step: PressStep): void;
  letters(count: number): void;
  letter(): void;
}

/** What one press has said so far, and how long its steps took. */
export interface PressRun {
  readonly language: Language;
  readonly progress: Progress | undefined;
  readonly notes: Said<NoteCode>[];
  readonly refusals: Said<RefusalCode>[];
  readonly seconds: Partial<Record<PressStep, number>>;
  step<T>(step: PressStep, work: () => Promise<T>): Promise<T>;
  note(notes: readonly Note[], about: string): void;
  refuse(refusals: readonly Pick<Refusal, "code" | "details">[], about: string): void;
}

export function newRun(language: Language, progress: Progress | undefined): PressRun {
  const run: PressRun = {
    ...{ language, progress, notes: [], refusals: [], seconds: {} },
    async step(step, work) {
      progress?.step(step);
      const started = performance.now();
      const result = await work();
      run.seconds[step] = Math.round(performance.now() - started) / 1000;
      return result;
    },
    note(notes, about) {
      for (const { code, details } of notes)
        run.notes.push({ code, details, sentence: noteSentence(language, { code, details }), about });
    },
    refuse(refusals, about) {
      for (const { code, details } of refusals)
        run.refusals.push({ code, details, sentence: refusalSentence(language, { code, details }), about });
    },
  };
  return run;
}
