import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { setInlines, setLine, setType } from "../../../core/article/typography.ts";
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
    ["https://example.org/a--b?q='x'&c=1-2 - gut", "https://example.org/a--b?q='x'&c=1-2\u00a0– gut"],
  ])("sets %s", (typed, set) => {
    expect(german(typed)).toBe(set);
  });

  it("keeps English marks in English", () => {
    expect(setLine("\"It's 'fine'\" - she said", "en")).toBe("“It’s ‘fine’”\u00a0– she said");
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
        ..."a Wort ü 5 2024 \" ' „ “ ” ‚ ‘ ’ - -- – . , ... z.B. e.V. § Nr. % Uhr Mai ( ) \u00a0 https://x.de/a-b a@b.de 1-2".split(
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
