import { strToU8, zipSync } from "fflate";
import mammoth from "mammoth";
import { Refusal } from "../../refusal.ts";
import { shownNumbering } from "./numbering.ts";
import type { Relations } from "./package.ts";
import { prepare } from "./prepare.ts";
import type { Workbench } from "./workbench.ts";
import { childrenOf, element, printXml } from "./xml.ts";

/** The document as mammoth understands it, read from a zip we made: it never sees a byte nobody looked at. */

export type Node =
  | {
      readonly type: "paragraph";
      readonly children: readonly Node[];
      readonly numbering: Numbering | null;
      readonly alignment: string | null;
    }
  | ({ readonly type: "run"; readonly children: readonly Node[] } & RunLook)
  | { readonly type: "hyperlink"; readonly children: readonly Node[]; readonly href?: string }
  | { readonly type: "text"; readonly value: string }
  | { readonly type: "tab" | "break" }
  | { readonly type: "checkbox"; readonly checked: boolean }
  | { readonly type: "noteReference"; readonly noteType: string; readonly noteId: string }
  | { readonly type: "bookmarkStart"; readonly name: string }
  | { readonly type: "table"; readonly children: readonly Row[] };

interface RunLook {
  readonly isBold: boolean;
  readonly isItalic: boolean;
  readonly verticalAlignment: "baseline" | "superscript" | "subscript";
}
export interface Numbering {
  readonly isOrdered: boolean;
  readonly level: string;
}
export interface Row {
  readonly type: string;
  readonly isHeader: boolean;
  readonly children: readonly Cell[];
}
export interface Cell {
  readonly type: string;
  readonly colSpan: number;
  readonly rowSpan: number;
  readonly children: readonly Node[];
}
export interface Structure {
  readonly children: readonly Node[];
  readonly notes: { resolve(reference: object): { readonly body: readonly Node[] } | null };
}

/** @throws Refusal `word-broken` where the document contradicts itself */
export async function structureOf(name: string, bench: Workbench): Promise<Structure> {
  const zip = zipSync(partsFor(bench), { level: 0 });
  let structure: Structure | undefined;
  try {
    const { messages } = await mammoth.convertToHtml(
      { buffer: Buffer.from(zip.buffer, zip.byteOffset, zip.byteLength) },
      {
        transformDocument: (document: Structure) => {
          structure = document;
          return { ...document, children: [] };
        },
      },
    );
    for (const { message } of messages)
      if (message.startsWith("A w:sym element")) bench.losses.say("word-symbol", bench.symbols[0] ?? "");
  } catch {
    // Mammoth says in English and for programmers what a file lacks; to its author it is broken.
    throw new Refusal("word-broken", { name });
  }
  if (!structure) throw new Refusal("word-broken", { name });
  return structure;
}

const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

function partsFor(bench: Workbench): Record<string, Uint8Array> {
  const { document, relations, styles, numbering, footnotes, endnotes } = bench.package;
  const parts: Record<string, Uint8Array> = {
    "[Content_Types].xml": strToU8(printXml(element("Types"))),
    "_rels/.rels": strToU8(relationsPart([["root", "officeDocument", "word/document.xml", false]])),
    "word/_rels/document.xml.rels": strToU8(relationsPart(links(relations))),
  };
  const put = (kind: string, tree: ReturnType<typeof prepare>): void => {
    if (tree) parts[`word/${kind}.xml`] = strToU8(printXml(tree));
  };
  put("document", prepare(bench, document, relations));
  for (const [kind, notes] of [
    ["footnotes", footnotes],
    ["endnotes", endnotes],
  ] as const) {
    if (!notes) continue;
    put(kind, prepare(bench, notes.tree, notes.relations));
    parts[`word/_rels/${kind}.xml.rels`] = strToU8(relationsPart(links(notes.relations)));
  }
  for (const [kind, tree] of [
    ["styles", styles],
    ["numbering", numbering],
  ] as const) {
    const [root] = tree ? childrenOf(tree) : [];
    if (root) put(kind, kind === "numbering" ? shownNumbering(root) : root);
  }
  return parts;
}

type Line = readonly [id: string, kind: string, target: string, isOutside: boolean];

/** Links are all that still leads anywhere. */
const links = (relations: Relations): Line[] =>
  [...relations]
    .filter(([, { kind }]) => kind === "hyperlink")
    .map(([id, { target }]) => [id, "hyperlink", target, true]);

const relationsPart = (lines: readonly Line[]): string =>
  printXml(
    element(
      "Relationships",
      { xmlns: "http://schemas.openxmlformats.org/package/2006/relationships" },
      lines.map(([id, kind, target, isOutside]) =>
        element("Relationship", {
          ...{ Id: id, Type: `${office}/${kind}`, Target: target },
          ...(isOutside && { TargetMode: "External" }),
        }),
      ),
    ),
  );
