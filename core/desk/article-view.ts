import type { Article, Picture } from "../article/article.ts";
import { picturesOf, portraitsOf } from "../article/contents.ts";
import { printInline } from "../article/markdown/print.ts";
import type { PictureWords } from "../article/mend.ts";
import { imageOf, pictureAddress, variantOf } from "../article/picture-address.ts";
import { bare, picturePlaces, unnamedPictures } from "../article/put-pictures.ts";
import { pictureAnchor } from "../check/place.ts";
import { type Issue, idOfIssue, issueLabel } from "../issue/issue.ts";
import type { Publication } from "../publication.ts";
import { fill, type Language, words } from "../words.ts";
import { picturePath } from "./article-preview.ts";
import { nameOf } from "./name-of.ts";
import { type Review, type ReviewState, stateOfReview } from "./review.ts";
import { spokenTime } from "./spoken-time.ts";
import { isBuiltBefore, type Withdrawn } from "./standing.ts";

/** What an article's page shows of it. */

/** A picture with the fields that are filled in beside it; `now` is what stands there where somebody typed something else. */
export interface PictureFields {
  readonly index: number;
  readonly name: string;
  /** What a check leads to: the picture, and each of its fields. */
  readonly anchors: Readonly<Record<"picture" | "alt" | "caption" | "credit", string>>;
  readonly src: string;
  readonly width: number;
  readonly height: number;
  readonly isPortrait: boolean;
  readonly caption: Field;
  readonly credit: Field;
  readonly alt: Field;
  readonly isDecorative: boolean;
  readonly focusX: string;
  readonly focusY: string;
  /** Where it could stand; null: the text names it. */
  readonly places: readonly { readonly id: string; readonly label: string; readonly isChosen: boolean }[] | null;
}
interface Field {
  readonly value: string;
  readonly now: string;
}

/** @param described what somebody had typed when another was quicker */
export function pictureFields(
  article: Article,
  publication: string,
  language: Language,
  described: readonly PictureWords[] = [],
): PictureFields[] {
  const portraits = new Set(portraitsOf(article).map(({ name }) => name));
  const said = new Map(described.map((one) => [one.name, one]));
  const unnamed = new Map(unnamedPictures(article).map((name) => [name, bare(name)]));
  return [...eachOnce(picturesOf(article)), ...unnamed.values()].flatMap((picture, index) => {
    const image = imageOf(article, picture);
    const variant = image && (variantOf(image, "480") ?? variantOf(image, "mail"));
    if (!image || !variant) return [];
    const typed = said.get(picture.name);
    const focus = typed?.focus ?? picture.focus;
    return [
      {
        ...{ index, name: picture.name, isPortrait: portraits.has(picture.name) },
        anchors: anchorsOf(picture.name),
        src: picturePath(publication, pictureAddress(image, variant).slice("bilder/".length)),
        ...{ width: variant.width, height: variant.height },
        caption: field(printInline(article.language, picture.caption), typed?.caption),
        credit: field(picture.credit ?? "", typed?.credit),
        alt: field(picture.alt ?? "", typed?.alt),
        isDecorative: typed?.isDecorative ?? picture.alt === "",
        ...{ focusX: focus ? String(focus.x) : "", focusY: focus ? String(focus.y) : "" },
        places: unnamed.has(picture.name) ? placesShown(article, language, typed?.place ?? "") : null,
      },
    ];
  });
}

/** In the words of who chooses. */
function placesShown(article: Article, language: Language, chosen: string): PictureFields["places"] {
  const { place: say } = words(language).desk;
  return [
    { id: "", label: say.nowhere, isChosen: chosen === "" },
    ...picturePlaces(article).map(({ id, is, of }) => ({
      id,
      label: fill(say[is], { of }),
      isChosen: id === chosen,
    })),
  ];
}

const anchorsOf = (name: string): PictureFields["anchors"] => ({
  ...{ picture: pictureAnchor("picture", name), alt: pictureAnchor("alt", name) },
  ...{ caption: pictureAnchor("caption", name), credit: pictureAnchor("credit", name) },
});

const field = (standing: string, typed: string | undefined): Field =>
  typed === undefined || typed === standing ? { value: standing, now: "" } : { value: typed, now: standing || "–" };

const eachOnce = (pictures: readonly Picture[]): Picture[] => [
  ...new Map(pictures.map((picture) => [picture.name, picture])).values(),
];

/** Names of pictures the text speaks of and nobody has handed in. */
export const awaited = (article: Article): { readonly name: string; readonly anchor: string }[] =>
  eachOnce(picturesOf(article))
    .filter((picture) => !imageOf(article, picture))
    .map(({ name }) => ({ name, anchor: pictureAnchor("picture", name) }));

interface Stood {
  readonly article: string;
  readonly withdrawn: Withdrawn;
  readonly changedAt: string;
  readonly language: Language;
}

/** The issues an article stands in, with their state; a build that is older than its words says so. */
export function issueLines(issues: readonly Issue[], { article, withdrawn, changedAt, language }: Stood): object[] {
  const { desk, state } = words(language);
  return issues.map((issue) => ({
    url: `/${issue.publication}/issues/${idOfIssue(issue)}`,
    label: fill(desk.article.issue, { issue: issueLabel(issue), theme: issue.theme.title }),
    state: withdrawn.get(idOfIssue(issue))?.has(article) ? desk.article.withdrawn : state.issue[issue.status],
    isOlder: isBuiltBefore(issue, changedAt),
  }));
}

/** What becomes of the issues it stands in once it is changed, for whoever is about to. */
export function holdingWarnings(issues: readonly Issue[], language: Language): string[] {
  const { holding } = words(language).desk.article;
  return issues.flatMap((issue) => {
    const { status } = issue;
    if (status !== "built" && status !== "approved" && status !== "scheduled") return [];
    return [fill(holding[status], { issue: issueLabel(issue) })];
  });
}

const tones = {
  waiting: "asks",
  lapsed: "quiet",
  agreed: "good",
  wishes: "stops",
  void: "asks",
} as const satisfies Record<ReviewState, string>;

interface Reading {
  readonly publication: Publication;
  readonly language: Language;
  readonly now: string;
  readonly people: readonly { readonly id: string; readonly name: string }[];
}

/** Who was asked to look it through, and what they said. @param current whether each answered to the words of now */
export function reviewLines(
  reviews: readonly Review[],
  current: readonly boolean[],
  { publication, language, now, people }: Reading,
): object[] {
  const { review: say } = words(language).desk.article;
  const whoIs = ({ of }: Review): string => ("name" in of ? of.name : nameOf(people, of.person, language));
  return reviews.map((review, index) => {
    const state = stateOfReview(review, current[index] ?? true, now);
    const at = spokenTime(review.answer?.at ?? review.askedAt, publication.timeZone, language);
    return {
      name: whoIs(review),
      words: review.answer?.words ?? "",
      asked: review.words,
      detail: fill(review.answer ? say.answered : say.asked, {
        at,
        revision: review.answer?.revision ?? review.revision,
      }),
      state: { label: say.state[state], tone: tones[state] },
    };
  });
}
