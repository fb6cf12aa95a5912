import type { Cloud } from "../../cloud/cloud.ts";
import type { Walk } from "../../records/walks.ts";
import { handOut } from "../handout.ts";
import { goOnWalking, type WalkPlace, walkAt } from "../walking.ts";
import type { DeskContext } from "./desk-env.ts";
import { lateIn } from "./late.ts";
import { posted } from "./posted.ts";

/** What the forms of long work lead to: the next piece of it, and what it left. */

export async function nextPiece(cloud: Cloud, c: DeskContext, place: WalkPlace): Promise<Walk | undefined> {
  const id = (await posted(c)).text("walk");
  return goOnWalking(cloud, c.var.person, place, { id, isLate: lateIn(cloud) });
}

/** A link to the table the page showed; the page again where it is forgotten, or another is being written. */
export async function fetched(cloud: Cloud, c: DeskContext, place: WalkPlace, page: string): Promise<Response> {
  const id = (await posted(c)).text("walk");
  const walk = await walkAt(cloud, c.var.person, place);
  const isReady = walk?.state === "done" && walk.id === id;
  return c.redirect(isReady ? await handOut(cloud, c.var.person, walk) : page, 303);
}
