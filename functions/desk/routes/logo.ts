import { Hono } from "hono";
import { logoView } from "../../../core/desk/logo-view.ts";
import { Refusal } from "../../../core/refusal.ts";
import { words } from "../../../core/words.ts";
import type { Cloud } from "../../cloud/cloud.ts";
import { broughtLogos } from "../../records/logos.ts";
import { requirePublication } from "../../records/publications.ts";
import { dropBroughtLogos, type LogoChange, logoForms, putInLogo, removeLogo } from "../logo.ts";
import type { DeskContext, DeskEnv } from "./desk-env.ts";
import { posted } from "./posted.ts";
import { done, show } from "./show.ts";

/** The logo among the settings. Storage leads back here with what it took; this page says what it became. */
export function logo(cloud: Cloud): Hono<DeskEnv> {
  const app = new Hono<DeskEnv>();
  app.get("/", (c) => shown(cloud, c));
  app.post("/", async (c) => {
    const form = await posted(c);
    const [seen, alt] = [form.text("seen"), form.text("alt")];
    try {
      return answer(cloud, c, alt, await putInLogo(cloud, c.var.person, c.var.publication.id, { seen, alt }));
    } catch (problem) {
      if (!(problem instanceof Refusal) || !problem.code.startsWith("setting-")) throw problem;
      return shown(cloud, c, { alt, problem });
    }
  });
  app.post("/removal", async (c) => {
    const seen = (await posted(c)).text("seen");
    const outcome = await removeLogo(cloud, c.var.person, c.var.publication.id, seen);
    return answer(cloud, c, c.var.publication.logo?.alt ?? "", outcome);
  });
  app.post("/end", async (c) => {
    await dropBroughtLogos(cloud, c.var.person, c.var.publication.id);
    return done(c, "/settings/logo", "logo-dropped");
  });
  return app;
}

const answer = (cloud: Cloud, c: DeskContext, alt: string, outcome: LogoChange) =>
  outcome === "saved" ? done(c, "/settings/logo", "saved") : shown(cloud, c, { alt });

/** @param returned what was typed and not saved; without a problem somebody was quicker */
async function shown(cloud: Cloud, c: DeskContext, returned?: { alt: string; problem?: Refusal }) {
  const { language, person, baseUrl } = c.var;
  const { id } = c.var.publication;
  const backTo = new URL(`/${id}/settings/logo`, baseUrl).href;
  const [publication, brought, forms] = await Promise.all([
    requirePublication(cloud, id),
    broughtLogos(cloud, id),
    logoForms(cloud, person, id, backTo),
  ]);
  return show(c, "logo", logoView({ language, publication, brought, forms, returned }), {
    ...{ status: !returned ? 200 : returned.problem ? 422 : 409, scripts: ["logo.js"] },
    ...(returned && { mark: words(language).desk["settings-section"].mark }),
  });
}
