import { operator } from "../../core/rights.ts";
import type { Cloud } from "../../functions/cloud/cloud.ts";
import { sendRest } from "../../functions/desk/rest.ts";
import { cancelIssue, pauseIssue, resumeIssue } from "../../functions/desk/sending.ts";
import type { Place } from "../../functions/records/issue-control.ts";
import { issueKey } from "../../functions/records/keys.ts";
import { leave } from "../../functions/records/subscribers.ts";
import { leadMilliseconds } from "./issues.ts";
import type { Lambda } from "./lambda.ts";
import { calmTable } from "./memory-table.ts";
import { readerId } from "./observed.ts";
import { type Reader, readerOf, suppression, takeIn } from "./readers.ts";
import type { World } from "./world.ts";

const minute = 60_000;

/** What people do meanwhile, each at a moment of their own. */
export function letPeopleAct(world: World, lambda: Lambda): void {
  const { lots, time, faults, slowness } = world;
  const isCrowded = lots.chance(0.6);
  const anywhere = (): number => lots.between(0, faults.endsAt - time.now());
  const atTheFreeze = (): number => leadMilliseconds + lots.between(0, 1000 * slowness);
  const longest = lots.pick([5000, 20_000, 60_000]);
  const whileLettersLeave = (): number => atTheFreeze() + lots.between(0, longest);
  const moments: Moments = {
    whileLettersLeave,
    // Anywhere; or, in half of the seeds, most of it while the audience is frozen and letters leave.
    sometime: (act) =>
      time.after(isCrowded ? lots.pick([anywhere, atTheFreeze, whileLettersLeave])() : anywhere(), act),
  };
  letReadersAct(world, lambda, moments);
  for (const place of world.issues) letPublishersAct(world, lambda, place, moments);
  letOperatorsAct(world, lambda, moments);
  if (lots.chance(0.25)) moments.sometime(() => lambda.redeploy());
}

interface Moments {
  whileLettersLeave(): number;
  sometime(act: () => void): void;
}

// ── readers ──────────────────────────────────────────────────────────────────────────────────────

function letReadersAct(world: World, lambda: Lambda, { sometime }: Moments): void {
  const { lots, observed, faults } = world;
  const leavers = lots.pick([0, 0.05, 0.3, 0.6, 1]);
  const unlucky = lots.pick([0, 0.2, 0.6]);
  const joining = lots.pick([0, 0, 5, 30]);
  /** Who decides to go just when their letter is about to leave. */
  const leavesNow = new Map<string, [string, Reader]>();
  for (const [publication, readers] of world.readers) {
    for (const reader of readers) {
      if (lots.chance(leavers)) sometime(() => void leaving(world, lambda, publication, reader));
      else if (lots.chance(leavers / 3)) sometime(() => suppress(world, reader));
      if (lots.chance(unlucky)) leavesNow.set(reader.addressKey, [publication, reader]);
    }
    for (let number = 0; number < joining; number++) sometime(() => join(world, publication, number));
  }
  observed.onClaim = (addressKey) => {
    const [publication, reader] = leavesNow.get(addressKey) ?? [];
    if (!publication || !reader || faults.isOver()) return;
    leavesNow.delete(addressKey);
    void leaving(world, lambda, publication, reader);
  };
}

/** A reader presses the link until they are told that they have left, or give up. */
async function leaving(world: World, lambda: Lambda, publication: string, reader: Reader): Promise<void> {
  const id = readerId(publication, reader.addressKey);
  world.faults.count("reader left");
  world.observed.gone.add(id);
  for (let tries = 0; tries < 4; tries++) {
    const hasLeft = await lambda.act("leave", 10, (cloud) => leave(cloud, publication, reader.addressKey));
    if (!hasLeft) continue;
    world.observed.leftAt.set(id, world.time.now());
    return world.tell(`${reader.address} was told that they have left ${publication}`);
  }
}

function suppress({ table, observed, faults, time, tell }: World, { addressKey, address }: Reader): void {
  faults.count("reader suppressed");
  if (!observed.suppressedAt.has(addressKey)) observed.suppressedAt.set(addressKey, time.now());
  table.write([suppression(addressKey)]);
  tell(`${address} is suppressed`);
}

function join(world: World, publication: string, number: number): void {
  const reader = { ...readerOf(`neu${number}@auenrode.example`, world.lots), start: "confirmed" } as const;
  world.faults.count("reader joined");
  void takeIn(calmTable(world.table), publication, [reader]);
  world.tell(`${reader.address} joins ${publication}`);
}

