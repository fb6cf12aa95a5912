import type { Document, Element } from "domhandler";
import { textContent } from "domutils";
import { Refusal } from "../../refusal.ts";
import { type Container, openContainer } from "./container.ts";
import { demandWord, demandZip } from "./file-kind.ts";
import { child, childrenOf, parseXml, within } from "./xml.ts";

/** A Word document as its parts: those the text is made of, as trees, and the way to the pictures. */
export interface Package {
  readonly document: Document;
  readonly styles: Document | undefined;
  readonly numbering: Document | undefined;
  readonly footnotes: Notes | undefined;
  readonly endnotes: Notes | undefined;
  readonly relations: Relations;
  /** What lies beside the text: read to say that it was left out. */
  readonly beside: Beside;
  readonly media: Pick<Container, "bytesOf" | "read" | "begin">;
}
export interface Notes {
  readonly tree: Document;
  readonly relations: Relations;
}
export interface Beside {
  readonly comments: number;
  /** Words of page headers and footers. */
  readonly furniture: string;
  readonly hasCreator: boolean;
}
/** Where an id in a part leads: a path inside the document, or an address outside. */
export type Relations = ReadonlyMap<string, Relation>;
export interface Relation {
  /** The last word of its type: "image", "hyperlink". */
  readonly kind: string;
  readonly target: string;
  readonly isOutside: boolean;
}

/** XML of one part: a text of 10,000 paragraphs has some ten megabytes. */
const mostPartBytes = 24_000_000;
const contentTypes = "[Content_Types].xml";

/** @throws Refusal `word-…` for whatever is no Word document, or none to be read */
export async function openPackage(name: string, bytes: Uint8Array): Promise<Package> {
  demandZip(name, bytes);
  const container = await openContainer(name, bytes);
  const types = container.read(contentTypes, mostPartBytes);
  demandWord(name, container, types ? new TextDecoder().decode(types) : "");
  return partsOf(name, container);
}

function partsOf(name: string, container: Container): Package {
  const tree = (path: string | undefined): Document | undefined => {
    const bytes = path === undefined ? undefined : container.read(path, mostPartBytes);
    return bytes && parseXml(name, bytes);
  };
  const roots = relationsOf(tree("_rels/.rels"), "");
  const main = pathOf(roots, "officeDocument") ?? "word/document.xml";
  const document = tree(main);
  if (!document || !bodyOf(document)) throw new Refusal("word-broken", { name });
  const relations = relationsOf(tree(relationsPath(main)), folderOf(main));
  const notes = (kind: string): Notes | undefined => {
    const path = pathOf(relations, kind);
    const found = tree(path);
    return found && path
      ? { tree: found, relations: relationsOf(tree(relationsPath(path)), folderOf(path)) }
      : undefined;
  };
  return {
    ...{ document, relations, media: container },
    ...{ styles: tree(pathOf(relations, "styles")), numbering: tree(pathOf(relations, "numbering")) },
    ...{ footnotes: notes("footnotes"), endnotes: notes("endnotes") },
    beside: {
      comments: commentsIn(tree(pathOf(relations, "comments"))),
      furniture: furnitureIn(relations, tree),
      hasCreator: namesSomebody(tree(pathOf(roots, "core-properties"))),
    },
  };
}

export const bodyOf = (document: Document): Element | undefined =>
  child(child(document as never, "w:document"), "w:body");

// ── relations ──────────────────────────────────────────────────────────────────────────────────

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf("/") + 1);
const relationsPath = (path: string): string => `${folderOf(path)}_rels/${path.slice(folderOf(path).length)}.rels`;

function relationsOf(tree: Document | undefined, folder: string): Relations {
  const relations = new Map<string, Relation>();
  for (const { name, attribs } of tree ? within(tree) : []) {
    const { Id: id, Type: type = "", Target: target = "", TargetMode: mode } = attribs;
    if (name !== "Relationship" || id === undefined) continue;
    const isOutside = mode === "External";
    const kind = type.slice(type.lastIndexOf("/") + 1);
    relations.set(id, { kind, isOutside, target: isOutside ? target : resolved(folder, target) });
  }
  return relations;
}

/** "../media/a.png" from "word/" is "media/a.png". */
function resolved(folder: string, target: string): string {
  const segments: string[] = [];
  for (const segment of (target.startsWith("/") ? target : folder + target).split("/")) {
    if (segment === "..") segments.pop();
    else if (segment !== "" && segment !== ".") segments.push(segment);
  }
  return segments.join("/");
}

const pathOf = (relations: Relations, kind: string): string | undefined =>
  [...relations.values()].find((each) => each.kind === kind && !each.isOutside)?.target;

// ── beside the text ────────────────────────────────────────────────────────────────────────────

const commentsIn = (tree: Document | undefined): number =>
  tree
    ? childrenOf(tree)
        .flatMap(childrenOf)
        .filter(({ name }) => name === "w:comment").length
    : 0;

function furnitureIn(relations: Relations, tree: (path: string) => Document | undefined): string {
  const texts = [...relations.values()]
    .filter(({ kind, isOutside }) => (kind === "header" || kind === "footer") && !isOutside)
    .flatMap(({ target }) => wordsOf(tree(target)));
  return [...new Set(texts)].join(" · ").slice(0, 300);
}

/** A page number alone says nothing. */
function wordsOf(tree: Document | undefined): string[] {
  const paragraphs = tree ? [...within(tree)].filter(({ name }) => name === "w:p") : [];
  return paragraphs
    .map((paragraph) =>
      [...within(paragraph)]
        .filter(({ name }) => name === "w:t" || name === "w:tab")
        .map((text) => textContent(text) || " ")
        .join(""),
    )
    .map((text) => text.replace(/\s+/g, " ").trim())
    .filter((text) => /\p{L}{2}/u.test(text));
}

const namesSomebody = (tree: Document | undefined): boolean =>
  tree !== undefined &&
  [...within(tree)].some(
    (each) => ["dc:creator", "cp:lastModifiedBy"].includes(each.name) && !nobody.test(textContent(each).trim()),
  );
/** What programs write where they know no name. */
const nobody = /^(?:un-?named|unknown|unbekannt|author|autor|user|windows[- ]user|windows-benutzer|python-docx)?$/i;
