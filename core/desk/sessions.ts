import { fill, type Language, words } from "../words.ts";
import { spokenTime } from "./spoken-time.ts";

/** A session as its owner sees it. */
export interface OwnSession {
  readonly id: string;
  readonly openedAt: string;
  readonly expiresAt: string;
}
export interface SessionLine {
  readonly main: string;
  readonly meta: string;
}

/** Where somebody is signed in, newest first. @param here the one they look from */
export function sessionLines(
  sessions: readonly OwnSession[],
  { here, timeZone, language }: { readonly here: string; readonly timeZone: string; readonly language: Language },
): SessionLine[] {
  const say = words(language).desk.sessions;
  return [...sessions]
    .sort((one, other) => other.openedAt.localeCompare(one.openedAt))
    .map(({ id, openedAt, expiresAt }) => ({
      main: fill(say.since, { at: spokenTime(openedAt, timeZone, language) }),
      meta: fill(id === here ? say.thisOne : say.until, { at: spokenTime(expiresAt, timeZone, language) }),
    }));
}
