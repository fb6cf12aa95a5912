import sharp, { type Sharp } from "sharp";
import { describe, expect, it } from "vitest";
import { makePicture } from "../../../core/article/picture.ts";
import { colours, fourFields, named, seenIn } from "./four-fields.ts";

const shown = async (name: string, bytes: Uint8Array, tolerance?: number): Promise<string[]> => {
  const { variants } = await makePicture(name, bytes);
  return named(await seenIn(variants.find(({ recipe }) => recipe === "mail")?.body ?? Buffer.alloc(0)), tolerance);
};
const asPainted = ["red", "green", "blue", "yellow"];
const drawn = () => fourFields(120, 80);
const best = { quality: 100, chromaSubsampling: "4:4:4" } as const;
const jpeg = (picture: Sharp): Promise<Buffer> => picture.jpeg(best).toBuffer();
/** Every kind goes through a file once, so that what is asked of the encoder really stands in it. */
const through = async (picture: Sharp): Promise<Sharp> => sharp(await picture.png().toBuffer());

describe("a photo", () => {
  /** How the pixels lie when the camera was held so: what must be done to them to stand upright, undone. */
  const lying: Readonly<Record<number, (upright: Sharp) => Sharp | Promise<Sharp>>> = {
    1: (upright) => upright,
    2: (upright) => upright.flop(),
    3: (upright) => upright.rotate(180),
    4: (upright) => upright.flip(),
    5: async (upright) => (await through(upright.rotate(90))).flop(),
    6: (upright) => upright.rotate(270),
    7: async (upright) => (await through(upright.rotate(90))).flip(),
    8: (upright) => upright.rotate(90),
  };

  it.each(Object.keys(lying).map(Number))("stands upright however the camera was held (%i)", async (orientation) => {
    const pixels = await through((await lying[orientation]?.(drawn())) ?? drawn());
    const photo = await jpeg(pixels.withMetadata({ orientation }));
    expect((await makePicture("a.jpg", photo)).image).toMatchObject({ width: 120, height: 80 });
    expect(await shown("a.jpg", photo)).toEqual(asPainted);
  });

  it("in a phone's wide colours looks as it did", async () => {
    const wide = await jpeg((await through(drawn())).withIccProfile("p3"));
    expect(named(await seenIn(await sharp(wide, { ignoreIcc: true }).toBuffer()), 6)).not.toEqual(asPainted);
    expect(await shown("a.jpg", wide, 6)).toEqual(asPainted);
  });

  it.each([
    ["with its profile", (inks: Sharp) => inks.withIccProfile("cmyk")],
    ["without one", (inks: Sharp) => inks],
  ])("in four inks is printed in its colours, %s", async (_, finish) => {
    // Halfway to grey, for no ink is as blue as light; what goes to ink and back has lost a little twice.
    const paints = Object.values(colours).map((colour) => colour.map((part) => part / 2 + 64));
    const inks = await jpeg(finish((await through(drawn().linear(0.5, 64))).toColourspace("cmyk")));
    expect(await sharp(inks).metadata()).toMatchObject({ space: "cmyk" });
    const { variants } = await makePicture("a.jpg", inks);
    const seen = await seenIn(variants[0]?.body ?? Buffer.alloc(0));
    for (const [index, part] of seen.flat().entries())
      expect(Math.abs(part - (paints.flat()[index] ?? 0))).toBeLessThan(24);
  });

  it("in grey stays grey", async () => {
    const [left, right] = await seenIn(
      (await makePicture("a.jpg", await jpeg(drawn().greyscale()))).variants[0]?.body ?? Buffer.alloc(0),
    );
    expect(new Set(left).size).toBe(1);
    expect(left).not.toEqual(right);
  });

  it("has no profile and no place left in anything that is shown of it", async () => {
    const photo = await jpeg(
      (await through(drawn()))
        .withIccProfile("p3")
        .withExifMerge({ IFD3: { GPSLatitude: "51/1 3/1 0/1", GPSLatitudeRef: "N" } }),
    );
    const { variants, notes } = await makePicture("a.jpg", photo);
    expect(notes).toEqual([{ code: "place-removed", details: { name: "a.jpg" } }]);
    for (const { body } of variants) {
      const { exif, xmp, iptc, icc } = await sharp(body).metadata();
      expect({ exif, xmp, iptc, icc }).toEqual({});
      expect(Buffer.from(body).includes("GPS") || Buffer.from(body).includes("Exif")).toBe(false);
    }
  });
});

