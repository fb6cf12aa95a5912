import { type ActName, may, type Person } from "../../core/rights.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { demand } from "../records/acts.ts";
import { readWalk, type Walk, type WalkKind } from "../records/walks.ts";
import { forecastWork } from "./forecast.ts";
import { deliveriesWork, readersWork } from "./handout.ts";
import { reportWork } from "./report.ts";
import { pieceOf, type WorkOf } from "./walks.ts";

/** Whatever walk over all readers is under way: shown by a page, and gone on with from there. */

const works: Readonly<Record<WalkKind, WorkOf>> = {
  forecast: forecastWork,
  report: reportWork,
  deliveries: deliveriesWork,
  subscribers: readersWork,
};
const acts: Readonly<Record<WalkKind, ActName>> = {
  forecast: "read-issues",
  report: "read-subscribers",
  deliveries: "read-subscribers",
  subscribers: "read-subscribers",
};

export interface WalkPlace {
  readonly kind: WalkKind;
  readonly publication: string;
  readonly issue: string;
}

/** How far it is; undefined: nobody began, it is forgotten, or not for this person to see. Changes nothing. */
export async function walkAt(cloud: Cloud, person: Person, place: WalkPlace): Promise<Walk | undefined> {
  const { publication, kind } = place;
  const mayLook = may(person, acts[kind], { publication, kind: "subscribers", id: publication });
  return mayLook ? readWalk(cloud, place) : undefined;
}

/**
 * The next piece of the walk a page showed; nothing happens where that one is done, or another was begun.
 *
 * @throws Refusal `not-allowed`
 */
export async function goOnWalking(
  cloud: Cloud,
  person: Person,
  place: WalkPlace,
  { id, isLate }: { readonly id: string; readonly isLate: () => boolean },
): Promise<Walk | undefined> {
  const { publication, kind } = place;
  demand(person, acts[kind], { publication, kind: "subscribers", id: publication });
  const walk = await readWalk(cloud, place);
  return walk?.id === id ? pieceOf(cloud, walk, works[kind], isLate) : walk;
}
