import { fill, type Language, words } from "../words.ts";
import type { Device } from "./device.ts";
import { spokenTime } from "./spoken-time.ts";

/** A session as its owner sees it. */
export interface OwnSession {
  readonly id: string;
  readonly device: Device;
  readonly openedAt: string;
  readonly expiresAt: string;
}
export interface SessionLine {
  readonly id: string;
  readonly isHere: boolean;
  readonly device: string;
  readonly since: string;
  readonly until: string;
}

/** Where somebody is signed in: where they look from first, then the newest. @param here the one they look from */
export function sessionLines(
  sessions: readonly OwnSession[],
  { here, timeZone, language }: { readonly here: string; readonly timeZone: string; readonly language: Language },
): SessionLine[] {
  const say = words(language).desk.sessions;
  const spoken = (at: string): string => spokenTime(at, timeZone, language);
  return [...sessions]
    .sort(
      (one, other) => Number(other.id === here) - Number(one.id === here) || (one.openedAt < other.openedAt ? 1 : -1),
    )
    .map(({ id, device, openedAt, expiresAt }) => ({
      ...{ id, isHere: id === here, device: deviceSpoken(device, language) },
      ...{ since: fill(say.since, { at: spoken(openedAt) }), until: fill(say.until, { at: spoken(expiresAt) }) },
    }));
}

/** "Firefox auf Windows" */
export function deviceSpoken({ browser, system }: Device, language: Language): string {
  const { device } = words(language).desk.sessions;
  const named = browser ?? device.browser;
  return system ? fill(device.on[system], { browser: named }) : named;
}