describe("a screenshot", () => {
  it("in few colours keeps them", async () => {
    const few = await drawn().png({ palette: true, colours: 4 }).toBuffer();
    expect(await sharp(few).metadata()).toMatchObject({ isPalette: true });
    expect(await shown("a.png", few, 3)).toEqual(asPainted);
  });

  it.each([
    ["16 bits deep", (picture: Sharp) => picture],
    ["16 bits deep and wide in its colours", (picture: Sharp) => picture.withIccProfile("p3")],
  ])("%s keeps its colours", async (_, finish) => {
    const deep = await finish((await through(drawn())).toColourspace("rgb16"))
      .png()
      .toBuffer();
    expect(await sharp(deep).metadata()).toMatchObject({ depth: "ushort" });
    expect(await shown("a.png", deep, 6)).toEqual(asPainted);
  });

  it("that is clear in part stands on white", async () => {
    const clear = await drawn().ensureAlpha(0.5).png().toBuffer();
    const [first] = await seenIn((await makePicture("a.png", clear)).variants[0]?.body ?? Buffer.alloc(0));
    const paler = colours.red.map((part) => Math.round((part + 255) / 2));
    for (const [index, part] of paler.entries()) expect(Math.abs(part - (first?.[index] ?? 0))).toBeLessThan(4);
  });
});

describe("pictures one after the other", () => {
  const frames = async (): Promise<Sharp> => {
    const two = [fourFields(60, 40), fourFields(60, 40, ["yellow", "blue", "green", "red"])];
    const raw = await Promise.all(two.map((frame) => frame.raw().toBuffer()));
    return sharp(Buffer.concat(raw), { raw: { width: 60, height: 80, channels: 3, pageHeight: 40 } });
  };

  it.each([
    ["a.gif", async () => (await frames()).gif().toBuffer()],
    ["a.webp", async () => (await frames()).webp({ lossless: true }).toBuffer()],
  ] as const)("are printed by their first, and their author is told: %s", async (name, bytes) => {
    const { image, notes } = await makePicture(name, await bytes());
    expect(image).toMatchObject({ width: 60, height: 40 });
    expect(await shown(name, await bytes())).toEqual(asPainted);
    expect(notes).toEqual([{ code: "picture-animated", details: { name } }]);
  });

  it("are not spoken of where there is but one", async () => {
    const still = await drawn().gif().toBuffer();
    expect((await makePicture("a.gif", still)).notes).toEqual([]);
    expect(await shown("a.gif", still)).toEqual(asPainted);
  });
});

describe("other files", () => {
  it("of a web page are read too: AVIF", async () => {
    expect(await shown("a.avif", await drawn().avif({ quality: 90, effort: 2 }).toBuffer())).toEqual(asPainted);
  });

  it.each([
    ["a.tif", async () => drawn().tiff().toBuffer(), "TIFF"],
    ["a.jpg", async () => drawn().tiff().toBuffer(), "TIFF"],
    ["a.bmp", async () => Buffer.from("BM\x36\x10\0\0\0\0\0\0\x36\0\0\0", "latin1"), "BMP"],
  ] as const)("no page shows are refused with what to do: %s", async (name, bytes, type) => {
    await expect(makePicture(name, await bytes())).rejects.toMatchObject({ code: "picture-type", details: { type } });
  });
});
