import { dayFrom } from "../../core/subscriber/retention.ts";
import type { WalkPosition } from "../../core/subscriber/walk.ts";
import type { Cloud, Key, Value } from "../cloud/cloud.ts";
import { forgetFolder, forgetRow } from "./forgetting.ts";
import { walkKey } from "./keys.ts";
import { handoutFolder } from "./paths.ts";

/** Work that looks at every reader and is too long for one request: how far each has come, and who is at it. */

export const walkKinds = ["forecast", "report", "deliveries", "subscribers"] as const;
export type WalkKind = (typeof walkKinds)[number];

/** What is wanted: the same wish again goes on with what was begun. */
export interface Wish {
  readonly kind: WalkKind;
  readonly publication: string;
  /** "" where it is about no issue. */
  readonly issue: string;
  /** What else tells it from another: for when, in which language. */
  readonly given: string;
}

export interface Walk extends Wish {
  readonly id: string;
  /** Whose turn it is: who holds it names it with every change. */
  readonly turn: number;
  readonly state: "walking" | "done";
  readonly at: string;
  /** Until then whoever took it may be alive. */
  readonly heldUntil: string | null;
  readonly position: WalkPosition;
  /** Readers looked at. */
  readonly seen: number;
  /** The file with what was found so far; null at the beginning. */
  readonly soFar: string | null;
  /** Once it is done: how many lines it wrote; null where it writes none. */
  readonly lines: number | null;
  readonly expiresAt: string;
}

/** A walk nobody ends is forgotten, and so is what it found: its files go the night after. */
const keptMinutes = 60;

export async function beginWalk(cloud: Cloud, wish: Wish, position: WalkPosition): Promise<Walk> {
  const now = cloud.clock.now();
  const expiresAt = new Date(now.getTime() + keptMinutes * 60_000).toISOString();
  const id = cloud.clock.id();
  const walk: Walk = {
    ...{ ...wish, id, turn: 0, state: "walking", at: now.toISOString(), heldUntil: null },
    ...{ position, seen: 0, soFar: null, lines: null, expiresAt },
  };
  await cloud.table.each([
    forgetFolder(dayFrom(expiresAt.slice(0, 10), 1), handoutFolder(wish.publication, id)),
    forgetRow(expiresAt, keyOf(wish)),
  ]);
  // Over one of another wish: whoever is at that loses it with their next change.
  await cloud.table.each([{ put: { ...keyOf(wish), v: 1, ...(walk as unknown as Record<string, Value>) } }]);
  return walk;
}

/** Undefined: nobody began, or it is forgotten. */
export async function readWalk(cloud: Cloud, wish: Pick<Wish, "kind" | "publication" | "issue">) {
  const [row] = await cloud.table.get([keyOf(wish)], { consistent: true });
  return row as unknown as Walk | undefined;
}

/** Takes it for one piece. Undefined: somebody else has it, or began another. */
export async function takeWalk(cloud: Cloud, walk: Walk, heldUntil: string): Promise<Walk | undefined> {
  const turn = walk.turn + 1;
  return (await change(cloud, walk, { turn, heldUntil })) ? { ...walk, turn, heldUntil } : undefined;
}

/** Of whoever holds it. Answers false when it was lost. */
export const saveWalk = (
  cloud: Cloud,
  walk: Walk,
  set: Partial<Pick<Walk, "state" | "position" | "seen" | "soFar" | "lines" | "heldUntil">>,
): Promise<boolean> => change(cloud, walk, set);

async function change(cloud: Cloud, walk: Walk, set: Partial<Walk>): Promise<boolean> {
  const patch = { patch: keyOf(walk), set: set as Readonly<Record<string, Value>> };
  const [outcome] = await cloud.table.each([{ ...patch, if: { id: walk.id, turn: walk.turn, state: "walking" } }]);
  return outcome === "done";
}

const keyOf = ({ kind, publication, issue }: Pick<Wish, "kind" | "publication" | "issue">): Key =>
  walkKey(publication, kind, issue);

/** A file of a walk's own. */
export const walkFile = ({ publication, id }: Pick<Walk, "publication" | "id">, name: string): string =>
  `${handoutFolder(publication, id)}${name}`;

/** Keeps what a piece found. The row names the file: what a piece wrote that lost its turn is nobody's. */
export async function keepSoFar(cloud: Cloud, walk: Walk, soFar: unknown): Promise<string> {
  const file = walkFile(walk, `so-far-${walk.turn}.json`);
  await cloud.files.write(file, JSON.stringify(soFar), { type: "application/json" });
  return file;
}

/** @throws when the file is gone that the row names */
export async function readSoFar(cloud: Cloud, { soFar }: Walk): Promise<unknown> {
  if (soFar === null) return undefined;
  const file = await cloud.files.read(soFar);
  if (!file) throw new Error(`${soFar} is gone`);
  return JSON.parse(Buffer.from(file.body).toString());
}
