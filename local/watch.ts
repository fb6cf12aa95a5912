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
import { listedTime } from "./wall-clock.ts";

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
  return process.stderr.isTTY ? barScreen(call) : lineScreen(call, timeZone);
}

function barScreen(call: Call): Screen {
  const bar = new SingleBar(
    { format: "{bar} {percentage} %  {beside}", stream: process.stderr, clearOnComplete: true, hideCursor: true },
    Presets.rect,
  );
  let isBegun = false;
  return {
    async show({ issue, account }, letters) {
      const beside = account ? besideBar(call, account, letters) : headLine(call.language, issue);
      if (!isBegun) bar.start(account?.planned ?? 1, 0, { beside });
      isBegun = true;
      bar.setTotal(Math.max(1, account?.planned ?? 1));
      bar.update(account ? doneOf(account) : 0, { beside });
    },
    stop() {
      bar.stop();
      process.stderr.write("\u001b[2K\r");
    },
  };
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
    async show({ issue, account, at }, letters) {
      const line = account
        ? fill(call.say.watch.line, {
            ...{ at: listedTime(at, timeZone), planned: number(call.language, account.planned) },
            ...{ done: number(call.language, doneOf(account)), beside: besideBar(call, account, letters) },
          })
        : headLine(call.language, issue);
      if (line === said || Date.parse(at) - saidAt < lineMilliseconds) return;
      [said, saidAt] = [line, Date.parse(at)];
      await call.terminal.print(`${line}\n`);
    },
    stop: () => {},
  };
}
