import { strToU8, zipSync } from "fflate";

/** Word documents made by hand, as Word would write them, for the odd cases no writer of documents makes. */

export interface Parts {
  /** What stands in `w:body`. */
  readonly body: string;
  /** What stands in `w:styles`, besides the usual ones. */
  readonly styles?: string;
  readonly numbering?: string;
  readonly footnotes?: string;
  readonly endnotes?: string;
  readonly comments?: string;
  readonly header?: string;
  readonly creator?: string;
  readonly media?: Readonly<Record<string, Uint8Array>>;
  /** Lines of `document.xml.rels`. */
  readonly relations?: string;
}

const namespaces = [
  'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"',
  'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"',
  'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"',
  'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"',
  'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"',
  'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"',
  'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"',
  'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"',
  'xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram"',
  'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"',
  'xmlns:v="urn:schemas-microsoft-com:vml"',
  'xmlns:o="urn:schemas-microsoft-com:office:office"',
  'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"',
].join(" ");

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const relationsHead = `${head}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`;
const wordType = "application/vnd.openxmlformats-officedocument.wordprocessingml";

export const relation = (id: string, kind: string, target: string, isOutside = false): string =>
  `<Relationship Id="${id}" Type="${office}/${kind}" Target="${target}"${isOutside ? ' TargetMode="External"' : ""}/>`;

export const contentTypes = (main: string = `${wordType}.document.main+xml`): string =>
  `${head}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="${main}"/></Types>`;

/** "Titel" is the id Word gives "Title" in German; "berschrift1" that of "heading 1". */
export const style = (id: string, name: string, more = ""): string =>
  `<w:style w:type="paragraph" w:styleId="${id}"><w:name w:val="${name}"/>${more}</w:style>`;

const usualStyles = [
  '<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="22"/><w:lang w:val="de-DE"/></w:rPr></w:rPrDefault></w:docDefaults>',
  '<w:style w:type="paragraph" w:default="1" w:styleId="Standard"><w:name w:val="Normal"/></w:style>',
  style("Titel", "Title", '<w:rPr><w:sz w:val="56"/></w:rPr>'),
  style("berschrift1", "heading 1", '<w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/></w:rPr>'),
  style("berschrift2", "heading 2", '<w:pPr><w:outlineLvl w:val="1"/></w:pPr><w:rPr><w:b/></w:rPr>'),
].join("");

/** The files in a Word document, by their paths. */
export function partsOf(parts: Parts): Record<string, Uint8Array> {
  const root = (name: string, content: string) => strToU8(`${head}<w:${name} ${namespaces}>${content}</w:${name}>`);
  const optional = (["numbering", "footnotes", "endnotes", "comments"] as const).filter((kind) => parts[kind]);
  const known = [
    relation("rStyles", "styles", "styles.xml"),
    ...optional.map((kind) => relation(`r-${kind}`, kind, `${kind}.xml`)),
    ...(parts.header ? [relation("rHeader", "header", "header1.xml")] : []),
    ...Object.keys(parts.media ?? {}).map((path) => relation(path, "image", `media/${path}`)),
  ];
  const core = `${head}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>${parts.creator}</dc:creator></cp:coreProperties>`;
  const properties =
    '<Relationship Id="rCore" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/>';
  return {
    "[Content_Types].xml": strToU8(contentTypes()),
    "_rels/.rels": strToU8(
      `${relationsHead}${relation("r1", "officeDocument", "word/document.xml")}${parts.creator ? properties : ""}</Relationships>`,
    ),
    "word/document.xml": root("document", `<w:body>${parts.body}</w:body>`),
    "word/_rels/document.xml.rels": strToU8(
      `${relationsHead}${known.join("")}${parts.relations ?? ""}</Relationships>`,
    ),
    "word/styles.xml": root("styles", usualStyles + (parts.styles ?? "")),
    ...Object.fromEntries(optional.map((kind) => [`word/${kind}.xml`, root(kind, parts[kind] ?? "")])),
    ...(parts.header && { "word/header1.xml": root("hdr", parts.header) }),
    ...(parts.creator && { "docProps/core.xml": strToU8(core) }),
    ...Object.fromEntries(Object.entries(parts.media ?? {}).map(([path, bytes]) => [`word/media/${path}`, bytes])),
  };
}

export const wordFile = (parts: Parts): Uint8Array => zipSync(partsOf(parts));

// ── pieces of a body ───────────────────────────────────────────────────────────────────────────

const escaped = (text: string): string => text.replace(/&/g, "&amp;").replace(/</g, "&lt;");

/** @param look what stands in `w:rPr` */
export const run = (text: string, look = ""): string =>
  `<w:r>${look ? `<w:rPr>${look}</w:rPr>` : ""}<w:t xml:space="preserve">${escaped(text)}</w:t></w:r>`;

/** @param content words, or runs made with {@link run} */
export const paragraph = (content: string, style?: string, more = ""): string =>
  `<w:p><w:pPr>${style ? `<w:pStyle w:val="${style}"/>` : ""}${more}</w:pPr>${content.startsWith("<") ? content : run(content)}</w:p>`;

export const bold = (text: string): string => paragraph(run(text, "<w:b/>"));

export const cell = (content: string, properties = ""): string =>
  `<w:tc><w:tcPr>${properties}</w:tcPr>${content.startsWith("<") ? content : paragraph(content)}</w:tc>`;
export const row = (cells: readonly string[], properties = ""): string =>
  `<w:tr><w:trPr>${properties}</w:trPr>${cells.map((each) => (each.startsWith("<w:tc>") ? each : cell(each))).join("")}</w:tr>`;
export const table = (...rows: readonly string[]): string => `<w:tbl><w:tblPr/><w:tblGrid/>${rows.join("")}</w:tbl>`;

export interface Shown {
  readonly alt?: string;
  readonly title?: string;
  /** The photo's own name, where Word kept it. */
  readonly name?: string;
  readonly decorative?: boolean;
  readonly cropped?: boolean;
  readonly linked?: boolean;
}

/** A run that holds a picture lying at `media/<path>`. */
export const shown = (path: string, { alt, title, name, decorative, cropped, linked }: Shown = {}): string =>
  [
    '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="Grafik 1"',
    alt === undefined ? "" : ` descr="${alt}"`,
    title === undefined ? "" : ` title="${title}"`,
    ">",
    decorative
      ? '<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
      : "",
    '</wp:docPr><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>',
    `<pic:nvPicPr><pic:cNvPr id="1" name="${name ?? "Grafik 1"}"/></pic:nvPicPr>`,
    `<pic:blipFill><a:blip ${linked ? "r:link" : "r:embed"}="${path}"/>${cropped ? '<a:srcRect l="12000"/>' : ""}</pic:blipFill>`,
    "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>",
  ].join("");
