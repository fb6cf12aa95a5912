import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { makePicture } from "../../../core/article/picture.ts";
import { exifOf, withExif, withIptc, withXmp } from "./pictures-that-lie.ts";

const photo = await sharp({ create: { width: 90, height: 60, channels: 3, background: "#347" } })
  .jpeg()
  .toBuffer();
const suggestedBy = async (name: string, bytes: Uint8Array) => (await makePicture(name, bytes)).suggested;

const [description, artist, copyright] = [0x010e, 0x013b, 0x8298];
const caption = "Der Steg über die Weiße Elster";

describe("what a picture says of itself", () => {
  it("is read from what agencies write (IPTC)", async () => {
    expect(await suggestedBy("a.jpg", withIptc(photo, { caption, credit: "Jördis Mühlbach" }))).toEqual({
      ...{ caption, credit: "Jördis Mühlbach", hasPlace: false },
    });
  });

  it("is read from what programs for photographers write (XMP)", async () => {
    const words = `<dc:description><rdf:Alt><rdf:li xml:lang="x-default">${caption}</rdf:li></rdf:Alt></dc:description><dc:creator><rdf:Seq><rdf:li>Jördis Mühlbach</rdf:li><rdf:li>Thomas Śěrak</rdf:li></rdf:Seq></dc:creator>`;
    expect(await suggestedBy("a.jpg", withXmp(photo, words))).toMatchObject({
      ...{ caption, credit: "Jördis Mühlbach, Thomas Śěrak" },
    });
  });

  it.each([
    ["UTF-8", "utf8"],
    ["Latin-1", "latin1"],
  ] as const)("is read from what cameras write, in %s (EXIF)", async (_, encoding) => {
    const exif = exifOf({ [description]: Buffer.from(caption, encoding), [artist]: Buffer.from("Jördis", encoding) });
    expect(await suggestedBy("a.jpg", withExif(photo, exif))).toMatchObject({ caption, credit: "Jördis" });
  });

  it("is whose right it is where nobody says who made it", async () => {
    const exif = exifOf({ [copyright]: Buffer.from("© Gemeinde Röderau") });
    expect(await suggestedBy("a.jpg", withExif(photo, exif))).toMatchObject({ credit: "© Gemeinde Röderau" });
  });

  it("is read from WebP and AVIF too", async () => {
    const exif = { IFD0: { Artist: "Jana Krahl" } };
    const [webp, avif] = await Promise.all([
      sharp(photo).withExif(exif).webp().toBuffer(),
      sharp(photo).withExif(exif).avif({ effort: 0 }).toBuffer(),
    ]);
    expect(await suggestedBy("a.webp", webp)).toMatchObject({ credit: "Jana Krahl" });
    expect(await suggestedBy("a.avif", avif)).toMatchObject({ credit: "Jana Krahl" });
  });

  it("may be the place it was taken at, in XMP as well", async () => {
    const place = withXmp(photo, "<exif:GPSLatitude>51,3.2N</exif:GPSLatitude>");
    expect((await makePicture("a.jpg", place)).notes).toEqual([{ code: "place-removed", details: { name: "a.jpg" } }]);
  });

  it("suggests nothing where it is broken", async () => {
    const broken = exifOf({ [description]: Buffer.from(caption) }).subarray(0, 15);
    expect(await suggestedBy("a.jpg", withExif(photo, broken))).toEqual({ caption: "", credit: "", hasPlace: false });
  });
});
