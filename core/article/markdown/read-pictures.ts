import type { Paragraph, PhrasingContent } from "mdast";
import { note } from "../../refusal.ts";
import type { Block, Inline } from "../article.ts";
import { splitCredit } from "../credit.ts";
import { hasScheme, mendUrl } from "../link.ts";
import { plain } from "../plain.ts";
import { fileNameOf } from "../submission.ts";
import { type Findings, readInlines } from "./read-inlines.ts";

/** Pictures as Markdown knows them: in the midst of a paragraph. The model has them between paragraphs. */

/** A paragraph of pictures is a figure or a gallery; one picture and a line in italics is a figure with its caption. */
export function readParagraph(findings: Findings, { children }: Paragraph): Block[] {
  const filled = children.filter((child) => child.type !== "text" || child.value.trim() !== "");
  const isPicture = (child: PhrasingContent) => child.type === "image" || child.type === "imageReference";
  const content = readInlines(findings, children);
  if (!filled.some(isPicture)) return [{ type: "paragraph", content }];
  const [last] = filled.slice(1);
  const isCaptioned = filled.length === 2 && filled[0] && isPicture(filled[0]) && last?.type === "emphasis";
  if (isCaptioned && findings.pictures.length === 1) return captioned(findings, content);
  const figures = takePictures(findings);
  const words = plain(content).trim() === "" ? [] : [{ type: "paragraph" as const, content }];
  if (words.length > 0) findings.notes.push(note("picture-moved", { count: figures.length }));
  const pictures = figures.flatMap((figure) => (figure.type === "figure" ? [figure.picture] : []));
  if (words.length === 0 && pictures.length > 1 && pictures.length === figures.length) {
    return [{ type: "gallery", pictures, caption: [] }];
  }
  return [...words, ...figures];
}

function captioned(findings: Findings, content: readonly Inline[]): Block[] {
  const words = content.flatMap((inline) => (inline.type === "em" ? inline.content : [inline]));
  return takePictures(findings).map((block): Block => {
    if (block.type !== "figure") return block;
    const { caption, credit } = splitCredit(plain(words));
    const isSame = caption === plain(words).trim();
    return {
      type: "figure",
      picture: { ...block.picture, caption: isSame ? words : [{ type: "text", text: caption }], credit },
    };
  });
}

/** Pictures found in the midst of a list or quote follow it as figures, and the author is told. */
export function strayPictures(findings: Findings): Block[] {
  if (findings.pictures.length > 0) findings.notes.push(note("picture-moved", { count: findings.pictures.length }));
  return takePictures(findings);
}

const takePictures = (findings: Findings): Block[] =>
  findings.pictures.splice(0).map((image) => pictureBlock(findings, image));

/** A picture from elsewhere is not ours to print: it becomes a link, so that its words stay. */
function pictureBlock(findings: Findings, { url, alt, title }: { url: string; alt: string; title: string }): Block {
  const name = fileNameOf(url);
  const { caption, credit } = splitCredit(title);
  const words: Inline[] = caption === "" ? [] : [{ type: "text", text: caption }];
  if (name !== undefined && !hasScheme(url)) {
    return { type: "figure", picture: { name, alt: alt === "" ? null : alt, caption: words, credit } };
  }
  const label = [alt, title].filter(Boolean).join(". ") || url;
  findings.notes.push(note("picture-elsewhere", { label }));
  const target = mendUrl(url);
  const text: Inline = { type: "text", text: label };
  return { type: "paragraph", content: [target === undefined ? text : { type: "link", url: target, content: [text] }] };
}
