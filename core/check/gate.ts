import type { Article } from "../article/article.ts";
import { type Build, build } from "../edition/build.ts";
import type { EditionInput } from "../edition/edition.ts";
import { judgeArticle } from "../edition/gate/article.ts";
import type { Verdict } from "../edition/gate/verdict.ts";
import { judgeIssue } from "../edition/gate.ts";
import type { Details, NoteCode, RefusalCode } from "../refusal.ts";
import { type Finding, ofNote, ofRefusal, type Place } from "./finding.ts";
import { type Passage, passagesOf, placedLinks, placedPictures } from "./parts.ts";
import { printed } from "./printed.ts";

/** The build's own gate, asked where each thing it says can be mended. */

export interface Gated {
  readonly findings: readonly Finding[];
  /** Set where nothing refused it. */
  readonly editions: Build["editions"];
}

/** Builds the issue and keeps nothing. */
export async function passGate(input: EditionInput): Promise<Gated> {
  const { refusals, notes, editions } = await build(input);
  const placed = [...articleFindings(input), ...issueFindings(input)];
  const said = new Set(placed.map(nameOf));
  const others = ofVerdict({ refusals, notes }, (code, details) => placeOf(code, details, input));
  return { findings: [...placed, ...others.filter((finding) => !said.has(nameOf(finding)))], editions };
}

const nameOf = ({ code, details }: Finding): string => `${code} ${JSON.stringify(details)}`;

const articleFindings = (input: EditionInput): Finding[] =>
  printed(input).flatMap((article) => ofVerdict(judgeArticle(article), (_, details) => placeIn(article, details)));

/** By the picture, the link, the heading or the words it speaks of. */
function placeIn(article: Article, { picture, url, heading, place }: Details): Place {
  const isMeant = ({ role, text }: Passage): boolean =>
    (role === "heading" && text === heading) || (place !== undefined && text.includes(String(place)));
  const found =
    placedPictures(article).find((placed) => placed.picture.name === picture) ??
    placedLinks(article).find((placed) => placed.url === url) ??
    passagesOf(article).find(isMeant);
  return found?.place ?? { in: "article", article: article.id };
}

const issueFindings = (input: EditionInput): Finding[] =>
  ofVerdict(judgeIssue(input), (code, details) => placeOf(code, details, input));

const ofVerdict = (
  { refusals, notes }: Verdict,
  place: (code: RefusalCode | NoteCode, details: Details) => Place,
): Finding[] => [
  ...refusals.map((refusal) => ofRefusal(refusal, place(refusal.code, refusal.details))),
  ...notes.map((note) => ofNote(note, place(note.code, note.details))),
];

const places: Readonly<Partial<Record<RefusalCode | NoteCode, Place>>> = {
  "no-imprint": { in: "publication", field: "imprint" },
  "no-responsible-person": { in: "publication", field: "responsiblePerson" },
  "weak-accent": { in: "publication", field: "accent" },
  "weak-contrast": { in: "publication", field: "accent" },
  "accent-derived": { in: "publication", field: "accent" },
  "too-many-bytes": { in: "edition", path: "email.html" },
  "parts-differ": { in: "edition", path: "email.txt" },
  "no-article": { in: "issue", field: "sections" },
  "empty-issue": { in: "issue", field: "sections" },
};

/** By what it speaks of: a file, or an article by its title. */
function placeOf(code: RefusalCode | NoteCode, { path, title }: Details, input: EditionInput): Place {
  const known = places[code];
  if (known) return known;
  if (path !== undefined) return { in: "edition", path: String(path) };
  const article = printed(input).find((one) => one.title === title);
  return article ? { in: "article", article: article.id } : { in: "issue" };
}
