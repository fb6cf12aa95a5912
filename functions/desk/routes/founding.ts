import { Hono } from "hono";
import type { Problems } from "../../../core/desk/change-settings.ts";
import {
  type FoundingStep,
  foundingFields,
  foundingSteps,
  isFoundingStep,
  openStep,
} from "../../../core/desk/founding.ts";
import { foundingView, proposed } from "../../../core/desk/founding-view.ts";
import type { Typed } from "../../../core/desk/settings.ts";
import { colourSaid, judgeColour } from "../../../core/desk/settings-view.ts";
import { words } from "../../../core/words.ts";
import type { Cloud } from "../../cloud/cloud.ts";
import type { Doors } from "../../desk.ts";
import { house } from "../../house.ts";
import { type Founder, findFounder } from "../../records/founders.ts";
import { foundPublication, keepStep } from "../founding.ts";
import type { DeskContext, DeskEnv } from "./desk-env.ts";
import { type Posted, posted } from "./posted.ts";
import { show } from "./show.ts";

/** How a publication comes to be: whoever was invited to found one is led there, step by step. */
export function founding(cloud: Cloud, { site }: Doors): Hono<DeskEnv> {
  const app = new Hono<DeskEnv>();
  const founderOf = async ({ var: { session } }: DeskContext) =>
    session && (await findFounder(cloud, session.addressKey));
  app.get("/", async (c) => {
    if (!c.var.session) return c.redirect("/session?to=%2Ffounding", 303);
    const founder = await founderOf(c);
    if (!founder) return c.notFound();
    return c.redirect(`/founding/${openStep(founder.typed, house().palette) ?? foundingSteps.at(-1)}`, 303);
  });
  app.get("/colour/:colour", async (c) => {
    const colour = `#${c.req.param("colour")}`;
    const isAsked = /^#[0-9a-f]{6}$/i.test(colour) && (await founderOf(c));
    return isAsked ? c.json(judgeColour(c.var.language, colour, house())) : c.notFound();
  });
  app.get("/:step", async (c) => {
    const [founder, step] = [await founderOf(c), c.req.param("step")];
    if (!founder || !isFoundingStep(step)) return c.notFound();
    return showStep(c, step, { ...founder, typed: proposed(c.var.language, founder.typed, site) });
  });
  app.post("/:step", async (c) => {
    const [founder, step] = [await founderOf(c), c.req.param("step")];
    return founder && isFoundingStep(step) ? take(c, cloud, founder, step) : c.notFound();
  });
  return app;
}

/** Keeps what was typed, and goes on where nothing is wrong with it; the last step founds. */
async function take(c: DeskContext, cloud: Cloud, founder: Founder, step: FoundingStep): Promise<Response> {
  const form = await posted(c);
  const seen = { ...founder, version: Number(form.text("seen")) };
  const kept = await keepStep(cloud, seen, step, typedIn(form, step));
  if (kept.problems.size > 0) return showStep(c, step, kept.founder, kept.problems);
  const next = foundingSteps[foundingSteps.indexOf(step) + 1] ?? openStep(kept.founder.typed, house().palette);
  if (next) return c.redirect(`/founding/${next}`, 303);
  return c.redirect(`/${await foundPublication(cloud, kept.founder)}/first-steps?done=founded`, 303);
}

const typedIn = (form: Posted, step: FoundingStep): Typed =>
  Object.fromEntries(foundingFields(step).map(({ name }) => [name, form.text(name)]));

function showStep(c: DeskContext, step: FoundingStep, { typed, version }: Founder, problems?: Problems) {
  const { founding: say } = words(c.var.language).desk;
  const view = {
    ...foundingView({ language: c.var.language, step, typed, problems, version }),
    colourSaid: colourSaid(c.var.language, typed.accent ?? "", house(), problems),
  };
  return show(c, "founding", view, {
    ...{ title: say.steps[step].title, status: problems ? 422 : 200 },
    ...(step === "name" && { scripts: ["colour.js"] }),
    ...(problems && { mark: say.mark }),
  });
}
