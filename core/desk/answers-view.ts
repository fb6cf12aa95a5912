import type { Publication } from "../publication.ts";
import { fill, type Language, words } from "../words.ts";
import { type Named, nameOf } from "./name-of.ts";
import { spokenTime } from "./spoken-time.ts";

/** Somebody was asked about a build, or said something to it. */
export interface Answered {
  readonly name: string;
  readonly by: string;
  readonly at: string;
  readonly until: string;
  readonly fingerprint: string;
  readonly answer: { readonly is: "approved" | "declined"; readonly at: string; readonly words: string } | null;
}

export interface AnswerView {
  readonly line: string;
  /** Why not; "" where nothing was said. */
  readonly words: string;
  readonly tone: "quiet" | "good" | "asks" | "stops";
  readonly label: string;
}

/** What was asked and said of an issue. Of an older build it is told so. */
export function answersView(
  answers: readonly Answered[],
  {
    people,
    publication: { timeZone },
    fingerprint,
    isApproved,
    now,
    language,
  }: {
    readonly people: readonly Named[];
    readonly publication: Publication;
    readonly fingerprint: string | undefined;
    /** Somebody has approved the build: nobody needs to answer any more. */
    readonly isApproved: boolean;
    readonly now: Date;
    readonly language: Language;
  },
): AnswerView[] {
  const say = words(language).desk.sending.answers;
  return answers.map(({ name, by, at, until, answer, ...asked }) => {
    const isOld = asked.fingerprint !== fingerprint;
    const isOver = isOld || until <= now.toISOString();
    const state = answer?.is ?? (isOver ? "lapsed" : isApproved ? "settled" : "open");
    const asker = nameOf(people, by, language);
    const details = { name, asker, at: spokenTime(answer?.at ?? at, timeZone, language) };
    return {
      line: [fill(say[state], details), ...(isOld && answer ? [say.older] : [])].join(" "),
      words: answer?.words ?? "",
      tone: isOld ? "quiet" : tones[state],
      label: say.states[state],
    };
  });
}

const tones = { open: "asks", lapsed: "quiet", settled: "quiet", approved: "good", declined: "stops" } as const;
