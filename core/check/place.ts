import type { HeadField } from "../article/head-words.ts";
import type { IssuePlan } from "../issue/issue.ts";
import type { Publication } from "../publication.ts";

/** What has to be opened to mend what a check found. */
export type Place =
  | ArticlePlace
  /** `section` and `article` are lines of its contents. */
  | { readonly in: "issue"; readonly field?: IssueField; readonly section?: string; readonly article?: string }
  | { readonly in: "publication"; readonly field?: PublicationField }
  | { readonly in: "edition"; readonly path: string }
  /** All the links of an issue together. */
  | { readonly in: "links" };

/** As the fields of the desk are called. */
export type IssueField = keyof IssuePlan | "intro";

export interface ArticlePlace {
  readonly in: "article";
  readonly article: string;
  /** Counts the article's blocks from 1. */
  readonly block?: number;
  /** As a reader hears them: by these the place is found again after the text has moved on. */
  readonly words?: string;
  /** An entry of its head, there or still to be written. */
  readonly entry?: HeadField;
  /** By its file; `says` is what is said of it and to be mended. */
  readonly picture?: string;
  readonly says?: "alt" | "caption" | "credit";
}

/** The same place, with the words that are meant. */
export const at = (place: ArticlePlace, words: string): ArticlePlace => ({ ...place, words });

/** The place as an address below the desk: "articles/hochwasser#credit-wehr.jpg", "issues/2026-01#subject". */
export function addressOf(place: Place, issueId: string): string {
  switch (place.in) {
    case "article":
      return `articles/${encodeURIComponent(place.article)}${insideOf(place, issueId)}`;
    case "issue":
      return `issues/${issueId}${anchorIn(place)}`;
    case "publication":
      return `settings${(place.field && settings[place.field]) ?? ""}`;
    case "edition":
      return `issues/${issueId}/preview${previewOf(place.path)}`;
    case "links":
      return `issues/${issueId}/check#links`;
  }
}

/** Where the desk keeps what a check speaks of. */
const settings = {
  ...{ imprint: "/imprint#imprint", responsiblePerson: "/publisher#responsiblePerson", accent: "/masthead#accent" },
  ...{ baseUrl: "/place#baseUrl", "sender.from": "/sender#sender.from", "sender.replyTo": "/sender#sender.replyTo" },
} as const satisfies Readonly<Partial<Record<keyof Publication | `sender.${keyof Publication["sender"]}`, string>>>;
type PublicationField = keyof typeof settings;

function anchorIn({ field, section, article }: Extract<Place, { in: "issue" }>): string {
  if (section !== undefined) return `#section-${encodeURIComponent(section)}`;
  if (article !== undefined) return `#${field === "teasers" ? "teaser" : "article"}-${encodeURIComponent(article)}`;
  return field ? `#${field}` : "";
}

function previewOf(path: string): string {
  if (path === "email.html") return "";
  return path === "email.txt" ? "?edition=text" : "?edition=page";
}

/** To the fields of a picture, or with the cursor into the words; from there the way leads back to the check. */
function insideOf({ block, words, entry, picture, says }: ArticlePlace, check: string): string {
  if (picture !== undefined) return `?check=${check}#${pictureAnchor(says ?? "picture", picture)}`;
  const sought = { check, ...(block && { block: String(block) }), ...(entry && { entry }), ...(words && { words }) };
  return `/words?${new URLSearchParams(sought)}#place`;
}

/** An id of the article's page. An address and the id in it are spelled alike: nothing is left to be decoded. */
export const pictureAnchor = (what: "picture" | "alt" | "caption" | "credit", name: string): string =>
  `${what}-${encodeURIComponent(name)}`;

/** The place in short, for people who read lines: "articles/hochwasser#block-4". */
export function nameOfPlace(place: Place, issueId: string): string {
  if (place.in !== "article" || place.picture !== undefined)
    return addressOf(place, issueId).replace(/\?check=[\w-]+/, "");
  const part = place.entry ?? (place.block === undefined ? undefined : `block-${place.block}`);
  return `articles/${encodeURIComponent(place.article)}${part === undefined ? "" : `#${part}`}`;
}
