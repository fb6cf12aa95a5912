import { titleParts } from "../article/plain-text/masthead.ts";
import type { House } from "../edition/edition.ts";
import type { Publication } from "../publication.ts";
import { idOf, publicationSettings } from "../publication-settings.ts";
import { halves, type Problems, problemsIn, type Raw, written } from "./change-settings.ts";
import { type Field, field, type Typed } from "./settings.ts";

/** A publication is founded at the desk in three steps; whoever leaves comes back to what they had typed. */

export const foundingSteps = ["name", "sender", "imprint"] as const;
export type FoundingStep = (typeof foundingSteps)[number];
export const isFoundingStep = (name: string): name is FoundingStep =>
  (foundingSteps as readonly string[]).includes(name);
/** Those, and the four of the first issue. */
export const stepsInAll = 7;

const steps: Readonly<Record<FoundingStep, readonly Field[]>> = {
  name: [
    field("line", "title"),
    field("line", "bold"),
    field("colour", "accent"),
    field("choice", "language", { choices: ["de", "en"] }),
  ],
  sender: [
    field("address", "sender.from"),
    field("line", "sender.name"),
    field("address", "sender.replyTo"),
    field("line", "baseUrl"),
  ],
  imprint: [
    field("line", "publisher.name"),
    field("lines", "publisher.address"),
    field("address", "publisher.email"),
    field("line", "responsiblePerson"),
    field("text", "imprint"),
    field("choice", "approvals", { choices: ["two", "one"] }),
  ],
};

export const foundingFields = (step: FoundingStep): readonly Field[] => steps[step];
/** Asked for here, though a publication may be founded without them: no issue is ever built where they are missing. */
const needed: readonly string[] = ["responsiblePerson", "imprint", "baseUrl"];

/** What is wrong with a step; empty when it may be left. */
export function judgeStep(step: FoundingStep, typed: Typed, palette: House["palette"]): Problems {
  const result = publicationSettings.safeParse(settingsOf(typed));
  const missing = needed.filter((name) => (typed[name] ?? "") === "");
  const issues = [
    ...(result.error?.issues ?? []),
    ...missing.map((name) => ({ code: "custom" as const, path: name.split("."), message: "", input: "" })),
  ];
  return problemsIn(steps[step], typed, issues, palette);
}

/** The first step in which something is missing or wrong; undefined when all are done. */
export const openStep = (typed: Typed, palette: House["palette"]): FoundingStep | undefined =>
  foundingSteps.find((step) => judgeStep(step, typed, palette).size > 0);

/** The publication as it was typed; what can be derived is. @throws where a step is still open */
export const foundedAs = (typed: Typed, id?: string): Publication =>
  publicationSettings.parse({ ...settingsOf(typed), ...(id !== undefined && { id }) });

/** What nobody has typed is not there: then it is derived, or missing. */
function settingsOf(typed: Typed): Raw {
  const fields = foundingSteps.flatMap((step) => steps[step]).filter(({ name }) => (typed[name] ?? "") !== "");
  const settings = written({ sender: {}, publisher: {} }, fields, typed);
  return (typed.bold ?? "") === "" ? settings : { ...settings, titleParts: halves(typed) };
}

/** The halves of the name as far as it is typed. */
export const halvesOf = (typed: Typed): readonly [string, string] =>
  (typed.bold ?? "") === "" ? titleParts(typed.title ?? "") : halves(typed);

/** The id it will have where nobody else has it; "" without a name. */
export const foundedId = ({ title = "", language }: Typed): string =>
  title === "" ? "" : idOf(title, language === "en" ? "en" : "de");
