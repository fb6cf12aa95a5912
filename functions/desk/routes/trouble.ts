import type { Context } from "hono";
import { matchedRoutes } from "hono/route";
import { rightOf } from "../../../core/desk/routes.ts";
import { Refusal } from "../../../core/refusal.ts";
import { Conflict } from "../../cloud/cloud.ts";
import type { DeskContext, DeskEnv } from "./desk-env.ts";
import { sentenceOf, show } from "./show.ts";
import { type TypedField, typedWords } from "./typed.ts";
import { untakenWords } from "./untaken-words.ts";

/** What a route did not answer itself: a rule said no, somebody was quicker, or something broke. */
export async function troubled(trouble: Error, c: Context): Promise<Response> {
  const context = c as Context<DeskEnv>;
  if (trouble instanceof Refusal) {
    const isForbidden = trouble.code === "not-allowed";
    if (isForbidden) return show(context, "forbidden", {}, { status: 403 });
    if (c.req.method === "GET" && unknown.has(trouble.code)) return show(context, "missing", {}, { status: 404 });
    if (trouble.code === "no-review") return leadsNowhere(context);
    const said = { sentence: sentenceOf(context, trouble), ...(await wayOn(context)) };
    return show(context, "refused", said, { status: 422 });
  }
  if (trouble instanceof Conflict) return show(context, "moved-on", await wayOn(context), { status: 409 });
  // Never the path: it may be a link.
  console.error({ function: "desk", fault: trouble.stack ?? String(trouble) });
  return show(context, "fault", await wayOn(context), { status: 503 });
}

/** What an address names and nobody has. */
const unknown: ReadonlySet<string> = new Set(["no-issue", "no-article", "no-submission", "no-person", "no-revision"]);

/** Of a personal link; what was written while it still led somewhere is not lost with it. */
const leadsNowhere = async (c: DeskContext): Promise<Response> =>
  show(c, "link-over", { untaken: await untakenWords(c) }, { status: 404 });

async function wayOn(c: DeskContext): Promise<{ readonly back: string; readonly typed: readonly TypedField[] }> {
  return { back: back(c), typed: c.req.method === "POST" ? await typedWords(c) : [] };
}

/** The page a form stood on has the same address, or that of the noun above it; a page that is refused leads above itself. */
function back(c: DeskContext): string {
  const route =
    matchedRoutes(c)
      .find(({ method }) => method !== "ALL")
      ?.path.split("/") ?? [];
  const path = c.req.path.split("/");
  const isPage = c.req.method === "GET";
  for (let length = isPage ? route.length - 1 : route.length; length > 2; length -= 1)
    if (rightOf("GET", route.slice(0, length).join("/"))) return path.slice(0, length).join("/");
  return isPage ? "/" : c.req.path;
}
