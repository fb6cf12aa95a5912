import { Hono } from "hono";
import { reasonNamed } from "../../../core/desk/subscriber-view.ts";
import { suppressionsView } from "../../../core/desk/suppressions-view.ts";
import { Refusal } from "../../../core/refusal.ts";
import type { Cloud } from "../../cloud/cloud.ts";
import { listSuppressions } from "../suppression-list.ts";
import { suppressAddress } from "../suppressions.ts";
import type { DeskContext, DeskEnv } from "./desk-env.ts";
import { posted } from "./posted.ts";
import { done, sentenceOf, show } from "./show.ts";

/** Addresses nobody writes to any more. */
export function suppressions(cloud: Cloud): Hono<DeskEnv> {
  const app = new Hono<DeskEnv>();
  app.get("/", (c) => listed(cloud, c));
  app.post("/", (c) => added(cloud, c));
  return app;
}

const perPage = 50;

interface Returned {
  readonly typed: string;
  readonly chosen: string;
  readonly problem: string;
}

async function listed(cloud: Cloud, c: DeskContext, returned?: Returned): Promise<Response> {
  const { publication, person, language } = c.var;
  const after = c.req.method === "GET" ? c.req.query("after") : undefined;
  const page = { limit: perPage, ...(after !== undefined && { after }) };
  const found = await listSuppressions(cloud, person, publication.id, page);
  const view = {
    ...suppressionsView(publication, language, { ...found, isFirst: after === undefined, chosen: returned?.chosen }),
    ...{ typed: returned?.typed ?? "", problem: returned?.problem ?? null },
  };
  return show(c, "suppressions", view, returned ? { status: 422 } : {});
}

async function added(cloud: Cloud, c: DeskContext): Promise<Response> {
  const form = await posted(c);
  const [typed, chosen] = [form.text("address"), form.text("reason")];
  try {
    await suppressAddress(cloud, c.var.person, typed, reasonNamed(chosen) ?? "asked");
  } catch (refusal) {
    if (!(refusal instanceof Refusal) || refusal.code === "not-allowed") throw refusal;
    return listed(cloud, c, { typed, chosen, problem: sentenceOf(c, refusal) });
  }
  return done(c, "/suppressions", "suppressed");
}
