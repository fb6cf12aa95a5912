import { Hono } from "hono";
import { confirmField, type Problems } from "../../../core/desk/change-settings.ts";
import { fieldsOf, isSection, isTopicField, type SectionName, type Typed } from "../../../core/desk/settings.ts";
import { colourSaid, judgeColour, type Returned, sectionView, settingsView } from "../../../core/desk/settings-view.ts";
import type { Publication } from "../../../core/publication.ts";
import { words } from "../../../core/words.ts";
import type { Cloud } from "../../cloud/cloud.ts";
import { house } from "../../house.ts";
import { type Offerable, offerableBeside } from "../besides.ts";
import { changePublication } from "../settings.ts";
import type { DeskContext, DeskEnv } from "./desk-env.ts";
import { logo } from "./logo.ts";
import { type Posted, posted } from "./posted.ts";
import { done, show } from "./show.ts";

/** What a publication says of itself, section by section. */
export function settings(cloud: Cloud): Hono<DeskEnv> {
  const app = new Hono<DeskEnv>();
  app.get("/", (c) => {
    const { language, publication } = c.var;
    return show(c, "settings", settingsView(language, publication), { details: { title: publication.title } });
  });
  app.get("/colour/:colour", (c) => {
    const colour = `#${c.req.param("colour")}`;
    return /^#[0-9a-f]{6}$/i.test(colour) ? c.json(judgeColour(c.var.language, colour, house())) : c.notFound();
  });
  app.route("/logo", logo(cloud));
  app.get("/:section", (c) => {
    const section = c.req.param("section");
    return isSection(section) ? showSection(cloud, c, c.var.publication, section) : c.notFound();
  });
  app.post("/:section", async (c) => {
    const section = c.req.param("section");
    return isSection(section) ? change(cloud, c, section) : c.notFound();
  });
  return app;
}

async function change(cloud: Cloud, c: DeskContext, section: SectionName): Promise<Response> {
  const form = await posted(c);
  const others = await othersIn(cloud, c, section);
  const typed = { ...typedIn(form, c.var.publication, section), ...offeredIn(form, others) };
  const seen = form.text("seen");
  const outcome = await changePublication(cloud, c.var.person, c.var.publication.id, { section, seen, typed });
  if (outcome.status === "saved") return done(c, `/settings/${section}`, "saved");
  return outcome.status === "wrong"
    ? showSection(cloud, c, outcome.standing, section, { typed, problems: outcome.problems })
    : showSection(cloud, c, outcome.standing, section, { typed, isMovedOn: true });
}

/** What the form held, and no more: a field that somebody else has added since was not there to be filled in. */
function typedIn(form: Posted, publication: Publication, section: SectionName): Typed {
  const fields = fieldsOf(publication, section);
  const ticks = fields.filter(({ kind }) => kind === "yes").map(({ name }) => [name, form.text(name)]);
  const texts = [...fields.map(({ name }) => name), ...form.names.filter(isTopicField), confirmField].filter(form.has);
  return Object.fromEntries([...ticks, ...texts.map((name) => [name, form.text(name)])]);
}

/** Who may be offered beside it; nobody where the section does not ask. */
const othersIn = async (cloud: Cloud, c: DeskContext, section: SectionName): Promise<Offerable[]> =>
  section === "readers" ? offerableBeside(cloud, c.var.person, c.var.publication) : [];

/** Ticked ones, of those that were there to be ticked. */
function offeredIn(form: Posted, others: readonly Offerable[]): Typed {
  if (!form.has("besides")) return {};
  const ticked = form.all("besides").filter((id) => others.some((one) => one.id === id));
  return { besides: ticked.join("\n") };
}

const statusOf = (returned: { problems?: Problems } | undefined) => (!returned ? 200 : returned.problems ? 422 : 409);

async function showSection(
  cloud: Cloud,
  c: DeskContext,
  standing: Publication,
  section: SectionName,
  returned?: Returned,
) {
  const { section: say } = words(c.var.language).desk.setting;
  const others = await othersIn(cloud, c, section);
  const accent = returned?.typed.accent ?? standing.accent;
  const view = {
    ...sectionView(c.var.language, standing, section, { others, ...returned }),
    colourSaid: colourSaid(c.var.language, accent, house(), returned?.problems),
  };
  return show(c, "settings-section", view, {
    ...{ title: say[section].name, status: statusOf(returned) },
    ...(section === "masthead" && { scripts: ["colour.js"] }),
    ...(returned && { mark: words(c.var.language).desk["settings-section"].mark }),
  });
}
