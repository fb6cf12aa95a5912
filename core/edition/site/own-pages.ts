import { halfHidden } from "../../email-address.ts";
import type { Choice } from "../../subscriber/preferences.ts";
import { words } from "../../words.ts";
import type { Address } from "../web/address.ts";
import { box, choicesOf } from "./order-form.ts";
import { type Content, named, type Place } from "./place.ts";

/** What readers find behind the link of their own: their choice, and their data. */

export interface Preferences {
  readonly address: string;
  readonly choice: Pick<Choice, "topics" | "format" | "language" | "awayUntil">;
  /** The first day one can be away until. */
  readonly earliest: string;
  readonly isSaved?: boolean;
  readonly awayProblem?: string;
  /** `isStranger`: the present address was not the reader's. */
  readonly move?: {
    readonly address: string;
    readonly current: string;
    readonly problem?: string;
    readonly meant?: string;
    readonly isStranger?: boolean;
  };
  /** Below the publication. */
  readonly here: Address;
  readonly leave: Address;
}
/** A page on which somebody shows that they know the whole address. */
export interface Knowing {
  readonly typed: string;
  readonly isWrong: boolean;
  readonly here: Address;
}

export function preferencesContent(given: Preferences, place: Place): Content {
  const { publication, language, linkTo } = place;
  const { choice, move, here } = given;
  return {
    view: {
      ...{ address: halfHidden(given.address), isSaved: given.isSaved ?? false, order: place.order },
      topics: (publication?.topics ?? []).map(({ id, title }) => box(id, title, choice.topics)),
      choices: choicesOf(choice, language),
      away: { until: choice.awayUntil ?? "", earliest: given.earliest, problem: given.awayProblem ?? null },
      move: {
        ...{ action: linkTo(`${here}/address`), address: move?.address ?? "" },
        ...{ problem: move?.problem ?? null, meant: move?.meant ?? null, current: move?.current ?? "" },
        stranger: move?.isStranger ? words(language).site.data.other : null,
      },
      links: { here: linkTo(here), data: linkTo(`${here}/data`), leave: linkTo(given.leave) },
    },
    details: named(place),
    ...((given.awayProblem || move) && { mark: words(language).site.order.mark }),
  };
}

export const knowing = ({ typed, isWrong, here }: Knowing, action: Address, { language, linkTo }: Place): Content => ({
  view: {
    ...{ action: linkTo(action), typed, back: linkTo(here), erase: linkTo(`${here}/erase`) },
    problem: isWrong ? words(language).site.data.other : null,
  },
  ...(isWrong && { mark: words(language).site.order.mark }),
});
