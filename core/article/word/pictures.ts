import type { Element } from "domhandler";
import { isPrintable, pictureTypeNamed, pictureTypeOf } from "../picture-type.ts";
import { fileNameOf } from "../submission.ts";
import { isTemplatePicture, ofTemplate } from "./placeholders.ts";
import type { Place, Workbench } from "./workbench.ts";
import { childrenOf, within } from "./xml.ts";

/** A picture where it stands in the document. The same file may stand there twice, with other words. */
export interface FoundPicture {
  /** Of its bytes, inside the document. */
  readonly path: string;
  /** What the text calls it. */
  readonly name: string;
  /** null: nobody wrote one; "": decorative, on purpose. */
  readonly alt: string | null;
}

/** Undefined for what is none an article could print; why is told. */
export function findPicture(drawing: Element, picture: Element, at: Place): FoundPicture | undefined {
  const { bench, words } = at;
  const blip = [...within(picture)].find(({ name }) => name === "a:blip") ?? picture;
  const id = blip.attribs["r:embed"] ?? blip.attribs["r:id"];
  const relation = at.relations.get(id ?? blip.attribs["r:link"] ?? "");
  if (!relation || relation.isOutside) {
    bench.losses.say("word-linked-picture", words);
    return undefined;
  }
  const extension = extensionOf(bench, relation.target);
  if (extension === undefined) {
    bench.losses.say(/\.[ew]m[fz]$/i.test(relation.target) ? "word-vector" : "word-picture", words);
    return undefined;
  }
  if (isTemplatePicture(bench, relation.target)) {
    bench.losses.say("word-placeholder", words);
    return undefined;
  }
  if (isCropped(picture)) bench.losses.say("word-cropped", words);
  return {
    path: relation.target,
    name: nameOf(bench, relation.target, extension, picture),
    alt: altOf(drawing, picture),
  };
}

const extensions: Readonly<Record<string, string>> = {
  ...{ jpeg: "jpg", png: "png", webp: "webp", gif: "gif", heic: "heic", avif: "avif", tiff: "tif", svg: "svg" },
};

/** By its first bytes; undefined where it is missing or no picture of points. */
function extensionOf({ package: { media } }: Workbench, path: string): string | undefined {
  const begin = media.begin(path);
  return begin && extensions[pictureTypeOf(begin)];
}

const isCropped = (picture: Element): boolean =>
  [...within(picture)].some(
    ({ name, attribs }) => name === "a:srcRect" && ["l", "t", "r", "b"].some((side) => Number(attribs[side] ?? 0) > 0),
  );

/** Drawings say what they show for those who do not see it, or that they only adorn. */
function altOf(drawing: Element, picture: Element): string | null {
  const all = [...within(drawing)];
  if (all.some(({ name, attribs }) => name === "adec:decorative" && attribs.val !== "0")) return "";
  const properties = all.find(({ name }) => name === "wp:docPr")?.attribs ?? {};
  const shape = childrenOf(drawing).find(({ name }) => name === "v:shape")?.attribs ?? {};
  const own = all.find(({ name }) => name === "pic:cNvPr")?.attribs ?? {};
  const words = [properties.descr, own.descr, properties.title, shape.alt, picture.attribs["o:title"]];
  return (
    words
      .map((each) => each?.trim() ?? "")
      .find((each) => each !== "" && !isMachineMade(each) && !ofTemplate(each))
      ?.slice(0, 2000) ?? null
  );
}

/** "Ein Bild, das Text, Himmel enthält. Automatisch generierte Beschreibung" was written by nobody; a file's name says nothing. */
const isMachineMade = (alt: string): boolean =>
  pictureTypeNamed(alt) !== undefined ||
  /Automatisch generierte Beschreibung|KI-generierte Inhalte|Description automatically generated|AI-generated content/i.test(
    alt,
  );

// ── names ──────────────────────────────────────────────────────────────────────────────────────

/** The photo's own name where Word kept it, else "bild-1"; one name for one file. */
function nameOf(bench: Workbench, path: string, extension: string, picture: Element): string {
  const known = bench.pictures.find((each) => each.path === path);
  if (known) return known.name;
  const taken = new Set(bench.pictures.map(({ name }) => name.toLowerCase()));
  const own = ownName(picture, extension);
  if (own !== undefined && !taken.has(own.toLowerCase())) return own;
  const files = new Set(bench.pictures.map((each) => each.path)).size;
  for (let number = files + 1; ; number += 1) {
    const name = `bild-${number}.${extension}`;
    if (!taken.has(name)) return name;
  }
}

/** "IMG_1234.JPG" is IMG_1234.jpg; "Grafik 3" and "image1.png" are Word's own. */
function ownName(picture: Element, extension: string): string | undefined {
  const typed = [...within(picture)].find(({ name }) => name === "pic:cNvPr")?.attribs.name ?? "";
  const type = pictureTypeNamed(typed);
  if (type === undefined || !isPrintable(type) || /^(?:image|bild|picture|grafik)?\s*\d*\.\w+$/i.test(typed))
    return undefined;
  return fileNameOf(`${typed.replace(/\.[^.]+$/, "").slice(0, 150)}.${extension}`);
}
