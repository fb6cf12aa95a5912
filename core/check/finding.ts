import type { IssuePlan } from "../issue/issue.ts";
import type { Publication } from "../publication.ts";
import type { Details, Note, NoteCode, Refusal, RefusalCode } from "../refusal.ts";
import { fill, type Language, type Words, words } from "../words.ts";

/** What a check (Prüfung) says of an issue before it leaves the house. */

export type FindingCode = keyof Words["finding"];

/** red: the build refuses it, or a reader would be harmed · amber: worth a look */
export type Colour = "red" | "amber";

/** What has to be opened to mend it. `block` counts an article's blocks from 1; a picture is named by its file. */
export type Place =
  | { readonly in: "article"; readonly article: string; readonly block?: number; readonly picture?: string }
  | { readonly in: "issue"; readonly field?: keyof IssuePlan }
  | { readonly in: "publication"; readonly field?: keyof Publication }
  | { readonly in: "edition"; readonly path: string };
export type ArticlePlace = Extract<Place, { in: "article" }>;

/** Its sentence lives in the wording: of the build's own words under `refusal` (red) and `note` (amber), else under `finding`. */
export interface Finding {
  readonly colour: Colour;
  readonly code: FindingCode | RefusalCode | NoteCode;
  readonly details: Details;
  readonly place: Place;
}

export const red = (code: FindingCode, place: Place, details: Details = {}): Finding => ({
  ...{ colour: "red", code, details, place },
});
export const amber = (code: FindingCode, place: Place, details: Details = {}): Finding => ({
  ...{ colour: "amber", code, details, place },
});

/** What the build says, at its place. */
export const ofRefusal = ({ code, details }: Pick<Refusal, "code" | "details">, place: Place): Finding => ({
  ...{ colour: "red", code, details, place },
});
export const ofNote = ({ code, details }: Note, place: Place): Finding => ({ colour: "amber", code, details, place });

/** In the reader's language: what is wrong, and what to do. */
export function findingSentence(language: Language, { colour, code, details }: Omit<Finding, "place">): string {
  const { finding, refusal, note } = words(language);
  const ofBuild: Readonly<Record<string, string>> = colour === "red" ? refusal : note;
  const own: Readonly<Record<string, string>> = finding;
  return fill(own[code] ?? ofBuild[code] ?? code, details);
}

/** The place as an address below the desk: "articles/hochwasser#block-4", "issues/2026-01#subject". */
export function addressOf(place: Place, issueId: string): string {
  switch (place.in) {
    case "article":
      return `articles/${encodeURIComponent(place.article)}${anchorIn(place)}`;
    case "issue":
      return `issues/${issueId}${place.field ? `#${place.field}` : ""}`;
    case "publication":
      return `settings${(place.field && settings[place.field]) ?? ""}`;
    case "edition":
      return `issues/${issueId}/preview${previewOf(place.path)}`;
  }
}

/** Where the desk keeps what a check speaks of. */
const settings: Readonly<Partial<Record<keyof Publication, string>>> = {
  ...{ imprint: "/imprint", responsiblePerson: "/publisher#responsiblePerson", accent: "/masthead#accent" },
  ...{ baseUrl: "/place#baseUrl", sender: "/sender" },
};

function previewOf(path: string): string {
  if (path === "email.html") return "";
  return path === "email.txt" ? "?edition=text" : "?edition=page";
}

function anchorIn({ block, picture }: ArticlePlace): string {
  if (picture !== undefined) return `#picture-${encodeURIComponent(picture)}`;
  return block === undefined ? "" : `#block-${block}`;
}
