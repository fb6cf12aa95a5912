import { Hono } from "hono";
import { offeredNow } from "../../../core/issue/amend.ts";
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
  const [label, seen, replaces] = [form.text("label"), Number(form.text("seen")), form.text("replaces") || undefined];
  try {
    await attachUploaded(cloud, c.var.person, placeOf(c), { id: idIn(c), label, replaces, seen });
  } catch (refusal) {
    if (!(refusal instanceof Refusal) || ["not-allowed", "attachment-gone"].includes(refusal.code)) throw refusal;
    return shown(cloud, c, { label, replaces, problem: sentenceOf(c, refusal) });
  }
  return done(c, `/issues/${placeOf(c).issue}/corrections`, "attached");
}

interface Typed {
  readonly label: string;
  readonly replaces: string | undefined;
  readonly problem: string;
}

async function shown(cloud: Cloud, c: DeskContext, typed?: Typed): Promise<Response> {
  const at = `${pathOf(c)}/downloads/${idIn(c)}`;
  const backTo = new URL(at, c.var.baseUrl).href;
  const [{ issue, amendments }, { form, file }] = await Promise.all([
    amendmentsOf(cloud, c.var.person, placeOf(c)),
    awaitedAttachment(cloud, c.var.person, placeOf(c), { id: idIn(c), backTo }),
  ]);
  const fields = Object.entries(form.fields).map(([name, value]) => ({ name, value }));
  const standing = offeredNow(issue, amendments).map((one) => ({
    ...{ value: one.file, label: `${one.label} (${one.file})`, isOn: one.file === typed?.replaces },
  }));
  const view = {
    ...{ at, back: pathOf(c), seen: amendments.version, form: { url: form.url, fields }, file, standing },
    ...{ label: typed?.label ?? "", problem: typed?.problem ?? null },
  };
  return show(c, "attachment", view, typed ? { status: 422 } : {});
}
