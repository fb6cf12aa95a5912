import { type ChildNode, type Document, type Element, isTag } from "domhandler";
import { textContent } from "domutils";
import { drawn } from "./drawings.ts";
import { type LossCode, placeOf } from "./losses.ts";
import { printMark } from "./marks.ts";
import type { Relations } from "./package.ts";
import { writtenIn } from "./placeholders.ts";
import { lookOfRun, rewriteRun } from "./run.ts";
import { type Facts, noLetters, type Place, type Workbench } from "./workbench.ts";
import { child, childrenOf, element, switchIn, text, valueIn, within } from "./xml.ts";

/** A document made ready for mammoth: what it would let through is gone, what it would lose is written so that it stays. */

/** The tree of one part rewritten; facts and pictures are laid on the bench. */
export function prepare(bench: Workbench, tree: Document, relations: Relations): Element | undefined {
  const [root] = childrenOf(tree);
  if (!root) return undefined;
  return element(root.name, root.attribs, rewriteAll(root.children, startOf(bench, relations)));
}

const startOf = (bench: Workbench, relations: Relations): Place => ({
  ...{ bench, relations, words: "", box: 0, lifted: [], letters: noLetters() },
  ...{ style: { role: undefined, level: 0, look: {} }, inside: rewriteAll },
});

/** Words stand in runs alone: what lies between elements is how the file was set. */
const rewriteAll = (nodes: readonly ChildNode[], at: Place): ChildNode[] =>
  nodes.filter(isTag).flatMap((node) => (rewrites[node.name] ?? keep)(node, at));

type Rewrite = (node: Element, at: Place) => ChildNode[];

const drop: Rewrite = () => [];
const unwrap: Rewrite = (node, at) => rewriteAll(node.children, at);

const rewrites: Readonly<Record<string, Rewrite>> = {
  "w:p": rewriteParagraph,
  "w:tr": rewriteRow,
  "w:r": rewriteRun,
  "mc:AlternateContent": (node, at) => rewriteAll(branchOf(node), at),
  "w:del": droppedChange,
  "w:moveFrom": droppedChange,
  "w:ins": keptChange,
  "w:moveTo": keptChange,
  "w:hyperlink": rewriteLink,
  "w:fldSimple": unwrap,
  "w:dir": unwrap,
  "w:bdo": unwrap,
  "w:customXml": unwrap,
  "w:smartTag": unwrap,
  "w:sdt": rewriteControl,
  "m:oMathPara": rewriteFormula,
  "m:oMath": rewriteFormula,
  "w:drawing": drawn,
  "w:pict": drawn,
  "w:object": drawn,
  "w:altChunk": (_, at) => lost("word-embedded", { ...at, words: at.words || at.bench.last }),
  "w:subDoc": (_, at) => lost("word-embedded", { ...at, words: at.words || at.bench.last }),
  "w:sectPr": drop,
  "w:proofErr": drop,
  "w:bookmarkStart": drop,
  "w:bookmarkEnd": drop,
  "w:commentRangeStart": drop,
  "w:commentRangeEnd": drop,
  "w:permStart": drop,
  "w:permEnd": drop,
};

function keep(node: Element, at: Place): ChildNode[] {
  const isProperties = /^w:\w+Pr$/.test(node.name);
  return [isProperties ? node : element(node.name, node.attribs, rewriteAll(node.children, at))];
}

function lost(code: LossCode, at: Place): ChildNode[] {
  at.bench.losses.say(code, at.words);
  return [];
}

// ── paragraphs ─────────────────────────────────────────────────────────────────────────────────

/** Tables of contents lead to pages the article does not have. */
const contentsStyle = /^(?:toc|verzeichnis|inhaltsverzeichnis|contents)\s*\d*$/i;

function rewriteParagraph(node: Element, at: Place): ChildNode[] {
  const properties = child(node, "w:pPr");
  const id = valueIn(properties, "w:pStyle");
  const style = at.bench.styles.paragraph(id);
  const words = (style.look.hidden ? "" : placeOf(wordsOf(node, at.bench))) || at.words || at.bench.last;
  at.bench.last = words;
  if (contentsStyle.test(id ?? "")) return lost("word-contents", { ...at, words });
  const nodes = writtenIn(node, wordsOf(node, at.bench), { ...at, words });
  if (!nodes) return [];
  const here: Place = { ...at, style, words, lifted: [], letters: noLetters() };
  const inner = rewriteAll(nodes, here);
  if (child(properties, "w:framePr")?.attribs["w:dropCap"]) return keepInitial(at.bench, inner);
  const content = [...at.bench.initial.splice(0), ...inner];
  if (child(child(properties, "w:rPr"), "w:ins")) at.bench.losses.say("word-changes", words);
  const number = at.bench.paragraphs.push(factsOf(properties, here)) - 1;
  const mark = printMark({ kind: "paragraph", number });
  return [element("w:p", {}, [...kept(properties), mark, ...content]), ...here.lifted];
}

/** A large first letter is a paragraph to Word; to a reader it is the next one's first letter. */
function keepInitial({ initial }: Workbench, letters: readonly ChildNode[]): ChildNode[] {
  initial.push(...letters);
  return [];
}

