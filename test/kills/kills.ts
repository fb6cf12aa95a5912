import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { operator } from "../../core/rights.ts";
import { restOf, sendRest } from "../../functions/desk/rest.ts";
import { issueAccount } from "../../functions/records/account.ts";
import { requireIssue } from "../../functions/records/issues.ts";
import { localCloud } from "../../local/cloud/local-cloud.ts";
import { fakeClock } from "../cloud/fake-clock.ts";
import {
  afterMinutes,
  letters,
  place,
  scheduleSpring,
  someReaders,
  takeIn,
  wake,
} from "../functions/an-issue-to-send.ts";
import { grace, manner, secondsOfLife } from "./settings.ts";

/**
 * `npm run kills`: a real process on a real folder brings an issue to five thousand readers and is killed fifty times
 * at random moments (SIGKILL). What it left open is then sent to the rest, once. Every reader has exactly one letter.
 */
const readers = someReaders(5000);
const kills = 50;
/** On the average a life brings so many letters: the issue lasts for all of them. */
const lettersPerLife = 80;

const folder = mkdtempSync(join(tmpdir(), "kurier-kills-"));
const life = fileURLToPath(new URL("life.ts", import.meta.url));
const living = new Set<{ kill(signal: "SIGKILL"): boolean }>();

async function begin(): Promise<void> {
  const cloud = localCloud({ folder });
  await scheduleSpring(cloud);
  await takeIn(cloud, readers);
  const now = cloud.clock.now().toISOString();
  await cloud.timer.wakeAt("plan-elblandbote-2026-01", now, { target: "plan", payload: wake });
  cloud.close();
}

/** Lives until so many letters have left and a few milliseconds more, or nothing has happened for long. */
async function liveAndDie(number: number): Promise<string[]> {
  const child = spawn(process.execPath, [life, folder, String(number * secondsOfLife)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  living.add(child);
  const sent: string[] = [];
  const last = Math.floor(Math.random() * 2 * lettersPerLife);
  const die = (): void => void wait(Math.random() * 40).then(() => child.kill("SIGKILL"));
  let longest: NodeJS.Timeout | undefined;
  for await (const line of createInterface({ input: child.stdout })) {
    longest ??= setTimeout(die, longestLife);
    if (line.includes("@")) sent.push(line);
    if (sent.length === last) die();
  }
  clearTimeout(longest);
  living.delete(child);
  return sent;
}
/** From its first word on, in milliseconds: when everything has left there is nothing more to wait for. */
const longestLife = 2000;

/** Hours later nobody kills any more: what is open is sent to the rest, once. */
async function endWell(sent: readonly string[]) {
  const later = new Date(Date.now() + (kills + 2) * secondsOfLife * 1000).toISOString();
  const clock = fakeClock(later, `end ${folder}`);
  const cloud = { ...localCloud({ folder, clock, grace, manner }), clock };
  try {
    await afterMinutes(cloud, 20, 1);
    const before = await issueAccount(cloud, place.publication, place.issue);
    const rest = await restOf(cloud, place);
    if (rest.unresolved > 0) await sendRest(cloud, operator, place, ["unresolved"]);
    await afterMinutes(cloud, 20, 1);
    const after = await issueAccount(cloud, place.publication, place.issue);
    const held = letters(cloud);
    const { status } = await requireIssue(cloud, place.publication, place.issue);
    return {
      ...{ readers: readers.length, kills, saidToHaveLeft: sent.length, openBefore: before?.unresolved ?? -1, rest },
      sentTwice: Object.values(held).filter((count) => count > 1).length,
      withoutLetter: readers.filter((address) => held[address] === undefined).length,
      ...{ accepted: after?.accepted, unresolved: after?.unresolved, waiting: after?.waiting, status },
    };
  } finally {
    cloud.close();
  }
}

const begunAt = performance.now();
console.error = () => {}; // the dead leave faults behind that the living tell of
try {
  await begin();
  const sent: string[] = [];
  for (let number = 1; number <= kills; number++) sent.push(...(await liveAndDie(number)));
  const end = await endWell(sent);
  const isClean =
    end.sentTwice === 0 &&
    end.withoutLetter === 0 &&
    end.accepted === readers.length &&
    end.unresolved === 0 &&
    end.waiting === 0 &&
    end.status === "sent";
  console.log(JSON.stringify({ ...end, isClean, seconds: Math.round((performance.now() - begunAt) / 1000) }));
  process.exitCode = isClean ? 0 : 1;
} finally {
  for (const child of living) child.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
}
