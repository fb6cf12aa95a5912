import type { IParagraphStyleOptions, IStylesOptions } from "docx";
import { BorderStyle, LineRuleType } from "docx";
import type { Palette } from "../../core/edition/edition.ts";
import type { Words } from "../../core/words.ts";

/** How the template looks: the two voices and the colours of our own pages, in type that every Windows and Mac has. */

const sans = "Arial";
const serif = "Georgia";

/** Styles of our own, by their id in the document; those every Word has keep their name, which it says in its language. */
export type StyleName = keyof Words["template"]["styles"];

export function stylesOf({ light }: Palette, names: Words["template"]["styles"], language: string): IStylesOptions {
  const ink = (token: string): string => (light[token] ?? "").slice(1);
  const spaced = (before: number, after: number) => ({ spacing: { before: points(before), after: points(after) } });
  const sansRun = (size: number, token: string, bold = false) => ({
    font: sans,
    size: size * 2,
    color: ink(token),
    bold,
  });
  const tinted = { type: "clear", color: "auto", fill: ink("tint") } as const;
  const own = (id: StyleName, run: IParagraphStyleOptions["run"], paragraph: IParagraphStyleOptions["paragraph"]) => ({
    ...{ id, name: names[id], basedOn: "Normal", next: id, quickFormat: true, run, paragraph },
  });
  const frame = { style: BorderStyle.SINGLE, size: 4, color: ink("tint"), space: 8 };
  const box = { shading: tinted, border: { top: frame, bottom: frame, left: frame, right: frame }, indent: inset };
  return {
    default: {
      document: {
        run: { font: serif, size: 22, color: ink("ink"), language: { value: language } },
        paragraph: { spacing: { line: 300, lineRule: LineRuleType.AUTO, after: points(8) } },
      },
      title: { run: sansRun(28, "ink", true), paragraph: { ...spaced(0, 10), keepNext: true }, next: "lead" },
      heading2: { run: sansRun(15, "accent", true), paragraph: { ...spaced(20, 6), keepNext: true }, next: "text" },
      heading3: { run: sansRun(12, "ink", true), paragraph: { ...spaced(14, 4), keepNext: true }, next: "text" },
    },
    paragraphStyles: [
      { ...own("kicker", sansRun(11, "accent", true), { ...spaced(24, 4), keepNext: true }), next: "Title" },
      own("lead", { size: 27, color: ink("ink") }, spaced(0, 10)),
      { ...own("author", sansRun(10.5, "ink", true), spaced(4, 0)), next: "office" },
      { ...own("office", sansRun(10.5, "muted"), spaced(0, 14)), next: "text" },
      own("text", {}, {}),
      {
        ...{ id: "ListParagraph", name: "List Paragraph", basedOn: "text", quickFormat: true },
        paragraph: { contextualSpacing: true },
      },
      { ...own("caption", sansRun(9.5, "muted"), { ...spaced(4, 0), keepNext: true }), next: "credit" },
      { ...own("credit", sansRun(9.5, "muted"), spaced(0, 14)), next: "text" },
      {
        ...{ id: "Quote", name: "Quote", basedOn: "Normal", next: "text", quickFormat: true },
        run: sansRun(15, "ink", true),
        paragraph: {
          ...spaced(14, 14),
          indent: { left: points(14) },
          border: { left: { style: BorderStyle.SINGLE, size: 24, color: ink("rule"), space: 10 } },
        },
      },
      own("infobox", { font: sans, size: 20 }, { ...box, spacing: { before: 0, after: 0, line: 300 } }),
      own("contact", { font: sans, size: 20 }, { spacing: { before: 0, after: points(3) } }),
      own(
        "guide",
        { font: sans, size: 19, color: ink("label") },
        { ...box, spacing: { before: 0, after: 0, line: 280 } },
      ),
    ],
  };
}

/** A frame stands outside its paragraph: drawn in by as much, it is as wide as the text. */
const inset = { left: points(9), right: points(9) };

/** Word measures space in twentieths of a point. */
function points(count: number): number {
  return count * 20;
}
