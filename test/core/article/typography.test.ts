import { describe, expect, it } from "vitest";
import { setInlines, setLine, setType } from "../../../core/article/typography.ts";
import fc from "../../lots.ts";
import { anyArticle } from "./any-article.ts";

const german = (text: string) => setLine(text, "de");

describe("house typography", () => {
  it.each([
    ['Sie sagt: "Das geht."', "Sie sagt: „Das geht.“"],
    ["Sie sagt: “Das geht.”", "Sie sagt: „Das geht.“"],
    ["Sie sagt: „Das geht.“", "Sie sagt: „Das geht.“"],
    ["\"Er rief 'Halt' und ging\"", "„Er rief ‚Halt‘ und ging“"],
    ["Das geht's und Andreas' Rad", "Das geht’s und Andreas’ Rad"],
    ["Rathaus - ein Haus", "Rathaus\u00a0– ein Haus"],
    ["Sachsen – Anhalt", "Sachsen\u00a0– Anhalt"],
    ["Städte- und Gemeindetag", "Städte- und Gemeindetag"],
    ["z.B. im Park, d. h. heute", "z.\u00a0B. im Park, d.\u00a0h. heute"],
    ["der Verein e.V. in Bautzen", "der Verein e.\u00a0V. in Bautzen"],
    ["nach § 5 Abs. 2 Nr. 3", "nach §\u00a05 Abs.\u00a02 Nr.\u00a03"],
    ["10 % und 25 Euro", "10\u00a0% und 25\u00a0Euro"],
    ["am 25. August 2025", "am 25.\u00a0August 2025"],
    ["2023-2025, 9-12 Uhr", "2023–2025, 9–12\u00a0Uhr"],
    ["Tel. 0351-12345-67", "Tel.\u00a00351-12345-67"],
    ["und dann ...", "und dann …"],
    ["2 180 Trauungen, 1 234 567 Euro", "2\u00a0180 Trauungen, 1\u00a0234\u00a0567\u00a0Euro"],
    [
      "600 Meter, mit 14 Zentimetern, 140 Hektar und 0,2 Cent",
      "600\u00a0Meter, mit 14\u00a0Zentimetern, 140\u00a0Hektar und 0,2\u00a0Cent",
    ],
    ["2,3 Millionen Euro für 4 Meterstäbe", "2,3\u00a0Millionen Euro für 4 Meterstäbe"],
    ["auf Gleis 1, Teil 2", "auf Gleis\u00a01, Teil\u00a02"],
    ["mit 14 zu 0 Stimmen", "mit 14\u00a0zu\u00a00 Stimmen"],
    ["im Jahr 2025 100 Menschen mehr", "im Jahr 2025 100 Menschen mehr"],
    ["Telefon 0351 814 900 12", "Telefon 0351 814 900 12"],
    ["https://example.org/a--b?q='x'&c=1-2 - gut", "https://example.org/a--b?q='x'&c=1-2\u00a0– gut"],
  ])("sets %s", (typed, set) => {
    expect(german(typed)).toBe(set);
  });

  it("keeps English marks in English", () => {
    expect(setLine("\"It's 'fine'\" - she said", "en")).toBe("“It’s ‘fine’”\u00a0– she said");
  });

  it("keeps English numbers and their units on one line", () => {
    expect(setLine("20 000 people, 5 km and 2.3 million euros by 5 pm", "en")).toBe(
      "20\u00a0000 people, 5\u00a0km and 2.3\u00a0million euros by 5\u00a0pm",
    );
  });

  it("closes a quotation that opened in another part of the line", () => {
    const set = setInlines(
      [
        { type: "text", text: 'Er nennt es "' },
        { type: "em", content: [{ type: "text", text: "Heimat" }] },
        { type: "text", text: '".' },
      ],
      "de",
    );
    expect(set).toEqual([
      { type: "text", text: "Er nennt es „" },
      { type: "em", content: [{ type: "text", text: "Heimat" }] },
      { type: "text", text: "“." },
    ]);
  });

  it("leaves foreign words as they are", () => {
    const foreign = [{ type: "lang" as const, language: "en", content: [{ type: "text" as const, text: '"so"' }] }];
    expect(setInlines(foreign, "de")).toEqual(foreign);
  });

  const letters = (text: string) => text.replace(/[^\p{L}\p{N}]/gu, "");
  const sentence = fc
    .array(
      fc.constantFrom(
        ..."a Wort ü 5 2024 \" ' „ “ ” ‚ ‘ ’ - -- – . , ... z.B. e.V. § Nr. % Uhr Mai ( ) \u00a0 12 345 678 zu Euro million https://x.de/a-b a@b.de 1-2".split(
          " ",
        ),
      ),
      { maxLength: 12 },
    )
    .chain((list) => fc.constantFrom(list.join(" "), list.join("")));

  it("is the same twice as once, and changes no letter", () => {
    fc.assert(
      fc.property(sentence, fc.constantFrom("de" as const, "en" as const), (text, language) => {
        const once = setLine(text, language);
        expect(setLine(once, language)).toBe(once);
        expect(letters(once)).toBe(letters(text));
      }),
      { numRuns: 2000 },
    );
  });

  it("keeps a whole article the same when it is set again", () => {
    fc.assert(
      fc.property(anyArticle, (article) => {
        const once = setType(article);
        expect(setType(once)).toEqual(once);
      }),
      { numRuns: 60 },
    );
  });
});
