import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compare, type Passage } from "../../../core/desk/comparison.ts";

const linesTo = (count: number) => Array.from({ length: count }, (_, nth) => `Zeile ${nth + 1}`);
const side = (passages: readonly Passage[], not: "gone" | "new"): string =>
  passages
    .flatMap((passage) => {
      if (passage.is === "left-out") return [];
      if (passage.is === "same") return [passage.lines.join("\n")];
      return [
        passage.pieces
          .filter(({ is }) => is !== not)
          .map(({ text }) => text)
          .join(""),
      ];
    })
    .join("\n");

describe("two revisions compared", () => {
  it("mark the words that went and came, and leave the others alone", () => {
    expect(compare("Er steht seit Mai.", "Er steht seit Juni am See.")).toEqual([
      {
        is: "changed",
        pieces: [
          { text: "Er steht seit ", is: "same" },
          { text: "Mai", is: "gone" },
          { text: "Juni am See", is: "new" },
          { text: ".", is: "same" },
        ],
      },
    ]);
  });

  it("leave out long stretches that stayed, and count them", () => {
    const before = linesTo(20);
    const after = before.map((line) => (line === "Zeile 10" ? "Zeile zehn" : line));
    expect(compare(before.join("\n"), after.join("\n")).map((passage) => [passage.is, sizeOf(passage)])).toEqual([
      ["left-out", 7],
      ["same", 2],
      ["changed", 3],
      ["same", 2],
      ["left-out", 8],
    ]);
  });

  it("show a text that was written anew as two, without searching for ever", () => {
    const words = (seed: number) =>
      Array.from({ length: 20_000 }, (_, nth) => ((nth * seed) % 7919).toString(36)).join(" ");
    const [passage] = compare(words(31), words(37));
    expect(passage?.is === "changed" && passage.pieces.map(({ is }) => is)).toEqual(["gone", "new"]);
  });

  it("lose no word of either side", () => {
    const text = fc.array(fc.constantFrom("a b", "c", "", "ä ö", "a c"), { maxLength: 6 }).map((all) => all.join("\n"));
    fc.assert(
      fc.property(text, text, (before, after) => {
        const passages = compare(before, after);
        fc.pre(passages.every(({ is }) => is !== "left-out"));
        const bare = (words: string): string => words.replace(/\n+/g, "\n").trim();
        expect([bare(side(passages, "new")), bare(side(passages, "gone"))]).toEqual([bare(before), bare(after)]);
      }),
      { seed: 6, numRuns: 500 },
    );
  });
});

const sizeOf = (passage: Passage): number =>
  passage.is === "left-out" ? passage.lines : passage.is === "same" ? passage.lines.length : passage.pieces.length;
