import { type Document, DomHandler, Element, isTag, Text } from "domhandler";
import { getOuterHTML } from "domutils";
import { Parser } from "htmlparser2";
import { Refusal } from "../../refusal.ts";

/** The XML of a Word document: looked through as it streams by, and only then made into a tree. */

/** Word nests some forty deep; what reads it later does so by calling itself. */
const deepest = 160;
/** Six times what 2,000 paragraphs of five runs take; as trees, twice over, they fill half a gigabyte. */
const mostElements = 250_000;
const mostParagraphs = 10_000;
/** As of a text file: about 150,000 words. */
const mostLetters = 1_000_000;

/**
 * Names as everybody writes them ("w:p"), whatever prefixes the file uses, transitional or strict.
 *
 * @throws Refusal `word-entities` for a document type or an entity; `word-too-nested`; `word-too-long`; `word-broken`
 */
export function parseXml(name: string, bytes: Uint8Array): Document {
  demandBounds(name, bytes);
  const handler = new DomHandler(null, { xmlMode: true });
  const scopes: Scope[] = [{ xml: "xml" }];
  parse(bytes, {
    open: (tag, attributes) => {
      const scope = scopeOf(attributes, scopes.at(-1) ?? {});
      scopes.push(scope);
      handler.onopentag(named(tag, scope, true), renamed(attributes, scope));
    },
    close: () => {
      scopes.pop();
      handler.onclosetag();
    },
    text: (data) => handler.ontext(data),
  });
  return handler.root;
}

/** A first pass that builds nothing. */
function demandBounds(name: string, bytes: Uint8Array): void {
  let [depth, elements, paragraphs, letters] = [0, 0, 0, 0];
  parse(bytes, {
    open: (tag) => {
      depth += 1;
      elements += 1;
      if (tag.endsWith(":p")) paragraphs += 1;
      if (depth > deepest) throw new Refusal("word-too-nested", { name });
      if (elements > mostElements || paragraphs > mostParagraphs)
        throw new Refusal("word-too-long", { name, most: mostParagraphs });
    },
    close: () => {
      depth -= 1;
    },
    text: (data) => {
      letters += data.length;
      if (letters > mostLetters) throw new Refusal("word-too-long", { name, most: mostParagraphs });
    },
    declare: () => {
      throw new Refusal("word-entities", { name });
    },
  });
  if (elements === 0) throw new Refusal("word-broken", { name });
}

interface Events {
  open(tag: string, attributes: Record<string, string>): void;
  close(): void;
  text?(data: string): void;
  /** A document type, an entity: whatever begins with "<!" and is neither comment nor CDATA. */
  declare?(): void;
}

const pieceBytes = 65_536;

/** In pieces: what a handler throws comes before the rest was even decoded. */
function parse(bytes: Uint8Array, { open, close, text: say, declare }: Events): void {
  const parser = new Parser(
    {
      ...{ onopentag: open, onclosetag: close },
      ...(say && { ontext: say }),
      onprocessinginstruction: (instruction) => {
        if (instruction.startsWith("!")) declare?.();
      },
    },
    { xmlMode: true },
  );
  const decoder = new TextDecoder(encodingOf(bytes));
  for (let at = 0; at < bytes.length; at += pieceBytes)
    parser.write(decoder.decode(bytes.subarray(at, at + pieceBytes), { stream: true }));
  parser.end(decoder.decode());
}

/** Word writes UTF-8; a byte order mark says otherwise. */
function encodingOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  return bytes[0] === 0xfe && bytes[1] === 0xff ? "utf-16be" : "utf-8";
}

// ── names ──────────────────────────────────────────────────────────────────────────────────────

