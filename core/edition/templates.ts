import Handlebars from "handlebars";
import type { House } from "./edition.ts";

/** Renders a template of the house by its path: `render("web/article", { … })`. */
export type Render = (template: string, context: object) => string;

const made = new WeakMap<House["templates"], Render>();

/**
 * One Handlebars environment per set of templates, every template known as a partial by its path (`{{> web/masthead}}`).
 * Strict: a name the context lacks is a fault, not a silent gap. Author text arrives as data only.
 */
export function renderer(house: House): Render {
  const known = made.get(house.templates);
  if (known) return known;
  const environment = Handlebars.create();
  for (const [name, source] of house.templates) environment.registerPartial(name, source);
  const compiled = new Map<string, Handlebars.TemplateDelegate>();
  const render: Render = (name, context) => {
    const source = house.templates.get(name);
    if (source === undefined) throw new Error(`there is no template ${name}`);
    const template =
      compiled.get(name) ?? environment.compile(source, { strict: true, preventIndent: true, knownHelpersOnly: true });
    compiled.set(name, template);
    return template(context);
  };
  made.set(house.templates, render);
  return render;
}
