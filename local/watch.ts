import { Presets, SingleBar } from "cli-progress";
import type { IssueAccount } from "../core/delivery/account.ts";
import { fill } from "../core/words.ts";
import type { Place } from "../functions/records/issue-control.ts";
import { doneOf, isResting, type Standing, standingOf } from "../functions/records/standing.ts";
import { number } from "./account-lines.ts";
import type { Call } from "./commands/command.ts";
import type { Session } from "./session.ts";
import { standingData } from "./standing-data.ts";
import { headLine } from "./standing-lines.ts";
import { listedTime, spokenTime } from "./wall-clock.ts";

/** Looks this often. */
const lookMilliseconds = 1000;

/**
 * Watches an issue until it rests or somebody presses Ctrl-C, and works meanwhile where no server does. Answers how it
 * stood last.
 */
export async function watch(call: Call, session: Session, place: Place, timeZone: string): Promise<Standing> {
  const stop = new AbortController();
  const forget = onStop(() => stop.abort());
  const working = session.keepWorking(stop.signal);
  const screen = screenFor(call, timeZone);
  try {
    for (const looks: Standing[] = []; ; ) {
      const standing = await standingOf(session.cloud, place);
      looks.push(standing);
      await screen.show(standing, perMinute(looks));
      if (isResting(standing) || stop.signal.aborted) return standing;
      await Promise.race([session.cloud.clock.sleep(lookMilliseconds), aborted(stop.signal)]);
    }
  } finally {
    screen.stop();
    forget();
    stop.abort();
    await working;
  }
}

function onStop(stop: () => void): () => void {
  const signals = ["SIGINT", "SIGTERM"] as const;
  for (const signal of signals) process.on(signal, stop);
  return () => {
    for (const signal of signals) process.off(signal, stop);
  };
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });

/** A rate is of this long at most: what was an hour ago says nothing. */
const lately = 60_000;

/** Letters accepted a minute, lately; undefined while nothing leaves. Forgets the looks that are too old. */
export function perMinute(looks: Standing[]): number | undefined {
  const last = looks.at(-1);
  if (!last) return undefined;
  const since = (look: Standing): number => Date.parse(last.at) - Date.parse(look.at);
  // The wait before the first letter is no part of the pace either.
  while (looks[0] && looks[1] && (since(looks[0]) > lately || acceptedIn(looks[0]) === acceptedIn(looks[1])))
    looks.shift();
  const [first = last] = looks;
  const letters = acceptedIn(last) - acceptedIn(first);
  return letters > 0 ? Math.round((letters * lately) / since(first)) : undefined;
}

const acceptedIn = ({ account }: Standing): number => account?.accepted ?? 0;

interface Screen {
  show(standing: Standing, perMinute: number | undefined): Promise<void>;
  stop(): void;
}

/** A bar on a terminal, a line now and then elsewhere, an object a line as JSON. */
function screenFor(call: Call, timeZone: string): Screen {
  if (call.options.json === true) {
    const show: Screen["show"] = (standing, letters) =>
      call.terminal.print(`${JSON.stringify(standingData(standing, letters))}\n`);
    return { show, stop: () => {} };
  }
  return process.stderr.isTTY ? barScreen(call, timeZone) : lineScreen(call, timeZone);
}

function barScreen(call: Call, timeZone: string): Screen {
  const bar = new SingleBar(
    { format: "{bar} {percentage} %  {beside}", stream: process.stderr, clearOnComplete: true, hideCursor: true },
    Presets.rect,
  );
  let [isBegun, said] = [false, ""];
  return {
    async show(standing, letters) {
      const { issue, account } = standing;
      const beside = account ? besideBar(call, account, letters) : headLine(call.language, issue);
      if (!isBegun) bar.start(account?.planned ?? 1, 0, { beside });
      isBegun = true;
      const wait = waitLine(call, standing, timeZone);
      // Too long to stand beside the bar: a line above it.
      if (wait && wait !== said) process.stderr.write(`${clearLine}${wait}\n`);
      said = wait;
      bar.setTotal(Math.max(1, account?.planned ?? 1));
      bar.update(account ? doneOf(account) : 0, { beside });
    },
    stop() {
      bar.stop();
      process.stderr.write(clearLine);
    },
  };
}

const clearLine = "\u001b[2K\r";

/** Why nothing leaves, and until when; "" while something does. */
function waitLine({ language, say }: Call, { waitsFor }: Standing, timeZone: string): string {
  if (!waitsFor) return "";
  return fill(say.standing[waitsFor.for], { at: spokenTime(new Date(waitsFor.until), timeZone, language) });
}

const besideBar = ({ language, say }: Call, { accepted, waiting }: IssueAccount, letters: number | undefined): string =>
  [
    fill(say.watch.beside, { accepted: number(language, accepted), waiting: number(language, waiting) }),
    ...(letters ? [fill(say.watch.rate, { letters: number(language, letters) })] : []),
  ].join(", ");

const lineMilliseconds = 5000;

function lineScreen(call: Call, timeZone: string): Screen {
  let [said, saidAt] = ["", 0];
  return {
    async show(standing, letters) {
      const { issue, account, at } = standing;
      const line = account
        ? fill(call.say.watch.line, {
            planned: number(call.language, account.planned),
            ...{ done: number(call.language, doneOf(account)), beside: besideBar(call, account, letters) },
          })
        : headLine(call.language, issue);
      const lines = [line, waitLine(call, standing, timeZone)].filter(Boolean).join(". ");
      if (lines === said || Date.parse(at) - saidAt < lineMilliseconds) return;
      [said, saidAt] = [lines, Date.parse(at)];
      await call.terminal.print(`${listedTime(at, timeZone)}  ${lines}\n`);
    },
    stop: () => {},
  };
}
