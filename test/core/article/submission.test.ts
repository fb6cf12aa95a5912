import { describe, expect, it } from "vitest";
import { slugOf, slugTry } from "../../../core/article/slug.ts";
import { contentId, fileNameOf, isFileName, submissionId } from "../../../core/article/submission.ts";
import fc from "../../lots.ts";

describe("a submission", () => {
  it("is the same submission in whatever order its files came", () => {
    const files = [
      { name: "ä.jpg", etag: "1" },
      { name: "text.md", etag: "2" },
    ];
    expect(contentId(files.toReversed())).toBe(contentId(files));
    expect(contentId(files.map((file) => ({ ...file, name: file.name.normalize("NFD") })))).toBe(contentId(files));
    expect(
      contentId([
        { name: "ä.jpg", etag: "2" },
        { name: "text.md", etag: "1" },
      ]),
    ).not.toBe(contentId(files));
    expect(contentId([{ name: 'a","b', etag: "" }])).not.toBe(contentId([{ name: "a", etag: "b" }]));
  });

  it.each(["2026-05 Freibad", "übergabe", "a.b_c"])("may be called %s", (id) => {
    expect(submissionId.safeParse(id).success).toBe(true);
  });
  it.each(["", "..", "a/b", "a#b", ".versteckt", "a..b", "a\nb", "u\u0308ber", "a "])("may not be called %j", (id) => {
    expect(submissionId.safeParse(id).success).toBe(false);
  });

  it("finds a file name in whatever an author wrote, and never a way out", () => {
    expect(fileNameOf("bilder/Mein%20Foto.jpg")).toBe("Mein Foto.jpg");
    expect(fileNameOf("C:\\Bilder\\a.png")).toBe("a.png");
    expect(fileNameOf("100%.jpg")).toBe("100%.jpg");
    expect(fileNameOf("..")).toBeUndefined();
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (typed) => {
        const name = fileNameOf(typed);
        expect(name === undefined || isFileName(name)).toBe(true);
        expect(name ?? "").not.toMatch(/[/\\]|^\.\.$/);
      }),
    );
  });
});

describe("the address of an article", () => {
  it.each([
    ["Über Maß & Mitte: Größe!", "ueber-mass-und-mitte-groesse"],
    ["Sachsen-Anhalt und Sachsen\u00a0– Gemeinsamkeit", "sachsen-anhalt-und-sachsen-gemeinsamkeit"],
    ["Łužica – Çay için", "luzica-cay-icin"],
    ["„???“", "beitrag"],
  ])("of %s is %s", (title, slug) => {
    expect(slugOf(title, "de")).toBe(slug);
  });

  it("ends at a word and counts on where it is taken", () => {
    const long = slugOf("Wort ".repeat(40), "de");
    expect(long.length).toBeLessThanOrEqual(80);
    expect(long).toMatch(/-wort$/);
    expect([1, 2, 3].map((turn) => slugTry("a", turn))).toEqual(["a", "a-2", "a-3"]);
  });

  it.each([
    ["Druck", "druck-2"],
    ["Print", "print-2"],
  ])("is never one the issue needs itself: %s", (title, slug) => {
    expect(slugTry(slugOf(title), 1)).toBe(slug);
    expect(slugTry(slugOf(title), 2)).not.toBe(slug);
  });

  it.each(["U", "E!", "Druck", "Einreichen", "Submit"])(
    "is never one the links of letters or other pages answer at: %s",
    (title) => {
      expect(slugTry(slugOf(title), 1)).toBe(`${slugOf(title)}-2`);
    },
  );
});
