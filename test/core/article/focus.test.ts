import sharp from "sharp";
import { describe, expect, it } from "vitest";
import type { Focus, Image } from "../../../core/article/article.ts";
import { articleSchema } from "../../../core/article/article.ts";
import { focusesOf } from "../../../core/article/contents.ts";
import { readFocus } from "../../../core/article/focus.ts";
import { printMarkdown, readMarkdown } from "../../../core/article/markdown.ts";
import { makePicture } from "../../../core/article/picture.ts";
import { imageOf, pictureAddress, variantOf } from "../../../core/article/picture-address.ts";
import { regionAround } from "../../../core/article/picture-crop.ts";
import type { Note } from "../../../core/refusal.ts";
import { fourFields, named, seenIn } from "./four-fields.ts";

const wide = await fourFields(1600, 500).jpeg({ quality: 90, chromaSubsampling: "4:4:4" }).toBuffer();

describe("a focal point", () => {
  it.each([
    ["30% 40%", { x: 30, y: 40 }],
    ["30 40", { x: 30, y: 40 }],
    ["30,5 %, 40 %", { x: 31, y: 40 }],
    ["oben", { x: 50, y: 20 }],
    ["links oben", { x: 20, y: 20 }],
    ["bottom right", { x: 80, y: 80 }],
    ["Mitte", { x: 50, y: 50 }],
  ])("is said in numbers or words: %s", (typed, focus) => {
    const notes: Note[] = [];
    expect(readFocus(typed, notes)).toEqual({ focus });
    expect(notes).toEqual([]);
  });

  it.each(["120% 40%", "-3 4", "constructor", "30%", "irgendwo"])(
    "is guessed, and told, where nobody can tell what is meant: %s",
    (value) => {
      const notes: Note[] = [];
      expect(readFocus(value, notes)).toEqual({});
      expect(notes).toEqual([{ code: "focus-unknown", details: { value } }]);
    },
  );

  it("stands in front matter and at a figure, in either language, and comes back from canonical Markdown", () => {
    const source = `---
titel: Der Steg
titelbild: { datei: steg.jpg, alt: Ein Steg, foto: privat, fokus: 30% 40% }
autor: { name: Jana Krahl, portrait: { datei: jana.jpg, focus: top } }
---

Er steht.

::bild[Der Steg]{datei="steg.jpg" alt="Ein Steg" nachweis="privat" fokus="70% 10%"}
`;
    const article = readMarkdown(source);
    expect(article.hero?.focus).toEqual({ x: 30, y: 40 });
    expect(article.authors[0]?.portrait?.focus).toEqual({ x: 50, y: 20 });
    expect(article.blocks[1]).toMatchObject({ picture: { focus: { x: 70, y: 10 } } });
    expect(readMarkdown(printMarkdown(article))).toEqual(article);
    expect(printMarkdown(article)).toContain("fokus: 30% 40%");
    // Only where a picture is cut does a point ask for a cut.
    expect(focusesOf(article, "steg.jpg")).toEqual([{ x: 30, y: 40 }]);
  });

  it("may stand beside the picture's name, like its caption", () => {
    const article = readMarkdown("---\ntitel: a\ntitelbild: a.jpg\nfokus: rechts\n---\n\nText.\n");
    expect(article.hero?.focus).toEqual({ x: 80, y: 50 });
  });
});

const portraitOf = async (
  asked: readonly Focus[],
): Promise<{ image: Image; shown: (focus?: Focus) => Promise<string[]> }> => {
  const { image, variants } = await makePicture("a.jpg", wide, asked);
  return {
    image,
    shown: async (focus) => {
      const address = pictureAddress(image, variantOf({ ...image, focus }, "portrait") ?? expect.unreachable());
      const body = variants.find((variant) => pictureAddress(image, variant) === address)?.body;
      return named(await seenIn(body ?? Buffer.alloc(0)));
    },
  };
};

