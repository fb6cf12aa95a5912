import { operator } from "../../core/rights.ts";
import { pauseIssue, resumeIssue } from "../../functions/desk/sending.ts";
import { issueKey } from "../../functions/records/keys.ts";
import { leave } from "../../functions/records/subscribers.ts";
import { place } from "../functions/an-issue-to-send.ts";
import type { Lambda } from "./lambda.ts";
import { calmTable } from "./memory-table.ts";
import { type Reader, readerOf, suppression, takeIn } from "./readers.ts";
import type { World } from "./world.ts";

/** The issue's time comes a minute after the world begins. */
const freezes = 60_000;

/** What people do meanwhile, each at a moment of their own. */
export function letPeopleAct(world: World, lambda: Lambda, readers: readonly Reader[]): void {
  const { lots, time, faults, slowness, observed } = world;
  const { endsAt } = faults;
  const isCrowded = lots.chance(0.6);
  const anywhere = (): number => lots.between(0, endsAt - time.now());
  const atTheFreeze = (): number => freezes + lots.between(0, 1000 * slowness);
  const longest = lots.pick([5000, 20_000, 60_000]);
  const whileLettersLeave = (): number => atTheFreeze() + lots.between(0, longest);
  /** Anywhere; or, in half of the seeds, most of it while the audience is frozen and letters leave. */
  const sometime = (act: () => void): void =>
    time.after(isCrowded ? lots.pick([anywhere, atTheFreeze, whileLettersLeave])() : anywhere(), act);
  const leavers = lots.pick([0, 0.05, 0.3, 0.6]);
  for (const reader of readers) {
    if (lots.chance(leavers)) sometime(() => void leaving(world, lambda, reader));
    else if (lots.chance(leavers / 3)) sometime(() => suppress(world, reader));
  }
  const unlucky = lots.pick([0, 0.2, 0.6]);
  /** Who decides to go just when their letter is about to leave. */
  const leavesNow = new Map(readers.filter(() => lots.chance(unlucky)).map((reader) => [reader.addressKey, reader]));
  observed.onClaim = (addressKey) => {
    const reader = leavesNow.get(addressKey);
    if (reader && leavesNow.delete(addressKey) && !faults.isOver()) void leaving(world, lambda, reader);
  };
  const joining = lots.pick([0, 0, 5, 30]);
  for (let number = 0; number < joining; number++) sometime(() => join(world, number));
  if (lots.chance(0.5)) time.after(whileLettersLeave(), () => void pause(world, lambda));
  if (lots.chance(0.2)) sometime(() => void pause(world, lambda));
  everyMinute(world, () => void resumeWhatWaits(world, lambda));
}

/** A reader presses the link until they are told that they have left, or give up. */
async function leaving(world: World, lambda: Lambda, { addressKey, address }: Reader): Promise<void> {
  world.faults.count("reader left");
  world.observed.gone.add(addressKey);
  for (let tries = 0; tries < 4; tries++) {
    const hasLeft = await lambda.act("leave", 10, (cloud) => leave(cloud, place.publication, addressKey));
    if (!hasLeft) continue;
    world.observed.leftAt.set(addressKey, world.time.now());
    return world.tell(`${address} was told that they have left`);
  }
}

function suppress(world: World, { addressKey, address }: Reader): void {
  world.faults.count("reader suppressed");
  world.observed.gone.add(addressKey);
  world.observed.leftAt.set(addressKey, world.time.now());
  world.table.write([suppression(addressKey)]);
  world.tell(`${address} is suppressed`);
}

function join(world: World, number: number): void {
  const reader = { ...readerOf(`neu${number}@auenrode.example`, world.lots), start: "confirmed" } as const;
  world.faults.count("reader joined");
  void takeIn(calmTable(world.table), [reader]);
  world.tell(`${reader.address} joins`);
}

async function pause(world: World, lambda: Lambda): Promise<void> {
  const isDone = await lambda.act("pause", 10, (cloud) => pauseIssue(cloud, operator, place));
  if (isDone) world.faults.count("issue paused");
}

/** Whoever sees the issue waiting says "go on", sooner or later; when everything is well again, within a minute. */
async function resumeWhatWaits(world: World, lambda: Lambda): Promise<void> {
  const [issue] = world.table.get([issueKey(place.publication, place.issue)]);
  if (issue?.status !== "paused" || (!world.faults.isOver() && world.lots.chance(0.5))) return;
  await lambda.act("resume", 10, (cloud) => resumeIssue(cloud, operator, place));
}

function everyMinute(world: World, act: () => void): void {
  world.time.after(60_000, () => {
    act();
    everyMinute(world, act);
  });
}
