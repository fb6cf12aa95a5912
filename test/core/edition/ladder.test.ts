import { describe, expect, it } from "vitest";
import type { Article } from "../../../core/article/article.ts";
import { anArticle, anEditionInput, aPicture, paragraph, people } from "../../people-and-papers.ts";
import { elements, longest, mailOf, texts } from "./mail-of.ts";

describe("the ladder", () => {
  const many = (count: number, given: (index: number) => Partial<Article> = () => ({})): Article[] =>
    Array.from({ length: count }, (_, index) =>
      anArticle({
        title: `Beitrag ${index + 1}: Was kleine Gemeinden einander zu erzählen haben`,
        kicker: "Aus den Kommunen",
        teaser:
          "Ein Dorf, drei Windräder, ein Beschluss mit 14:0 Stimmen und die Frage, was die Gemeinde heute anders machen würde als damals.",
        authors: [people.joerdis],
        hero: aPicture(`bild-${index}.jpg`),
        ...given(index),
      }),
    );
  const inSections = (articles: readonly Article[], size: number): Record<string, readonly Article[]> =>
    Object.fromEntries(
      Array.from({ length: Math.ceil(articles.length / size) }, (_, index) => [
        `Rubrik ${index + 1}`,
        articles.slice(index * size, (index + 1) * size),
      ]),
    );

  it("sends forty articles with five pictures and shortens nothing", async () => {
    const { html, notes } = await mailOf(anEditionInput(inSections(many(40), 8)));
    expect(notes).toEqual([]);
    expect(longest(html)).toBeLessThan(90_000);
    expect(elements(html, "h3")).toHaveLength(39);
  });

  it("shortens from the end: first whole texts, then pictures, then teasers", async () => {
    const long = "Das Wasser kam dreimal, und dreimal ging es wieder. ".repeat(700);
    const articles = many(70, (index) => (index === 3 ? { mail: "full", blocks: [paragraph(long)] } : {}));
    const { html, text, notes, refusals } = await mailOf(anEditionInput(inSections(articles, 10)));
    expect(longest(html)).toBeLessThan(90_000);
    expect(refusals).toEqual([]);
    const codes = notes.map(({ code }) => code);
    expect(codes[0]).toBe("mail-full-shortened");
    expect([...codes].sort()).toEqual(codes);
    expect(notes[0]?.details.title).toContain("Beitrag 4:");
    expect(text).toContain("Beitrag 70:");
    expect(texts(html, "h3").length).toBeLessThan(69);
    // The last article is the first to become a line, the first stays a teaser.
    const lines = notes
      .filter(({ code }) => code === "mail-teaser-to-line")
      .map(({ details }) => String(details.title));
    expect(lines.some((title) => title.startsWith("Beitrag 70:"))).toBe(true);
    expect(lines.some((title) => title.startsWith("Beitrag 2:"))).toBe(false);
  });

  it("turns even a lead into standfirst and button when its text alone would be too much", async () => {
    const long = Array.from({ length: 900 }, () =>
      paragraph("Das Wasser kam dreimal, und dreimal ging es wieder fort."),
    );
    const { html, notes } = await mailOf(anEditionInput({ A: [anArticle({ title: "Lang", blocks: long })] }));
    expect(longest(html)).toBeLessThan(90_000);
    expect(notes.map(({ code }) => code)).toEqual(["mail-full-shortened"]);
    expect(html).toContain("Beitrag lesen");
  });

  it("takes no step too many", async () => {
    const { html, notes } = await mailOf(anEditionInput(inSections(many(75), 15)));
    expect(notes.length).toBeGreaterThan(0);
    expect(longest(html)).toBeGreaterThan(86_000);
  });
});