// ── publishers ───────────────────────────────────────────────────────────────────────────────────

/** So many pauses and resumptions in a minute are somebody's nerves, or a script's. */
const storm = 50;

function letPublishersAct(world: World, lambda: Lambda, place: Place, { sometime, whileLettersLeave }: Moments): void {
  const { lots, time } = world;
  if (lots.chance(0.5)) time.after(whileLettersLeave(), () => void pause(world, lambda, place));
  if (lots.chance(0.2)) sometime(() => void pause(world, lambda, place));
  if (lots.chance(0.08)) sometime(() => void cancel(world, lambda, place));
  if (lots.chance(0.06)) {
    for (let number = 0; number < storm; number++) {
      time.after(whileLettersLeave(), () => void pause(world, lambda, place));
      time.after(whileLettersLeave(), () => void resume(lambda, place));
    }
  }
  everyMinute(world, () => void resumeWhatWaits(world, lambda, place));
  if (lots.chance(0.4)) everyMinute(world, () => void sendToTheRest(world, lambda, place));
}

async function pause(world: World, lambda: Lambda, place: Place): Promise<void> {
  const isDone = await lambda.act("pause", 10, (cloud) => pauseIssue(cloud, operator, place));
  if (isDone) world.faults.count("issue paused");
}

const resume = (lambda: Lambda, place: Place): Promise<boolean> =>
  lambda.act("resume", 10, (cloud) => resumeIssue(cloud, operator, place));

async function cancel(world: World, lambda: Lambda, place: Place): Promise<void> {
  const isDone = await lambda.act("cancel", 10, (cloud) => cancelIssue(cloud, operator, place));
  if (isDone) world.faults.count("issue cancelled");
}

/** Whoever sees the issue waiting says "go on", sooner or later; when everything is well again, within a minute. */
async function resumeWhatWaits(world: World, lambda: Lambda, place: Place): Promise<void> {
  const [issue] = world.table.get([issueKey(place.publication, place.issue)]);
  if (issue?.status !== "paused" || (!world.faults.isOver() && world.lots.chance(0.5))) return;
  await resume(lambda, place);
}

/** Whoever has no letter of an issue that is done gets it after all: those nobody tried, and who joined since. */
async function sendToTheRest({ table, faults, lots }: World, lambda: Lambda, place: Place): Promise<void> {
  const [issue] = table.get([issueKey(place.publication, place.issue)]);
  const isDone = issue?.status === "sent" || issue?.status === "cancelled";
  if (!isDone || faults.isOver() || lots.chance(0.3)) return;
  const isSaid = await lambda.act("send-rest", 10, (cloud) =>
    sendRest(cloud, operator, place, ["never-begun", "joined"]),
  );
  if (isSaid) faults.count("sent to the rest");
}

// ── operators ────────────────────────────────────────────────────────────────────────────────────

/** The emergency stop, and a stop that is none of the issue's business; both are lifted before the faults are over. */
function letOperatorsAct(world: World, lambda: Lambda, { sometime }: Moments): void {
  const { lots, faults, time } = world;
  const stop = (kind: "editions stopped by a person" | "confirmations stopped by a person"): void => {
    const stream = kind === "editions stopped by a person" ? "editions" : "confirmations";
    const stopAndLift = async (): Promise<void> => {
      await untilDone(lambda, (cloud) => cloud.mail.close(stream));
      const left = faults.endsAt - time.now();
      time.after(Math.min(left, lots.between(10_000, 10 * minute)), () => {
        void untilDone(lambda, (cloud) => cloud.mail.open(stream));
      });
    };
    sometime(() => {
      if (faults.isOver()) return;
      faults.count(kind);
      void stopAndLift();
    });
  };
  if (lots.chance(0.08)) stop("editions stopped by a person");
  if (lots.chance(0.08)) stop("confirmations stopped by a person");
}

/** Somebody who means it says it again. */
async function untilDone(lambda: Lambda, work: (cloud: Cloud) => Promise<void>): Promise<void> {
  for (let tries = 0; tries < 20; tries++) if (await lambda.act("stream", 10, work)) return;
}

function everyMinute(world: World, act: () => void): void {
  world.time.after(minute, () => {
    act();
    everyMinute(world, act);
  });
}
