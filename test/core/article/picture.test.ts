import sharp from "sharp";
import { describe, expect, it } from "vitest";
import type { Variant } from "../../../core/article/article.ts";
import { type MadePicture, makePicture } from "../../../core/article/picture.ts";
import { withText } from "./pictures-that-lie.ts";

/** Grain no encoder can shrink: a picture that is hard to fit into a mail. */
function grain(width: number, height: number): Promise<Buffer> {
  const pixels = Buffer.alloc(width * height * 3);
  let seed = 7;
  for (let index = 0; index < pixels.length; index += 1) {
    seed = (seed * 1_103_515_245 + 12_345) & 0x7fffffff;
    pixels[index] = seed >> 16;
  }
  return sharp(pixels, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 90 })
    .toBuffer();
}
const plain = (width: number, height: number) => sharp({ create: { width, height, channels: 3, background: "#a43" } });
const sizes = ({ variants }: MadePicture) =>
  Object.fromEntries(variants.map(({ recipe, type, width, height }) => [`${recipe}.${type}`, `${width}x${height}`]));
const variant = (picture: MadePicture, recipe: Variant["recipe"]) =>
  picture.variants.find((each) => each.recipe === recipe);

describe("pictures", () => {
  it("are made for mail, lead, portrait and web", async () => {
    expect(sizes(await makePicture("a.jpg", await plain(2400, 1600).jpeg().toBuffer()))).toEqual({
      ...{ "mail.jpg": "1280x853", "lead.jpg": "1280x800", "portrait.jpg": "288x360" },
      ...{ "480.jpg": "480x320", "480.webp": "480x320", "960.jpg": "960x640", "960.webp": "960x640" },
      ...{ "1600.jpg": "1600x1067", "1600.webp": "1600x1067" },
    });
  });

  it("are never enlarged", async () => {
    expect(sizes(await makePicture("a.png", await plain(600, 300).png().toBuffer()))).toEqual({
      ...{ "mail.jpg": "600x300", "lead.jpg": "480x300", "portrait.jpg": "240x300" },
      ...{ "480.jpg": "480x240", "480.webp": "480x240", "960.jpg": "600x300", "960.webp": "600x300" },
    });
  });

  it("fit into a mail, whatever they show", async () => {
    const picture = await makePicture("a.jpg", await grain(1600, 1200));
    for (const recipe of ["mail", "lead"] as const)
      expect(variant(picture, recipe)?.bytes).toBeLessThanOrEqual(120_000);
    expect(variant(picture, "mail")?.width).toBeGreaterThan(300);
  });

  it("stand upright, and say nothing of where they were taken", async () => {
    const exif = {
      IFD0: { Artist: "Jana Krahl", ImageDescription: "Der Steg" },
      IFD3: { GPSLatitude: "51/1 3/1 0/1" },
    };
    const picture = await makePicture(
      "a.jpg",
      await plain(900, 600).withMetadata({ orientation: 6 }).withExifMerge(exif).jpeg().toBuffer(),
    );
    expect(picture.image).toMatchObject({ width: 600, height: 900 });
    expect(variant(picture, "480")).toMatchObject({ width: 480, height: 720 });
    expect(picture.suggested).toEqual({ caption: "Der Steg", credit: "Jana Krahl", hasPlace: true });
    for (const { body } of picture.variants) {
      expect(await sharp(body).metadata()).not.toMatchObject({ exif: expect.anything() });
      expect(Buffer.from(body).includes("Jana")).toBe(false);
    }
  });

  it("read no caption a camera made up", async () => {
    const exif = { IFD0: { ImageDescription: "OLYMPUS DIGITAL CAMERA" } };
    const { suggested } = await makePicture("a.jpg", await plain(90, 60).withExif(exif).jpeg().toBuffer());
    expect(suggested).toMatchObject({ caption: "", credit: "" });
  });

  it("stand on white where they were transparent", async () => {
    const clear = await sharp({ create: { width: 90, height: 60, channels: 4, background: "#00000000" } })
      .png()
      .toBuffer();
    const { body } = variant(await makePicture("a.png", clear), "mail") ?? { body: Buffer.alloc(0) };
    expect((await sharp(body).stats()).channels[0]?.mean).toBeGreaterThan(253);
  });

  it("are the same when made again", async () => {
    const bytes = await grain(500, 400);
    const [once, again] = [await makePicture("a.jpg", bytes), await makePicture("a.jpg", bytes)];
    expect(again.image).toEqual(once.image);
    expect(
      again.variants.every(({ body }, index) =>
        Buffer.from(body).equals(once.variants[index]?.body ?? Buffer.alloc(0)),
      ),
    ).toBe(true);
  });

  it("may be grey, or WebP", async () => {
    const grey = await plain(90, 60).greyscale().png().toBuffer();
    const webp = await plain(90, 60).webp().toBuffer();
    for (const [name, bytes] of [
      ["a.png", grey],
      ["a.webp", webp],
    ] as const) {
      expect((await makePicture(name, bytes)).image).toMatchObject({ width: 90, height: 60 });
    }
  });

  const middle = async (bytes: Uint8Array): Promise<number[]> => {
    const { body } = variant(await makePicture("a", bytes), "480") ?? expect.unreachable();
    const { channels } = await sharp(body).stats();
    return channels.map(({ mean }) => Math.round(mean / 16));
  };

  it("keep their colours, printed in four inks or in sixteen bits", async () => {
    const seen = await middle(await plain(90, 60).jpeg().toBuffer());
    const deep = await plain(90, 60).toColourspace("rgb16").png().toBuffer();
    expect((await sharp(deep).metadata()).depth).toBe("ushort");
    expect(await middle(deep)).toEqual(seen);
    const inks = await plain(90, 60).toColourspace("cmyk").jpeg().toBuffer();
    expect((await sharp(inks).metadata()).space).toBe("cmyk");
    const [red = 0, green = 0] = await middle(inks);
    expect(red).toBeGreaterThan(green + 3);
  });

  it("may carry a text that unpacks to a hundred megabytes: nobody unpacks it", async () => {
    const heavy = withText(await plain(90, 60).png().toBuffer(), 100_000_000);
    const before = process.memoryUsage().rss;
    expect((await makePicture("a.png", heavy)).image).toMatchObject({ width: 90, height: 60 });
    expect(process.memoryUsage().rss - before).toBeLessThan(80_000_000);
  });
});
