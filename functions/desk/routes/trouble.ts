import type { Context } from "hono";
import { Refusal } from "../../../core/refusal.ts";
import { Conflict } from "../../cloud/cloud.ts";
import type { DeskEnv } from "./desk-env.ts";
import { sentenceOf, show } from "./show.ts";

/** What a route did not answer itself: a rule said no, somebody was quicker, or something broke. */
export function troubled(trouble: Error, c: Context): Response | Promise<Response> {
  const context = c as Context<DeskEnv>;
  if (trouble instanceof Refusal) {
    const isForbidden = trouble.code === "not-allowed";
    if (isForbidden) return show(context, "forbidden", {}, { status: 403 });
    return show(context, "refused", { sentence: sentenceOf(context, trouble), back: back(context) }, { status: 422 });
  }
  if (trouble instanceof Conflict) return show(context, "moved-on", { back: back(context) }, { status: 409 });
  // Never the path: it may be a link.
  console.error({ function: "desk", fault: trouble.stack ?? String(trouble) });
  return show(context, "fault", {}, { status: 503 });
}

/** The page a form stood on is the noun above it, or the same address. */
const back = (c: Context<DeskEnv>): string => c.req.path;
