import { spokenNumber } from "../spoken-number.ts";
import { fill, type Language, words } from "../words.ts";
import type { Differences } from "./differences.ts";
import { shortFingerprint } from "./fingerprints.ts";

/** What changed between two builds, as a page shows it. */
export function differencesPage(found: Differences, [from, to]: readonly [string, string], language: Language) {
  const say = words(language).desk.differences;
  const lines = [
    { label: say.subject, change: found.subject },
    { label: say.preheader, change: found.preheader },
    { label: say.sender, change: found.sender },
    { label: say.replyTo, change: found.replyTo },
  ].flatMap(({ label, change }) => (change ? [{ label, ...change }] : []));
  const articles = (["added", "dropped", "changed"] as const).flatMap((kind) =>
    found.articles[kind].map((title) => ({ title, kind: say[kind] })),
  );
  const { added, dropped } = found.pictures;
  return {
    lead: fill(say.lead, { from: shortFingerprint(from), to: shortFingerprint(to) }),
    ...{ isSame: found.isSame, lines, articles, passages: found.passages },
    pictures: [
      ...(added > 0 ? [fill(say.picturesAdded, { added })] : []),
      ...(dropped > 0 ? [fill(say.picturesDropped, { dropped })] : []),
    ],
    more: found.more > 0 ? fill(say.more, { more: spokenNumber(language, found.more) }) : null,
  };
}
