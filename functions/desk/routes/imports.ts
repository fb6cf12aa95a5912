import { Hono } from "hono";
import { importView } from "../../../core/desk/import-view.ts";
import { Refusal } from "../../../core/refusal.ts";
import type { Cloud } from "../../cloud/cloud.ts";
import { awaitedList, beginImport, dropList, goOn, readList, requireImport, takeListIn } from "../imports.ts";
import type { DeskContext, DeskEnv } from "./desk-env.ts";
import { lateIn } from "./late.ts";
import { posted } from "./posted.ts";
import { done, sentenceOf, show } from "./show.ts";

/** A list of readers on its way in, one step a page. */
export function imports(cloud: Cloud): Hono<DeskEnv> {
  const app = new Hono<DeskEnv>();
  app.get("/", (c) => asked(c));
  app.post("/", (c) => begun(cloud, c));
  app.get("/:id", (c) => shown(cloud, c, c.req.param("id")));
  app.post("/:id/reading", async (c) => {
    const { person, publication, language } = c.var;
    const id = c.req.param("id");
    return answered(cloud, c, id, () => readList(cloud, person, publication, { id, language }));
  });
  app.post("/:id/pieces", async (c) => {
    const id = c.req.param("id");
    await goOn(cloud, c.var.person, c.var.publication, { id, isLate: lateIn(cloud) });
    return toList(c, id);
  });
  app.post("/:id/taking", (c) => taking(cloud, c, c.req.param("id")));
  app.post("/:id/end", async (c) => {
    await dropList(cloud, c.var.person, c.var.publication.id, c.req.param("id"));
    return done(c, "/subscribers", "dropped");
  });
  return app;
}

function asked(c: DeskContext, typed = "", problem: string | null = null): Response | Promise<Response> {
  const list = `/${c.var.publication.id}/subscribers`;
  return show(c, "new-import", { at: `${list}/imports`, list, typed, problem }, problem ? { status: 422 } : {});
}

async function begun(cloud: Cloud, c: DeskContext): Promise<Response> {
  const source = (await posted(c)).text("source");
  try {
    const { id } = await beginImport(cloud, c.var.person, c.var.publication.id, source);
    return toList(c, id);
  } catch (refusal) {
    if (!(refusal instanceof Refusal) || refusal.code === "not-allowed") throw refusal;
    return asked(c, source, sentenceOf(c, refusal));
  }
}

const toList = (c: DeskContext, id: string): Response =>
  c.redirect(`/${c.var.publication.id}/subscribers/imports/${id}`, 303);

async function taking(cloud: Cloud, c: DeskContext, id: string): Promise<Response> {
  const form = await posted(c);
  return answered(cloud, c, id, async () => {
    if (form.text("agreed") !== "yes") throw new Refusal("not-agreed");
    await takeListIn(cloud, c.var.person, c.var.publication.id, { id, seen: Number(form.text("seen")) });
  });
}

/** What was refused is said on the same page. */
async function answered(cloud: Cloud, c: DeskContext, id: string, work: () => Promise<void>): Promise<Response> {
  try {
    await work();
  } catch (refusal) {
    if (!(refusal instanceof Refusal) || ["import-gone", "not-allowed"].includes(refusal.code)) throw refusal;
    return shown(cloud, c, id, sentenceOf(c, refusal));
  }
  return toList(c, id);
}

async function shown(cloud: Cloud, c: DeskContext, id: string, problem: string | null = null): Promise<Response> {
  const { publication, person, language, baseUrl } = c.var;
  const found = await requireImport(cloud, person, publication.id, id);
  const backTo = new URL(`/${publication.id}/subscribers/imports/${id}`, baseUrl).href;
  const awaited = found.state === "awaited" ? await awaitedList(cloud, person, publication.id, { id, backTo }) : null;
  const fields = Object.entries(awaited?.form.fields ?? {}).map(([name, value]) => ({ name, value }));
  const view = {
    ...importView(publication.id, language, found),
    ...{ form: awaited && { url: awaited.form.url, fields }, hasCome: awaited?.hasCome ?? false, problem },
  };
  // What was refused waits for a person: nothing begins by itself then.
  return show(c, "import", view, problem ? { status: 422 } : { scripts: ["goes-on.js"] });
}