function factsOf(properties: Element | undefined, { style, words, box, letters }: Place): Facts {
  const [size] = [...letters.sizes].sort(([, left], [, right]) => right - left)[0] ?? [];
  return {
    ...{ style, box, size, place: words, letters: letters.all },
    isBold: letters.all > 0 && letters.bold === letters.all,
    list: valueIn(child(properties, "w:numPr"), "w:numId"),
    isRule: letters.all === 0 && child(child(properties, "w:pBdr"), "w:bottom") !== undefined,
  };
}

/** What mammoth needs of a paragraph's properties. */
function kept(properties: Element | undefined): Element[] {
  const names = ["w:pStyle", "w:numPr", "w:jc"];
  const needed = properties ? childrenOf(properties).filter(({ name }) => names.includes(name)) : [];
  const isDeleted = child(child(properties, "w:rPr"), "w:del") !== undefined;
  const mark = isDeleted ? [element("w:rPr", {}, [element("w:del")])] : [];
  return [element("w:pPr", {}, [...needed, ...mark])];
}

/** The words a reader of the document sees in a paragraph: those deleted or hidden must not come out in a note either. */
function wordsOf(node: Element, bench: Workbench): string {
  if (node.name === "w:t" || node.name === "m:t") return textContent(node);
  if (node.name === "w:tab" || node.name === "w:br") return " ";
  if (["w:del", "w:moveFrom", "w:pPr", "w:rPr", "w:txbxContent", "mc:Fallback"].includes(node.name)) return "";
  if (node.name === "w:r" && lookOfRun(node, bench).hidden) return "";
  return childrenOf(node)
    .map((each) => wordsOf(each, bench))
    .join("");
}

/** Whole rows come and go as changes too; and some say that they are no head, which mammoth takes for the opposite. */
function rewriteRow(node: Element, at: Place): ChildNode[] {
  const properties = child(node, "w:trPr");
  const isDeleted = child(properties, "w:del") !== undefined;
  if (isDeleted || child(properties, "w:ins")) at.bench.losses.say("word-changes", placeOf(wordsOf(node, at.bench)));
  if (isDeleted) return [];
  const head = switchIn(properties, "w:tblHeader") ? [element("w:trPr", {}, [element("w:tblHeader")])] : [];
  return [
    element("w:tr", {}, [
      ...head,
      ...rewriteAll(
        node.children.filter((each) => each !== properties),
        at,
      ),
    ]),
  ];
}

// ── changes, controls, formulas ────────────────────────────────────────────────────────────────

function droppedChange(_: Element, at: Place): ChildNode[] {
  return lost("word-changes", at);
}

function keptChange(node: Element, at: Place): ChildNode[] {
  at.bench.losses.say("word-changes", at.words);
  return rewriteAll(node.children, at);
}

/** Mammoth stumbles over a link whose target is nowhere. */
function rewriteLink(node: Element, at: Place): ChildNode[] {
  const id = node.attribs["r:id"];
  const content = rewriteAll(node.children, at);
  return id !== undefined && at.relations.has(id) ? [element("w:hyperlink", { "r:id": id }, content)] : content;
}

/** "Klicken Sie hier, um Text einzugeben" is nobody's text; a table of contents is none of the article's. */
function rewriteControl(node: Element, at: Place): ChildNode[] {
  const properties = child(node, "w:sdtPr");
  if (child(properties, "w:showingPlcHdr")) return [];
  const gallery = valueIn(child(properties, "w:docPartObj"), "w:docPartGallery") ?? "";
  if (/table of contents/i.test(gallery))
    return lost("word-contents", { ...at, words: placeOf(wordsOf(node, at.bench)) });
  const content = child(node, "w:sdtContent");
  if (!child(properties, "w14:checkbox")) return content ? rewriteAll(content.children, at) : [];
  const children = content ? [element("w:sdtContent", {}, rewriteAll(content.children.filter(isNoSign), at))] : [];
  return [element("w:sdt", {}, [...(properties ? [properties] : []), ...children])];
}

/** The box itself, drawn from a symbol font: whether it is ticked is known without it. */
const isNoSign = (node: ChildNode): boolean =>
  !(isTag(node) && node.name === "w:r" && [...within(node)].some(({ name }) => name === "w:sym"));

/** Its signs in a row: enough to read it by, never enough to print it. */
function rewriteFormula(node: Element, at: Place): ChildNode[] {
  at.bench.losses.say("word-formula", at.words);
  const signs = [...within(node)].filter(({ name }) => name === "m:t").map((each) => textContent(each));
  return [element("w:r", {}, [element("w:t", {}, [text(signs.join(""))])])];
}

/** The branch of an alternative that holds what an article can show; else the first. */
function branchOf(node: Element): ChildNode[] {
  const branches = childrenOf(node);
  const shows = /^(?:a:blip|v:imagedata|w:txbxContent|c:chart|dgm:relIds)$/;
  const found = branches.find((branch) => [...within(branch)].some(({ name }) => shows.test(name)));
  return (found ?? branches[0])?.children ?? [];
}
