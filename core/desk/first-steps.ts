import { fill, type Language, words } from "../words.ts";
import type { Task } from "./start.ts";

/** What there is of a publication so far. */
export interface FirstThings {
  readonly hasArticle: boolean;
  /** The first issue. */
  readonly issue?: { readonly id: string; readonly isBuilt: boolean };
  readonly hasProof: boolean;
}

const steps = ["name", "sender", "imprint", "article", "issue", "preview", "proof"] as const;
type Step = (typeof steps)[number];

/** What founding asked for, and the settings hold. */
const settled: ReadonlySet<Step> = new Set<Step>(["name", "sender", "imprint"]);

/** The first step that is not done; undefined when a proof has gone out. */
export const nextStep = ({ hasArticle, issue, hasProof }: FirstThings): Step | undefined =>
  hasProof ? undefined : !hasArticle ? "article" : !issue ? "issue" : !issue.isBuilt ? "preview" : "proof";

/** @param mayChange whether the settings are open to whoever looks: a link to them would lead others nowhere */
export function firstStepsView(
  language: Language,
  publication: string,
  things: FirstThings,
  mayChange: boolean,
): object {
  const say = words(language).desk["first-steps"];
  const next = nextStep(things);
  const now = next === undefined ? steps.length : steps.indexOf(next);
  return {
    isReady: next === undefined,
    steps: steps.map((step, index) => ({
      ...{ number: index + 1, ...say.steps[step], isNow: index === now },
      url: (mayChange || !settled.has(step) ? urlOf(publication, step, things) : undefined) ?? null,
      state: {
        label: index < now ? say.done : index === now ? say.now : say.open,
        tone: index < now ? "good" : index === now ? "asks" : "quiet",
      },
    })),
  };
}

/** What the start page asks for while there is no proof yet. */
export function firstTask(language: Language, publication: string, things: FirstThings): Task | undefined {
  const say = words(language).desk["first-steps"];
  const next = nextStep(things);
  if (next === undefined) return undefined;
  const { label, what } = say.steps[next];
  return { url: `/${publication}/first-steps`, label: fill(say.task, { step: label }), what, state: null };
}

function urlOf(publication: string, step: Step, { issue }: FirstThings): string | undefined {
  const home = `/${publication}`;
  const places: Readonly<Record<Step, string | undefined>> = {
    name: `${home}/settings/masthead`,
    sender: `${home}/settings/sender`,
    imprint: `${home}/settings/publisher`,
    article: `${home}/submissions/new`,
    issue: `${home}/issues`,
    preview: issue && `${home}/issues/${issue.id}/preview`,
    proof: issue && `${home}/issues/${issue.id}/sending`,
  };
  return places[step];
}
