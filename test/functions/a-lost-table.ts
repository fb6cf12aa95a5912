import { copyFileSync, cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { operator } from "../../core/rights.ts";
import type { Cloud } from "../../functions/cloud/cloud.ts";
import { lookAtRestored, type Restored, restore } from "../../functions/desk/restoring.ts";
import { openRow } from "../../functions/records/issue-control.ts";
import { issueName } from "../../functions/records/keys.ts";
import { localCloud } from "../../local/cloud/local-cloud.ts";
import { type FakeClock, fakeClock } from "../cloud/fake-clock.ts";
import type { TestCloud } from "../cloud/test-cloud.ts";
import { type AnotherIssue, place, scheduleSpring } from "./an-issue-to-send.ts";

/** A folder that is opened again and again, whose table is saved, put back, or which is copied whole. */
export interface Folder {
  readonly clock: FakeClock;
  /** The cloud of the folder; whatever was open before is closed. */
  open(): TestCloud;
  /** Keeps the table as it stands, and goes on. */
  saveTable(): TestCloud;
  /** Lays the kept table over the one that stands; everything else stays as it is. */
  putTableBack(): TestCloud;
  /** The cloud of a copy of the folder as it lies on disk, as somebody makes it while a server works in it. */
  copyWhole(): TestCloud;
}

export function aFolder(): Folder {
  const clock = fakeClock();
  const folder = mkdtempSync(join(tmpdir(), "kurier-lost-"));
  const all: TestCloud[] = [];
  const folders = [folder];
  const openIn = (place: string): TestCloud => {
    const cloud = { ...localCloud({ folder: place, clock, isDurable: false }), clock };
    all.push(cloud);
    return cloud;
  };
  let current: TestCloud | undefined;
  const close = (): void => {
    current?.close();
    all.splice(all.indexOf(current as TestCloud), current ? 1 : 0);
    current = undefined;
  };
  const open = (): TestCloud => {
    close();
    current = openIn(folder);
    return current;
  };
  onTestFinished(() => {
    for (const cloud of all) cloud.close();
    for (const place of folders) rmSync(place, { recursive: true, force: true });
  });
  const [table, saved] = [join(folder, "table.db"), join(folder, "saved.db")];
  return {
    clock,
    open,
    saveTable() {
      close();
      copyFileSync(table, saved);
      return open();
    },
    putTableBack() {
      close();
      copyFileSync(saved, table);
      return open();
    },
    copyWhole() {
      const place = mkdtempSync(join(tmpdir(), "kurier-copied-"));
      folders.push(place);
      cpSync(folder, place, { recursive: true });
      return openIn(place);
    },
  };
}

/** The issue and its alarm, as the desk leaves them when it schedules. */
export async function scheduleWhole(cloud: TestCloud, another: AnotherIssue = {}): Promise<void> {
  await scheduleSpring(cloud, another);
  const issue = `2026-0${another.number ?? 1}`;
  await cloud.table.each([openRow({ ...place, issue })]);
  const wake = { target: "plan", payload: { v: 1, ...place, issue } } as const;
  await cloud.timer.wakeAt(`plan-${issueName(place.publication, issue)}`, cloud.clock.now().toISOString(), wake);
}

/** As the command does it. Undefined when there is nothing to restore. */
export async function restored(cloud: Cloud): Promise<Restored | undefined> {
  const found = await lookAtRestored(cloud);
  return found && restore(cloud, operator, found);
}
