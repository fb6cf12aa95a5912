import type { Article } from "../article/article.ts";
import { type Build, build } from "../edition/build.ts";
import type { EditionInput } from "../edition/edition.ts";
import { judgeArticle } from "../edition/gate/article.ts";
import type { Verdict } from "../edition/gate/verdict.ts";
import { judgeIssue } from "../edition/gate.ts";
import type { Details, NoteCode, RefusalCode } from "../refusal.ts";
import { type Finding, ofNote, ofRefusal } from "./finding.ts";
import { type Passage, passagesOf, placedLinks, placedPictures } from "./parts.ts";
import { type ArticlePlace, at, type IssueField, type Place } from "./place.ts";
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
  const findings = [...placed, ...others.filter((finding) => !said.has(nameOf(finding)))];
  return { findings: findings.filter(({ code }) => !ofCourse.has(code)), editions };
}

/** The build tells of it; nobody need do anything about it, issue after issue. */
const ofCourse: ReadonlySet<Finding["code"]> = new Set(["accent-derived"]);

const nameOf = ({ code, details }: Finding): string => `${code} ${JSON.stringify(details)}`;

const articleFindings = (input: EditionInput): Finding[] =>
  printed(input).flatMap((article) =>
    ofVerdict(judgeArticle(article), (code, details) => placeIn(article, code, details)),
  );

/** What has to be said of a picture. */
const sayings: Readonly<Partial<Record<RefusalCode | NoteCode, ArticlePlace["says"]>>> = {
  ...{ "no-alt": "alt", "long-alt": "alt", "no-credit": "credit" },
};

/** By the picture, the link, the heading or the words it speaks of. */
function placeIn(article: Article, code: RefusalCode | NoteCode, { picture, url, heading, place }: Details): Place {
  const whole: ArticlePlace = { in: "article", article: article.id };
  if (code === "long-title") return { ...whole, entry: "title" };
  const shown = placedPictures(article).find((placed) => placed.picture.name === picture);
  const says = sayings[code];
  if (shown) return says ? { ...shown.place, says } : shown.place;
  const link = placedLinks(article).find((placed) => placed.url === url);
  if (link) return link.place;
  const isMeant = ({ role, text }: Passage): boolean =>
    (role === "heading" && text === heading) || (place !== undefined && text.includes(String(place)));
  const passage = passagesOf(article).find(isMeant)?.place ?? whole;
  return place === undefined ? passage : at(passage, String(place));
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
  "too-many-bytes": { in: "edition", path: "email.html" },
  "parts-differ": { in: "edition", path: "email.txt" },
  "empty-issue": { in: "issue" },
};

/** By what it speaks of: a line of the contents, a file, a field, or an article by its title. */
function placeOf(code: RefusalCode | NoteCode, details: Details, input: EditionInput): Place {
  const { path, title, article: id, place } = details;
  const known = places[code];
  if (known) return known;
  if (code === "no-article") return { in: "issue", article: String(id) };
  if (path !== undefined) return { in: "edition", path: String(path) };
  const article = printed(input).find((one) => one.title === title);
  if (code === "mail-full-shortened" && article) return { in: "article", article: article.id, entry: "mail" };
  if (article) return { in: "issue", article: article.id };
  return place === undefined ? { in: "issue" } : fieldWith(String(place), input.issue);
}

/** The field of the issue's own words that holds these. */
function fieldWith(words: string, { theme, subject, preheader, sections }: EditionInput["issue"]): Place {
  const section = sections.find(({ name }) => name.includes(words));
  if (section) return { in: "issue", section: section.name };
  const fields = Object.entries({ theme: theme.title, intro: theme.intro, subject, preheader });
  const [field] = fields.find(([, text]) => text.includes(words)) ?? [];
  return { in: "issue", ...(field && { field: field as IssueField }) };
}
