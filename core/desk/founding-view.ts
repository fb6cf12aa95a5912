import { fill, type Language, words } from "../words.ts";
import type { Problems } from "./change-settings.ts";
import { type FoundingStep, foundedId, foundingFields, foundingSteps, halvesOf, stepsInAll } from "./founding.ts";
import type { Typed } from "./settings.ts";
import { fieldView } from "./settings-view.ts";

/** What stands in the fields before anybody typed: what most will want. `site` is where pages of readers hang. */
export function proposed(language: Language, typed: Typed, site: URL | undefined): Typed {
  const id = foundedId(typed);
  const usual: Typed = {
    ...{ language, accent: "#0B5A3E", approvals: "two", imprint: words(language).desk.founding.imprintText },
    ...{ "sender.name": typed.title ?? "", "sender.replyTo": typed["sender.from"] ?? "" },
    ...{ "publisher.email": typed["sender.replyTo"] ?? "" },
    ...(site && id !== "" && { baseUrl: `${site.href.replace(/\/+$/, "")}/${id}` }),
  };
  return { ...usual, ...typed };
}

export interface StepShown {
  readonly language: Language;
  readonly step: FoundingStep;
  readonly typed: Typed;
  /** Undefined before it was sent. */
  readonly problems?: Problems | undefined;
  readonly version: number;
}

export function foundingView({ language, step, typed, problems, version }: StepShown): object {
  const say = words(language).desk;
  const index = foundingSteps.indexOf(step);
  const before = foundingSteps[index - 1];
  const returned = { typed, ...(problems && { problems }) };
  return {
    ...{ seen: version, lead: say.founding.steps[step].lead, isWrong: (problems?.size ?? 0) > 0 },
    step: fill(say.founding.step, { number: index + 1, all: stepsInAll }),
    ...{ isLast: index === foundingSteps.length - 1, before: before ? `/founding/${before}` : null },
    fields: foundingFields(step).map((field) => fieldView(language, field, "", returned)),
    masthead: step === "name" ? mastheadOf(typed) : null,
    ...{ pick: say.setting.colour.pick, judged: "/founding/colour/" },
  };
}

function mastheadOf(typed: Typed): object {
  const [bold, light] = halvesOf(typed);
  return { bold, light, subtitle: "" };
}
