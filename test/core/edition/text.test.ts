import { describe, expect, it } from "vitest";
import type { Block } from "../../../core/article/article.ts";
import { renderEmail } from "../../../core/edition/email.ts";
import { fillSlots } from "../../../core/edition/slots.ts";
import { wrap } from "../../../core/edition/text/wrap.ts";
import { anArticle, anEditionInput, heading, paragraph, t } from "../../people-and-papers.ts";
import { springIssue, windAlone } from "../../spring-issue.ts";

async function textOf(input: Parameters<typeof renderEmail>[0]): Promise<string> {
  const { files } = await renderEmail(input);
  return String(files.find(({ path }) => path === "email.txt")?.body);
}
const whole = (...blocks: Block[]): Promise<string> =>
  textOf(anEditionInput({ A: [anArticle({ title: "Ein Beitrag", blocks })] }));

describe("the text part", () => {
  it("stays within 72 columns, save for addresses, which are never torn", async () => {
    for (const input of [springIssue(), windAlone()]) {
      const long = (await textOf(input))
        .split("\n")
        .filter((line) => [...line.replace(/\uFDD0\w+\uFDD1/, "")].length > 72);
      expect(long.filter((line) => !/^\s*(\[\d+\] )?https?:\/\/\S+$/.test(line))).toEqual([]);
    }
  });

  it("numbers the links of each article from one and lists them at its end", async () => {
    const text = await textOf(windAlone());
    expect(text).toContain("Satzung zur Beteiligung [2]");
    expect(text).toContain("[2] https://auenrode.example/beteiligung?jahr=2026&seite=3\n");
    const spring = await textOf(springIssue());
    expect(spring).toContain("Ein Schalter, der zuhört [1]");
    expect(spring).toContain("Auenrode rechnet mit dem Wind [1]");
  });

  it("needs no number where the label is the address", async () => {
    const text = await textOf(windAlone());
    expect(text).toContain("E-Mail: energie@auenrode.example\n");
    expect(text).not.toContain("mailto:");
  });

  it("never tears a telephone number", async () => {
    const number = t("030 23125-120");
    const call: Block = {
      type: "paragraph",
      content: [...t(`${"Wort ".repeat(12)}unter `), { type: "link", url: "tel:+493023125120", content: number }],
    };
    expect(await whole(call)).toContain("\n030 23125-120 [");
  });

  it("sets a table in columns where it fits, and as lines where it does not", async () => {
    expect(await textOf(windAlone())).toContain(
      ["Jahr    Pacht   Beteiligung", "---------------------------", "2024   31 000             0"].join("\n"),
    );
    const wide = Array.from({ length: 6 }, (_, index) => t(`Eine lange Spalte ${index}`));
    const text = await whole({ type: "table", caption: [], align: [], head: wide, rows: [wide] });
    expect(text).toContain("Eine lange Spalte 0 | Eine lange Spalte 1 |");
  });

  it("indents lists, quotes and boxes, and underlines headings", async () => {
    const item = "Ein Punkt, der so lang ist, dass er in einer zweiten Zeile weitergehen muss, eingerückt.";
    const text = await whole(
      heading("Was folgt"),
      { type: "list", ordered: true, start: 9, items: [[paragraph(item)], [paragraph("Kurz")]] },
      { type: "quote", blocks: [paragraph("Gesagt.")], source: t("Jemand") },
      { type: "infobox", title: t("Kasten"), blocks: [paragraph("Eins."), paragraph("Zwei.")] },
    );
    expect(text).toContain("Was folgt\n---------\n");
    expect(text).toMatch(/\n9\. Ein Punkt.*\n {3}\S.*\n10\. Kurz\n/);
    expect(text).toContain("\n    Gesagt.\n\n    – Jemand\n");
    expect(text).toContain("\n  | Kasten\n  |\n  | Eins.\n  |\n  | Zwei.\n");
  });

  it("writes m² and CO₂ as print does", async () => {
    const text = await textOf(windAlone());
    expect(text).toContain("wenig¹;");
    expect(text).toContain("CO₂");
    expect(text).toContain("m².");
  });

  it("leaves no more than two empty lines and no space at a line's end", async () => {
    const bare = anEditionInput({ A: [anArticle({ title: "Ohne Vorspann", blocks: [heading("Gleich los")] })] });
    const inputs = [springIssue(), windAlone(), bare];
    for (const [input, greeting] of inputs.flatMap((one) => [[one, ""] as const, [one, "Guten Tag, Ada,"] as const])) {
      const links = { leaveUrl: "https://a.example/u/1", preferencesUrl: "https://a.example/p/1" };
      const text = fillSlots(await textOf(input), { greeting, ...links }, "text");
      expect(text).not.toMatch(/\n{4}/);
      expect(text).not.toMatch(/[ \t]\n/);
      expect(text).toMatch(/\S\n$/);
    }
  });
});

describe("wrapping", () => {
  it("keeps together what a no-break space holds together", () => {
    const text = `${"x".repeat(66)} § 18\u00A0Abs.\u00A02 MStV`;
    expect(wrap(text)).toEqual([`${"x".repeat(66)} §`, "18 Abs. 2 MStV"]);
  });

  it("counts what a terminal counts, and breaks at 72", () => {
    expect(wrap("ä".repeat(72))).toHaveLength(1);
    expect(wrap(`${"a".repeat(36)} ${"b".repeat(35)}`)).toHaveLength(1);
    expect(wrap(`${"a".repeat(36)} ${"b".repeat(36)}`)).toHaveLength(2);
    expect(wrap("e\u0301 ".repeat(36).trim())).toHaveLength(1);
  });

  it("never loses or tears a word", () => {
    const words = ["kurz", "y".repeat(200), "Ende"];
    expect(
      wrap(words.join(" "), "- ", "  ")
        .join(" ")
        .split(/\s+/)
        .filter((word) => word !== "-"),
    ).toEqual(words);
  });
});