/** Namespaces of the trade by the prefixes everybody gives them; strict and transitional alike. */
const prefixes: Readonly<Record<string, string>> = {
  "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
  "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",
  "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "r",
  "http://purl.oclc.org/ooxml/officeDocument/relationships": "r",
  "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing": "wp",
  "http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing": "wp",
  "http://schemas.openxmlformats.org/drawingml/2006/main": "a",
  "http://purl.oclc.org/ooxml/drawingml/main": "a",
  "http://schemas.openxmlformats.org/drawingml/2006/picture": "pic",
  "http://purl.oclc.org/ooxml/drawingml/picture": "pic",
  "http://schemas.openxmlformats.org/drawingml/2006/chart": "c",
  "http://schemas.openxmlformats.org/drawingml/2006/diagram": "dgm",
  "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
  "http://purl.oclc.org/ooxml/officeDocument/math": "m",
  "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
  "http://schemas.microsoft.com/office/word/2010/wordml": "w14",
  "http://schemas.microsoft.com/office/word/2010/wordprocessingShape": "wps",
  "http://schemas.microsoft.com/office/drawing/2017/decorative": "adec",
  "urn:schemas-microsoft-com:vml": "v",
  "urn:schemas-microsoft-com:office:office": "o",
  "http://schemas.openxmlformats.org/package/2006/relationships": "",
  "http://schemas.openxmlformats.org/package/2006/content-types": "",
  "http://schemas.openxmlformats.org/package/2006/metadata/core-properties": "cp",
  "http://purl.org/dc/elements/1.1/": "dc",
};

type Scope = Readonly<Record<string, string>>;

function scopeOf(attributes: Record<string, string>, around: Scope): Scope {
  let scope = around;
  for (const [key, uri] of Object.entries(attributes)) {
    const prefix = key === "xmlns" ? "" : key.startsWith("xmlns:") ? key.slice(6) : undefined;
    if (prefix !== undefined) scope = { ...scope, [prefix]: prefixes[uri] ?? (prefix || "other") };
  }
  return scope;
}

function named(name: string, scope: Scope, isElement: boolean): string {
  const colon = name.indexOf(":");
  if (colon < 0 && !isElement) return name;
  const prefix = colon < 0 ? "" : name.slice(0, colon);
  const ours = Object.hasOwn(scope, prefix) ? scope[prefix] : prefix;
  return ours ? `${ours}:${name.slice(colon + 1)}` : name.slice(colon + 1);
}

const renamed = (attributes: Record<string, string>, scope: Scope): Record<string, string> =>
  Object.fromEntries(
    Object.entries(attributes)
      .filter(([key]) => key !== "xmlns" && !key.startsWith("xmlns:"))
      .map(([key, value]) => [named(key, scope, false), value]),
  );

// ── trees ──────────────────────────────────────────────────────────────────────────────────────

export const element = (name: string, attributes: Record<string, string> = {}, children: Element["children"] = []) =>
  new Element(name, attributes, children);

export const childrenOf = (parent: Element | Document): Element[] => parent.children.filter(isTag);

export const child = (parent: Element | undefined, name: string): Element | undefined =>
  parent?.children.find((each): each is Element => isTag(each) && each.name === name);

/** `<w:sz w:val="28"/>` says 28. */
export const valueIn = (parent: Element | undefined, name: string): string | undefined =>
  child(parent, name)?.attribs["w:val"];

/** `<w:b/>` and `<w:b w:val="1"/>` say yes, `w:val="0"` no; undefined where nothing is said. */
export function switchIn(parent: Element | undefined, name: string): boolean | undefined {
  const found = child(parent, name);
  return found && !/^(?:0|false|off|none)$/.test(found.attribs["w:val"] ?? "");
}

/** Everything below, in the order of the text. Calls itself: trees from {@link parseXml} are never deep. */
export function* within(parent: Element | Document): Generator<Element> {
  for (const each of childrenOf(parent)) {
    yield each;
    yield* within(each);
  }
}

const namespaces = Object.fromEntries(
  Object.entries(prefixes)
    .filter(([uri, prefix]) => prefix !== "" && !uri.startsWith("http://purl.oclc.org/"))
    .map(([uri, prefix]) => [`xmlns:${prefix}`, uri]),
);

/** Written anew, in the names of {@link parseXml}. */
export function printXml(root: Element): string {
  const whole = new Element(root.name, { ...namespaces, ...root.attribs }, root.children);
  return `<?xml version="1.0" encoding="UTF-8"?>${getOuterHTML(whole, { xmlMode: true })}`;
}

export const text = (data: string): Text => new Text(data);
