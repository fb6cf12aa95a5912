import type { MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { createMiddleware } from "hono/factory";
import { fill, words } from "../../../core/words.ts";
import type { DeskContext, DeskEnv } from "./desk-env.ts";
import { show } from "./show.ts";
import { typedWords } from "./typed.ts";

/**
 * How large a form may be: words alone, files go straight to storage. Lambda takes six megabytes a request, and a form
 * comes in base64, a third larger; so nothing that is taken here is turned away there before we can say anything. A
 * million letters of any script fit in, sent as they are. @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
export const mostFormBytes = 4_000_000;
/** What still reaches us there: what it says is given back. */
const mostReadBytes = 4_400_000;

/** Reads no more than can be given back. */
export const readable: MiddlewareHandler<DeskEnv> = bodyLimit({
  maxSize: mostReadBytes,
  onError: (c) => tooLarge(c as DeskContext, false),
});

/** After it is known to be a form of our own: another's words stand on no page of ours. */
export const takeable = createMiddleware<DeskEnv>(async (c, next) =>
  bytesOf(c) > mostFormBytes ? tooLarge(c, true) : next(),
);

const bytesOf = (c: DeskContext): number => Number(c.req.header("content-length") ?? 0);

/** Answers a script with the sentence alone. */
async function tooLarge(c: DeskContext, isOurs: boolean): Promise<Response> {
  const megabytes = (bytes: number): string =>
    (bytes / 1_000_000).toLocaleString(c.var.language, { maximumFractionDigits: 1 });
  const { lead } = words(c.var.language).desk["too-large"];
  const sentence = fill(lead, { has: megabytes(bytesOf(c)), most: megabytes(mostFormBytes) });
  if (c.req.header("accept") === "application/json") return c.json({ sentence }, 413);
  return show(c, "too-large", { sentence, typed: isOurs ? await typedWords(c) : [] }, { status: 413 });
}
