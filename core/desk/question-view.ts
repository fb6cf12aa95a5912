import type { IssueAccount } from "../delivery/account.ts";
import { type RestGroup, restGroups } from "../delivery/rest.ts";
import { type Issue, issueLabel } from "../issue/issue.ts";
import { spokenNumber } from "../spoken-number.ts";
import { fill, type Language, words } from "../words.ts";
import type { QuestionName } from "./questions.ts";

/** What is asked once more before something happens to an issue on its way. */
export interface Asking {
  readonly name: QuestionName;
  readonly standing: { readonly issue: Issue; readonly account: IssueAccount | null };
  /** How many each group holds; null where another thing is asked. */
  readonly rest: Readonly<Record<RestGroup, number>> | null;
  readonly language: Language;
}

export interface QuestionView {
  readonly heading: string;
  readonly lead: string;
  readonly button: string;
  readonly isFinal: boolean;
  /** What may be ticked; null where nothing is. */
  readonly groups: readonly { readonly group: RestGroup; readonly label: string; readonly isTicked: boolean }[] | null;
}

export function questionView({ name, standing, rest, language }: Asking): QuestionView {
  const say = words(language).desk.question;
  const { issue, account } = standing;
  const details = {
    issue: issueLabel(issue),
    left: spokenNumber(language, account?.waiting ?? 0),
    accepted: spokenNumber(language, account?.accepted ?? 0),
  };
  const lead = name === "cancellation" && !account ? say.cancellation.leadEarly : say[name].lead;
  return {
    ...{ heading: say[name].title, lead: fill(lead, details), button: say[name].button },
    isFinal: name === "cancellation",
    groups: rest ? groupsOf(rest, language) : null,
  };
}

/** Nobody is reached twice without being ticked by hand. */
const groupsOf = (rest: Readonly<Record<RestGroup, number>>, language: Language): QuestionView["groups"] =>
  restGroups
    .filter((group) => rest[group] > 0)
    .map((group) => ({
      group,
      label: fill(words(language).desk.question.rest.groups[group], { readers: spokenNumber(language, rest[group]) }),
      isTicked: group !== "unresolved",
    }));
