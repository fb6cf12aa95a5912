import type { ChildNode, Element } from "domhandler";
import { printMark } from "./marks.ts";
import { findPicture } from "./pictures.ts";
import type { Place } from "./workbench.ts";
import { child, childrenOf } from "./xml.ts";

/** Whatever lies on the page between the words: pictures get a mark, text boxes give their words, the rest is told. */
export function drawn(node: Element, at: Place): ChildNode[] {
  const found = [...withinOne(node)];
  const named = (name: string) => found.some((each) => each.name === name);
  if (child(child(node, "wp:anchor") ?? child(node, "wp:inline"), "wp:docPr")?.attribs.hidden === "1") {
    at.bench.losses.say("word-hidden", at.words);
    return [];
  }
  if (isRule(found) && !named("w:txbxContent")) return [printMark({ kind: "rule" })];
  for (const box of found.filter(({ name }) => name === "w:txbxContent")) lift(box, at);
  const pictures = found.filter(({ name }) => name === "pic:pic" || name === "v:imagedata");
  if (named("c:chart")) at.bench.losses.say("word-chart", at.words);
  else if (named("dgm:relIds")) at.bench.losses.say("word-smartart", at.words);
  else if (node.name === "w:object") at.bench.losses.say("word-object", at.words);
  else if (pictures.length === 0 && !named("w:txbxContent") && found.length > 0)
    at.bench.losses.say("word-drawing", at.words);
  return pictures.flatMap((picture) => pictureMark(node, picture, at));
}

/** All but what stands in a text box: that is a page of its own. */
function* withinOne(node: Element): Generator<Element> {
  for (const each of alternativesChosen(node)) {
    yield each;
    if (each.name !== "w:txbxContent") yield* withinOne(each);
  }
}

/** The same drawing stands twice where a document serves an older Word too. */
const alternativesChosen = (node: Element): Element[] =>
  childrenOf(node).flatMap((each) =>
    each.name === "mc:AlternateContent" ? childrenOf(childrenOf(each)[0] ?? each) : [each],
  );

/** Word's own line across the page, or a drawn one: fifty times as wide as it is high. */
const isRule = (found: readonly Element[]): boolean =>
  found.some(({ attribs }) => attribs["o:hr"] === "t") ||
  (found.some(({ name }) => name === "wps:wsp") &&
    found.some(({ name, attribs }) => name === "wp:extent" && Number(attribs.cx) > 50 * Number(attribs.cy)));

function lift(box: Element, at: Place): void {
  at.bench.boxes += 1;
  at.bench.losses.say("word-box", at.words);
  at.lifted.push(...at.inside(box.children, { ...at, box: at.bench.boxes, words: "" }));
}

function pictureMark(drawing: Element, picture: Element, at: Place): ChildNode[] {
  const found = findPicture(drawing, picture, at);
  if (!found) return [];
  const number = at.bench.pictures.push(found) - 1;
  return [printMark({ kind: "picture", number })];
}
