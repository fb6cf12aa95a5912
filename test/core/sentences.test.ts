import { describe, expect, it } from "vitest";
import { note, Refusal } from "../../core/refusal.ts";
import { sentencesOf } from "../../core/sentences.ts";
import { noteSentence, refusalSentence } from "../../core/words.ts";

describe("what is said of many files", () => {
  it("is one sentence for each kind, and the names of the others", () => {
    const notes = [
      ...["a.heic", "b.heic", "c.heic"].map((name) => note("place-removed", { name })),
      note("caption-suggested", { name: "a.heic", caption: "Der Pegel" }),
      note("caption-suggested", { name: "b.heic", caption: "Die Mühle" }),
      note("word-person"),
    ];
    const said = sentencesOf("de", notes, (one) => noteSentence("de", one));
    expect(said).toHaveLength(3);
    expect(said[0]).toMatch(/^In a\.heic stand.* Ebenso: b\.heic, c\.heic\.$/);
    expect(said[1]).toMatch(/Der Pegel.* Ebenso: b\.heic \(Die Mühle\)\.$/);
  });

  it("speaks of each article apart, and leaves alone what names no file", () => {
    const refusals = ["Fest", "Fest", "Markt"].map(
      (title, index) => new Refusal("no-alt", { picture: `bild-${index}.jpg`, title }),
    );
    const said = sentencesOf("en", refusals, (one) => refusalSentence("en", one));
    expect(said).toHaveLength(2);
    expect(said[0]).toMatch(/Likewise: bild-1\.jpg\.$/);
    const lines = [2, 3].map((line) => note("reader-line", { line, problem: "–" }));
    expect(sentencesOf("de", lines, (one) => noteSentence("de", one))).toHaveLength(2);
  });

  it("sets marks within marks as a printer would", () => {
    const title = "„Wir brauchen jeden“";
    expect(refusalSentence("de", new Refusal("no-alt", { picture: "a.jpg", title }))).toContain(
      "in „‚Wir brauchen jeden‘“ hat",
    );
    const said = refusalSentence("en", new Refusal("no-alt", { picture: "a.jpg", title: "“We need you”" }));
    expect(said).toContain("“‘We need you’”");
  });
});
