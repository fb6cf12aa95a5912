import type { Document, Element } from "domhandler";
import { child, childrenOf, switchIn, valueIn } from "./xml.ts";

/** What the styles of a document say of a paragraph or run, in German and English, Word and LibreOffice. */

/** What a paragraph is in an article, by its style. */
export type Role =
  | "title"
  | "subtitle"
  | "kicker"
  | "lead"
  | "author"
  | "office"
  | "caption"
  | "credit"
  | "quote"
  | "infobox"
  | "heading";

export interface Style {
  readonly role: Role | undefined;
  /** Of a heading, from 1. */
  readonly level: number;
  readonly look: Look;
}
/** How letters look, where a style or a run says so. */
export interface Look {
  readonly bold?: boolean;
  readonly italic?: boolean;
  readonly hidden?: boolean;
  /** In half points. */
  readonly size?: number;
  readonly language?: string;
}

export interface Styles {
  paragraph(id: string | undefined): Style;
  character(id: string | undefined): Look;
  /** Of letters no style says anything of. */
  readonly base: Look;
}

/** Names in small letters, without spaces, hyphens and numbers at the end. */
const names: Readonly<Record<Exclude<Role, "heading">, readonly string[]>> = {
  title: ["titel", "title", "haupttitel", "headline", "beitragstitel", "artikeltitel"],
  subtitle: ["untertitel", "subtitle", "unterzeile"],
  kicker: ["dachzeile", "kicker", "rubrik", "spitzmarke"],
  lead: ["vorspann", "lead", "intro", "teaser", "einleitung", "anleser", "standfirst"],
  author: ["autor", "autorin", "autoren", "author", "authors", "byline", "verfasser", "verfasserin", "autorenzeile"],
  office: ["funktion", "role", "position", "amt"],
  caption: ["bildunterschrift", "beschriftung", "caption", "bildtext", "abbildung", "illustration", "figure", "bu"],
  credit: ["bildnachweis", "credit", "fotonachweis", "bildquelle", "foto"],
  quote: ["zitat", "quote", "intensequote", "intensiveszitat", "quotations", "blockquote", "blockzitat", "blocktext"],
  infobox: ["infokasten", "infobox", "kasten", "infotext", "hintergrund"],
};
const heading = /^(?:überschrift|ueberschrift|berschrift|heading|zwischenüberschrift|zwischentitel|subheading)(\d?)/;

/** Three styles lead from one to the next in a document of Word; more are a circle. */
const longestLine = 12;

export function readStyles(tree: Document | undefined): Styles {
  const styles = tree ? childrenOf(tree).flatMap(childrenOf) : [];
  const byId = new Map(
    styles.filter(({ name }) => name === "w:style").map((each) => [each.attribs["w:styleId"], each]),
  );
  const defaults = styles.find(({ name }) => name === "w:docDefaults");
  const standard = [...byId.values()].find(
    ({ attribs }) => attribs["w:default"] === "1" && attribs["w:type"] === "paragraph",
  );
  const base = {
    ...lookOf(child(child(defaults, "w:rPrDefault"), "w:rPr")),
    ...lookOf(child(standard, "w:rPr")),
  };
  const line = (id: string | undefined): Element[] => ancestry(byId, id);
  return {
    base,
    paragraph: (id) => styleOf(line(id), id),
    character: (id) => looks(line(id)),
  };
}

/** The style and those it is based on, nearest first. */
function ancestry(byId: ReadonlyMap<string | undefined, Element>, id: string | undefined): Element[] {
  const line: Element[] = [];
  for (let style = id === undefined ? undefined : byId.get(id); style && line.length < longestLine; ) {
    line.push(style);
    style = byId.get(valueIn(style, "w:basedOn") ?? "");
  }
  return line;
}

function styleOf(line: readonly Element[], id: string | undefined): Style {
  const called = [
    id ?? "",
    ...line.flatMap((style) => [valueIn(style, "w:name") ?? "", style.attribs["w:styleId"] ?? ""]),
  ];
  const outline = line
    .map((style) => valueIn(child(style, "w:pPr"), "w:outlineLvl"))
    .find((level) => level !== undefined);
  const found = called.map(roleNamed).find((each) => each !== undefined);
  const level = Number(outline ?? 9) + 1;
  const byOutline = level <= 9 ? { role: "heading" as const, level } : { role: undefined, level: 0 };
  return { ...(found ?? byOutline), look: looks(line) };
}

export function roleNamed(name: string): { role: Role; level: number } | undefined {
  const word = name
    .normalize("NFC")
    .toLowerCase()
    .replace(/[\s_-]+/g, "");
  const level = heading.exec(word);
  if (level) return { role: "heading", level: Number(level[1] || 1) };
  const plain = word.replace(/\d+$/, "");
  const found = (Object.keys(names) as Exclude<Role, "heading">[]).find((role) => names[role].includes(plain));
  return found && { role: found, level: 0 };
}

const looks = (line: readonly Element[]): Look =>
  Object.assign({}, ...line.toReversed().map((style) => lookOf(child(style, "w:rPr"))));

/** What `w:rPr` says of letters. */
export function lookOf(properties: Element | undefined): Look {
  const [bold, italic] = [switchIn(properties, "w:b"), switchIn(properties, "w:i")];
  const hidden = switchIn(properties, "w:vanish");
  const size = Number(valueIn(properties, "w:sz") ?? Number.NaN);
  const language = child(properties, "w:lang")?.attribs["w:val"];
  return {
    ...(bold !== undefined && { bold }),
    ...(italic !== undefined && { italic }),
    ...(hidden !== undefined && { hidden }),
    ...(Number.isFinite(size) && { size }),
    ...(language !== undefined && { language }),
  };
}