describe("a crop", () => {
  it("shows what the author points to", async () => {
    const [left, right] = [
      { x: 20, y: 50 },
      { x: 80, y: 50 },
    ];
    const { shown } = await portraitOf([left, right]);
    expect(await shown(left)).toEqual(["red", "red", "blue", "blue"]);
    expect(await shown(right)).toEqual(["green", "green", "yellow", "yellow"]);
  });

  it("has an address of its own for each point, and the same one for the same", async () => {
    const [left, right] = [
      { x: 20, y: 50 },
      { x: 80, y: 50 },
    ];
    const { image } = await portraitOf([left, right, left]);
    const cuts = image.variants.filter(({ recipe }) => recipe === "portrait").map((cut) => pictureAddress(image, cut));
    expect(new Set(cuts).size).toBe(3);
    expect(cuts.slice(1)).toEqual([
      `bilder/${image.sha256}-portrait-20-50.jpg`,
      `bilder/${image.sha256}-portrait-80-50.jpg`,
    ]);
    const again = await makePicture("b.jpg", wide, [right]);
    expect(again.variants.find(({ focus }) => focus?.x === 80)).toEqual(
      (await makePicture("a.jpg", wide, [left, right])).variants.find(({ focus }) => focus?.x === 80),
    );
  });

  it("is made of the guess where a corrected text points where nothing was cut yet", async () => {
    const { image } = await portraitOf([]);
    const article = { images: { "a.jpg": image } };
    const picture = { name: "a.jpg", alt: "", caption: [], credit: "privat", focus: { x: 1, y: 2 } };
    const shown = imageOf(article, picture) ?? expect.unreachable();
    expect(variantOf(shown, "lead")?.focus).toEqual(image.focus);
  });

  it("never leaves the picture", () => {
    for (const x of [0, 50, 100]) {
      for (const y of [0, 50, 100]) {
        for (const [width, height] of [
          [1600, 900],
          [900, 1600],
          [1, 1],
          [3000, 1],
        ] as const) {
          const region = regionAround({ width, height }, { width: 4, height: 5 }, { x, y }, "portrait");
          expect(region.left + region.width).toBeLessThanOrEqual(width);
          expect(region.top + region.height).toBeLessThanOrEqual(height);
          expect(Math.min(region.left, region.top, region.width - 1, region.height - 1)).toBeGreaterThanOrEqual(0);
        }
      }
    }
  });

  it("leaves a face above the middle of a portrait", () => {
    const face = { x: 50, y: 40 };
    const region = regionAround({ width: 900, height: 1600 }, { width: 4, height: 5 }, face, "portrait");
    expect((0.4 * 1600 - region.top) / region.height).toBeCloseTo(0.4, 2);
  });
});

describe("the guess", () => {
  /** A face's colours at a place of a grey wall. */
  const faceAt = async (x: number, y: number, width: number, height: number): Promise<Buffer> => {
    const spot = await sharp({ create: { width: 120, height: 150, channels: 3, background: "#c98f72" } })
      .png()
      .toBuffer();
    const eye = await sharp({ create: { width: 16, height: 10, channels: 3, background: "#2b1d16" } })
      .png()
      .toBuffer();
    const [left, top] = [Math.round(x * width) - 60, Math.round(y * height) - 75];
    return sharp({ create: { width, height, channels: 3, background: "#8d9196" } })
      .composite([
        { input: spot, left, top },
        { input: eye, left: left + 25, top: top + 50 },
        { input: eye, left: left + 80, top: top + 50 },
      ])
      .png()
      .toBuffer();
  };

  it.each([
    [0.2, 0.5],
    [0.8, 0.4],
  ])("finds somebody before a wall, at %f of its width", async (x, y) => {
    const { image } = await makePicture("a.png", await faceAt(x, y, 1200, 800));
    expect(Math.abs((image.focus?.x ?? 0) / 100 - x)).toBeLessThan(0.2);
  });

  it("looks into the upper two thirds of what was photographed upright", async () => {
    const { image } = await makePicture("a.png", await faceAt(0.5, 0.3, 800, 1200));
    expect(image.focus?.y).toBeLessThan(60);
    expect((await makePicture("b.png", await faceAt(0.5, 0.9, 800, 1200))).image.focus?.y).toBeLessThan(60);
  });

  it.each([
    [1, 1],
    [2, 3000],
    [3000, 1],
  ])("is a point of the picture, however thin that is: %i × %i", async (width, height) => {
    const thin = await sharp({ create: { width, height, channels: 3, background: "#a43" } })
      .png()
      .toBuffer();
    const { image } = await makePicture("a.png", thin);
    expect(articleSchema.shape.images.safeParse({ "a.png": image }).success).toBe(true);
  });

  it("is not asked of articles from before there was one", () => {
    const image = {
      sha256: "0".repeat(64),
      width: 9,
      height: 9,
      variants: [{ recipe: "lead", type: "jpg", width: 9, height: 6, bytes: 1 }],
    } as const;
    expect(articleSchema.shape.images.parse({ "a.jpg": image })).toEqual({ "a.jpg": image });
    expect(pictureAddress(image, variantOf(image, "lead") ?? expect.unreachable())).toBe(
      `bilder/${"0".repeat(64)}-lead.jpg`,
    );
  });
});
