import { type Named, nameOf } from "../../../core/desk/name-of.ts";
import { spokenTime } from "../../../core/desk/spoken-time.ts";
import { fill, words } from "../../../core/words.ts";
import type { ArticleDraft } from "../../records/drafts.ts";
import type { DeskContext } from "./desk-env.ts";

/** Whoever writes here without having saved: seen before two write over each other. */
export function draftWarnings(
  c: DeskContext,
  drafts: readonly ArticleDraft[],
  people: readonly Named[],
  { own = true } = {},
): string[] {
  const { language, publication, person } = c.var;
  const say = words(language).desk.article.drafts;
  return drafts
    .filter(({ by }) => own || by !== person.id)
    .map(({ by, keptAt }) =>
      fill(by === person.id ? say.own : say.other, {
        name: nameOf(people, by, language),
        at: spokenTime(keptAt, publication.timeZone, language),
      }),
    );
}
