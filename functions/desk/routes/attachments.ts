import { Hono } from "hono";
import { Refusal } from "../../../core/refusal.ts";
import type { Cloud } from "../../cloud/cloud.ts";
import { amendmentsOf } from "../amendments.ts";
import { attachUploaded, awaitedAttachment, beginAttachment } from "../attachments.ts";
import type { DeskContext, DeskEnv } from "./desk-env.ts";
import { issuePath, placeOf } from "./issue-place.ts";
import { posted } from "./posted.ts";
import { done, sentenceOf, show } from "./show.ts";

/** The printed issue, offered after it was sent: brought straight to storage, then given its name. */
export function attachments(cloud: Cloud): Hono<DeskEnv> {
  const app = new Hono<DeskEnv>();
  const path = "/:issue/corrections/downloads";
  app.post(path, async (c) => {
    const id = await beginAttachment(cloud, c.var.person, placeOf(c));
    return c.redirect(`${pathOf(c)}/downloads/${id}`, 303);
  });
  app.get(`${path}/:id`, (c) => shown(cloud, c));
  app.post(`${path}/:id`, (c) => attached(cloud, c));
  return app;
}

const pathOf = (c: DeskContext): string => issuePath(c, "/corrections", { isWhole: true });
/** Ours alone: it stands in the path of a file. @throws Refusal `attachment-gone` */
function idIn(c: DeskContext): string {
  const id = c.req.param("id") ?? "";
  if (!/^[\w-]{22}$/.test(id)) throw new Refusal("attachment-gone");
  return id;
}

async function attached(cloud: Cloud, c: DeskContext): Promise<Response> {
  const form = await posted(c);
  const [label, seen] = [form.text("label"), Number(form.text("seen"))];
  try {
    await attachUploaded(cloud, c.var.person, placeOf(c), { id: idIn(c), label, seen });
  } catch (refusal) {
    if (!(refusal instanceof Refusal) || ["not-allowed", "attachment-gone"].includes(refusal.code)) throw refusal;
    return shown(cloud, c, label, sentenceOf(c, refusal));
  }
  return done(c, `/issues/${placeOf(c).issue}/corrections`, "attached");
}

async function shown(cloud: Cloud, c: DeskContext, label = "", problem: string | null = null): Promise<Response> {
  const at = `${pathOf(c)}/downloads/${idIn(c)}`;
  const backTo = new URL(at, c.var.baseUrl).href;
  const [{ amendments }, { form, file }] = await Promise.all([
    amendmentsOf(cloud, c.var.person, placeOf(c)),
    awaitedAttachment(cloud, c.var.person, placeOf(c), { id: idIn(c), backTo }),
  ]);
  const fields = Object.entries(form.fields).map(([name, value]) => ({ name, value }));
  const view = { at, back: pathOf(c), seen: amendments.version, form: { url: form.url, fields }, file, label, problem };
  return show(c, "attachment", view, problem ? { status: 422 } : {});
}
