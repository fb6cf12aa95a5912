import { type ChildProcessByStdio, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { total } from "../../core/delivery/batch.ts";
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

/** A real process on a real folder, killed while letters leave; the next one goes on. */

const script = fileURLToPath(new URL("delivering.ts", import.meta.url));
const readers = someReaders(2000);

type Child = ChildProcessByStdio<null, Readable, null>;
const living = new Set<Child>();
let folder: string;

beforeEach(() => {
  vi.spyOn(console, "error").mockImplementation(() => {});
  folder = mkdtempSync(join(tmpdir(), "kurier-killed-"));
});
afterEach(() => {
  for (const child of living) child.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

/** Time moves on between lives: what a dead process held is free again. */
const minutesOfLife = 10;

function born(life: number): { child: Child; heard: string[]; ended: Promise<void> } {
  const child = spawn(process.execPath, [script, folder, String(life * minutesOfLife)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  living.add(child);
  const heard: string[] = [];
  let rest = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    heard.push(...lines);
  });
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  child.once("exit", () => living.delete(child));
  return { child, heard, ended };
}

/** Kills them when so many letters have left, or they are done. */
async function livesUntil(count: number, lives: readonly ReturnType<typeof born>[]): Promise<string[]> {
  const sent = () => lives.flatMap(({ heard }) => heard.filter((line) => line.includes("@")));
  while (sent().length < count && lives.some(({ child }) => living.has(child)))
    await new Promise((look) => setTimeout(look, 5));
  for (const { child } of lives) child.kill("SIGKILL");
  await Promise.all(lives.map(({ ended }) => ended));
  return sent();
}

async function begin(): Promise<void> {
  const cloud = localCloud({ folder });
  await scheduleSpring(cloud);
  await takeIn(cloud, readers);
  await cloud.timer.wakeAt("plan-elblandbote-2026-01", cloud.clock.now().toISOString(), {
    target: "plan",
    payload: wake,
  });
  cloud.close();
}

/** Hours later: whatever is left is done, and what nobody can know is said. */
async function endAndCount(lives: number): Promise<{ unresolved: number; held: Record<string, number> }> {
  const clock = fakeClock(new Date(Date.now() + lives * minutesOfLife * 60_000).toISOString(), `end ${folder}`);
  const cloud = { ...localCloud({ folder, clock }), clock };
  try {
    await afterMinutes(cloud, 60, 5);
    const books = (await issueAccount(cloud, place.publication, place.issue)) ?? expect.unreachable();
    const held = letters(cloud);
    expect(Object.values(held).filter((count) => count !== 1)).toEqual([]);
    expect(books).toMatchObject({ candidates: 2000, planned: 2000, waiting: 0, sending: 0, uncertain: 0, rejected: 0 });
    expect(books.accepted + books.unresolved + total(books.skipped)).toBe(2000);
    const got = Object.keys(held).length;
    expect(got).toBeGreaterThanOrEqual(books.accepted);
    expect(2000 - got).toBeLessThanOrEqual(books.unresolved);
    const issue = await requireIssue(cloud, place.publication, place.issue);
    expect(issue).toMatchObject({ status: "sent", open: books.unresolved });
    return { unresolved: books.unresolved, held };
  } finally {
    cloud.close();
  }
}

describe("a process killed while two thousand letters leave", () => {
  it("leaves every reader with one letter, or says of whom it cannot know", { timeout: 60_000 }, async () => {
    await begin();
    const sent: string[] = [];
    for (const life of [1, 2, 3, 4]) sent.push(...(await livesUntil(1 + Math.random() * 500, [born(life)])));
    const { unresolved, held } = await endAndCount(5);
    expect(new Set(sent).size).toBe(sent.length);
    expect(sent.filter((address) => held[address] !== 1)).toEqual([]);
    // Sixteen rounds are walked at once, each with no more than a claim of forty in hand.
    expect(unresolved).toBeLessThanOrEqual(4 * 16 * 40);
  });

  it("so do two at once in one folder, one of them killed", { timeout: 60_000 }, async () => {
    await begin();
    const [doomed, other] = [born(1), born(1)];
    const sent = await livesUntil(300, [doomed]);
    await other.ended;
    sent.push(...other.heard.filter((line) => line.includes("@")));
    expect(new Set(sent).size).toBe(sent.length);
    await endAndCount(2);
  });
});
