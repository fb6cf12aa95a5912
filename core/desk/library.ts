import type { ArticleText } from "../article/article.ts";
import { type Lacks, lacks } from "../article/lacks.ts";
import { issueLabel } from "../issue/issue.ts";
import { fill, type Language, words } from "../words.ts";
import { type Standing, type Stands, sectionOf } from "./standing.ts";

/** The library: every article of a publication, what state it is in and what it still lacks. */

/** What lists show of an article, as its card has it. */
export interface Listed {
  readonly id: string;
  readonly title: string;
  readonly kicker?: string;
  readonly kind: ArticleText["kind"];
  readonly authors: readonly string[];
  readonly lacks?: Lacks;
  readonly offered?: number;
  readonly changedAt: string;
}

export const standings = ["free", "planned", "published", "withdrawn"] as const satisfies readonly Standing[];

/** What somebody looks for; "" is everything. */
export interface Filter {
  readonly state: Standing | "";
  readonly kind: ArticleText["kind"] | "";
  /** Of the issue it stands in. */
  readonly section: string;
  readonly author: string;
  readonly text: string;
  /** Only those that lack something. */
  readonly isLacking: boolean;
}

export const anything: Filter = { state: "", kind: "", section: "", author: "", text: "", isLacking: false };

/** As many as somebody looks over without losing the thread. */
export const articlesOnPage = 50;

/** Whether an article is looked for, by what its card says alone; every word of a text must be there. */
export function soughtBy(filter: Filter): (one: Listed) => boolean {
  const [author, sought] = [wordsOf(filter.author), wordsOf(filter.text).split(" ").filter(Boolean)];
  return (one) =>
    (filter.kind === "" || one.kind === filter.kind) &&
    (author === "" || one.authors.some((name) => wordsOf(name).includes(author))) &&
    (sought.length === 0 || saysAll(one, sought)) &&
    (!filter.isLacking || Object.keys(one.lacks ?? {}).length > 0);
}

/** @param sought words each by itself: what stands between those of a card makes no difference */
function saysAll({ title, kicker = "", id, authors }: Listed, sought: readonly string[]): boolean {
  const said = bare([title, kicker, id, ...authors].join(" "));
  return sought.every((word) => said.includes(word));
}

/** Whether it makes a difference where an article stands. */
export const asksWhere = ({ state, section }: Filter): boolean => state !== "" || section !== "";

/** By where it stands; one that stands nowhere is free. */
export const standsAsSought = (id: string, stands: Stands | undefined, { state, section }: Filter): boolean =>
  (state === "" || (stands?.standing ?? "free") === state) && (section === "" || sectionOf(id, stands) === section);

export const isEverything = (filter: Filter): boolean =>
  Object.values(filter).every((value) => value === "" || value === false);

/**
 * Without capitals and accents: who looks for "Serak" finds Śěrak, for "Buecher" the Bücherbus, for "Mlynkowa" Młynkowa.
 * On both sides alike, so that "Frauen" is found as it always was.
 */
const bare = (text: string): string =>
  text
    .toLowerCase()
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "") // Latin's accents; every sign that \p{M} knows takes twice as long
    .replace(/[łđøß]|(?<=[aou])e/g, (letter) => plainLetters[letter] ?? "");

/** Letters that are no letter with an accent; an "e" behind a vowel stands for two dots. */
const plainLetters: Readonly<Record<string, string>> = { ł: "l", đ: "d", ø: "o", ß: "ss" };

/** What stands between words is a space. */
const wordsOf = (text: string): string =>
  bare(text)
    .replace(/[-_\s]+/g, " ")
    .trim();

/** "Alt-Text (2), Nachweis"; "" where nothing is lacking or nobody looked yet. */
export function lackSentence(lacking: Lacks | undefined, language: Language): string {
  const say = words(language).desk.articles.lack;
  const parts = lacks.flatMap((lack) => {
    const count = lacking?.[lack] ?? 0;
    return count === 0 ? [] : [count === 1 ? say[lack] : fill(say.many, { lack: say[lack], count })];
  });
  return parts.length === 0 ? "" : fill(say.sentence, { lacks: parts.join(", ") });
}

export interface StateShown {
  readonly label: string;
  readonly tone: "quiet" | "good" | "asks" | "stops";
}

/** "frei", "in Ausgabe 02|26", "erschienen in 01|26". */
export function stateShown(stands: Stands | undefined, language: Language): StateShown {
  const say = words(language).desk.articles.standing;
  if (!stands) return { label: say.free, tone: "quiet" };
  const label = fill(say[stands.standing], { issue: issueLabel(stands.issue) });
  return { label, tone: stands.standing === "published" ? "good" : "quiet" };
}
