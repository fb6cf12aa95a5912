import { type ChildNode, type Element, isTag } from "domhandler";
import { textContent } from "domutils";
import { printMark } from "./marks.ts";
import { type Look, lookOf } from "./styles.ts";
import type { Place, Workbench } from "./workbench.ts";
import { child, childrenOf, element, switchIn, text, valueIn } from "./xml.ts";

/** A run of letters that look alike: what an article keeps of its look is written plainly, the rest is counted. */
export function rewriteRun(node: Element, at: Place): ChildNode[] {
  const properties = child(node, "w:rPr");
  const look: Look = { ...at.style.look, ...lookOfRun(node, at.bench) };
  const content = childrenOf(node).filter((each) => each !== properties);
  if (look.hidden) return hidden(content, at);
  const letters = lettersOf(content);
  const font = child(properties, "w:rFonts")?.attribs["w:ascii"] ?? "";
  if (letters > 0) tally(letters, look, font, at);
  if (letters > 0 && isColourful(properties)) at.bench.losses.say("word-look", at.words);
  const language = letters > 0 && look.language ? [printMark({ kind: "language", language: look.language })] : [];
  return [
    element("w:r", {}, [
      plainLook(properties, look, at),
      ...language,
      ...content.flatMap((each) => piece(each, font, at)),
    ]),
  ];
}

/** What the run says itself, and its style. */
export function lookOfRun(node: Element, { styles }: Pick<Workbench, "styles">): Look {
  const properties = child(node, "w:rPr");
  return { ...styles.character(valueIn(properties, "w:rStyle")), ...lookOf(properties) };
}

const lettersOf = (content: readonly Element[]): number =>
  content.reduce((sum, each) => sum + (each.name === "w:t" ? textContent(each).trim().length : 0), 0);

/** Never printed. The marks of a field stay, or its other half would hang in the air. */
function hidden(content: readonly Element[], at: Place): ChildNode[] {
  if (lettersOf(content) > 0 || content.some(({ name }) => name === "w:drawing"))
    at.bench.losses.say("word-hidden", at.words);
  const field = content.filter(({ name }) => name === "w:fldChar" || name === "w:instrText");
  return field.length > 0 ? [element("w:r", {}, field)] : [];
}

function tally(letters: number, look: Look, font: string, { bench, style, letters: sum }: Place): void {
  // Titles and headings have a font of their own in any document.
  if (style.role === undefined) bench.fonts.set(font, (bench.fonts.get(font) ?? 0) + letters);
  const size = look.size ?? bench.styles.base.size ?? 0;
  sum.all += letters;
  if (look.bold) sum.bold += letters;
  sum.sizes.set(size, (sum.sizes.get(size) ?? 0) + letters);
  const language = look.language ?? bench.styles.base.language;
  if (language) bench.languages.set(language, (bench.languages.get(language) ?? 0) + letters);
}

/** Colour, marker and underline carry no meaning a reader could rely on. */
function isColourful(properties: Element | undefined): boolean {
  const colour = valueIn(properties, "w:color");
  const isLink = valueIn(properties, "w:rStyle") !== undefined && colour === undefined;
  return (
    (colour !== undefined && !/^(?:auto|000000)$/i.test(colour)) ||
    child(properties, "w:highlight") !== undefined ||
    (switchIn(properties, "w:u") === true && !isLink)
  );
}

/** Bold in a paragraph whose style is bold anyway says nothing. */
function plainLook(properties: Element | undefined, look: Look, { style, bench, words }: Place): Element {
  const isStruck = switchIn(properties, "w:strike") || switchIn(properties, "w:dstrike");
  if (isStruck) bench.losses.say("word-struck", words);
  const raised = child(properties, "w:vertAlign") ?? shifted(properties, style.look.size ?? bench.styles.base.size);
  return element("w:rPr", {}, [
    ...(look.bold && !style.look.bold ? [element("w:b")] : []),
    ...(look.italic && !style.look.italic ? [element("w:i")] : []),
    ...(raised ? [raised] : []),
  ]);
}

/** LibreOffice writes what came from a page of the web, "m³", as letters that are smaller and stand higher. */
function shifted(properties: Element | undefined, textSize = Number.POSITIVE_INFINITY): Element | undefined {
  const [by, size] = ["w:position", "w:sz"].map((name) => Number(valueIn(properties, name) ?? Number.NaN));
  if (!by || !size || size >= textSize) return undefined;
  return element("w:vertAlign", { "w:val": by > 0 ? "superscript" : "subscript" });
}

function piece(node: Element, font: string, at: Place): ChildNode[] {
  switch (node.name) {
    case "w:t":
      return symbols(textContent(node), font, at);
    case "w:cr":
      return [element("w:br")];
    case "w:ptab":
      return [element("w:tab")];
    case "w:sym":
      at.bench.symbols.push(at.words);
      return [node];
    case "w:br":
      return broken(node, at);
    case "w:ruby":
      return [element("w:t", {}, [text(rubyText(node))])];
    case "w:commentReference":
    case "w:annotationRef":
    case "w:footnoteRef":
    case "w:endnoteRef":
    case "w:lastRenderedPageBreak":
    case "w:delText":
      return [];
    case "w:drawing":
    case "w:pict":
    case "w:object":
    case "mc:AlternateContent":
      return at.inside([node], at);
    default:
      return isTag(node) ? [node] : [];
  }
}

/** Signs of fonts like Wingdings lie where Unicode has none; as symbols they are read by their font. */
function symbols(data: string, font: string, at: Place): ChildNode[] {
  return data.split(/([\ue000-\uf8ff])/).flatMap((part): ChildNode[] => {
    if (part === "") return [];
    if (!/^[\ue000-\uf8ff]$/.test(part)) return [element("w:t", {}, [text(part)])];
    at.bench.symbols.push(at.words);
    return [element("w:sym", { "w:font": font, "w:char": part.charCodeAt(0).toString(16).toUpperCase() })];
  });
}

function broken(node: Element, at: Place): ChildNode[] {
  const type = node.attribs["w:type"] ?? "textWrapping";
  if (type === "textWrapping") return [node];
  at.bench.losses.say("word-page-break", at.words);
  return [];
}

/** The sign, and how it is read. */
function rubyText(node: Element): string {
  const [base, reading] = [child(node, "w:rubyBase"), child(node, "w:rt")];
  return `${base ? textContent(base) : ""}${reading ? ` (${textContent(reading)})` : ""}`;
}
