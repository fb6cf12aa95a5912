import sharp, { type Color } from "sharp";
import { describe, expect, it } from "vitest";
import { logoAddress, logoInLetter, logoOnPage, logoSchema, plateAddress } from "../../../core/logo/logo.ts";
import { makeLogo, tints } from "../../../core/logo/make-logo.ts";
import { house } from "../../../functions/house.ts";
import { aLogoDrawing } from "../../a-logo.ts";

const made = (bytes: Uint8Array, ground: "light" | "dark" = "light") => makeLogo(bytes, ground);
const noteCodes = async (bytes: Uint8Array, ground?: "light" | "dark") =>
  (await made(bytes, ground)).notes.map(({ code }) => code);
const refused = (bytes: Uint8Array) =>
  made(bytes).then(
    () => "taken",
    ({ code }) => code,
  );
const svg = (inner: string, more = 'width="60" height="60"') =>
  Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" ${more}>${inner}</svg>`);
const sheet = (width: number, height: number, background: Color) =>
  sharp({ create: { width, height, channels: 4, background } });
const clear = { r: 0, g: 0, b: 0, alpha: 0 };

describe("a logo", () => {
  it("becomes pixels twice as fine as it is shown, whatever was brought", async () => {
    const { picture, files } = await made(aLogoDrawing());
    expect(picture).toMatchObject({ width: 72, height: 72 });
    expect(await sharp(files.logo).metadata()).toMatchObject({
      format: "png",
      width: 144,
      height: 144,
      hasAlpha: true,
    });
    const wide = await made(svg('<rect width="300" height="30" fill="#0B5A3E"/>', 'width="300" height="30"'));
    expect(wide.picture).toMatchObject({ width: 240, height: 24 });
  });

  it("is the same file whenever it is made", async () => {
    const [one, other] = [await made(aLogoDrawing()), await made(aLogoDrawing())];
    expect(one).toEqual(other);
  });

  it("stands at the text's edge: its empty margin is gone", async () => {
    const mark = await sheet(200, 50, "#0B5A3E").png().toBuffer();
    const bytes = await sheet(600, 400, clear)
      .composite([{ input: mark, left: 300, top: 310 }])
      .png()
      .toBuffer();
    expect((await made(bytes)).picture).toMatchObject({ width: 200, height: 50 });
    const onWhite = await sheet(600, 400, "#FFFFFF")
      .composite([{ input: mark, left: 30, top: 10 }])
      .jpeg()
      .toBuffer();
    expect((await made(onWhite)).picture.height).toBeGreaterThanOrEqual(50);
    expect((await made(onWhite)).picture.width).toBeLessThan(220);
  });

  it("is never enlarged, and it is said that more pixels would be better", async () => {
    const small = await sheet(60, 20, "#0B5A3E").png().toBuffer();
    expect((await made(small)).picture).toMatchObject({ width: 60, height: 20 });
    expect(await noteCodes(small)).toContain("logo-coarse");
    expect(await noteCodes(aLogoDrawing())).toEqual([]);
  });

  it("gets a plate where it would be lost in the dark, and none where it stands out or brings its own ground", async () => {
    expect((await made(aLogoDrawing("#0B5A3E"))).picture.needsPlate).toBe(true);
    expect((await made(aLogoDrawing("#B9683A"))).picture.needsPlate).toBe(false);
    const { files } = await made(aLogoDrawing("#0B5A3E"));
    const onWhite = await sharp(files.logo).flatten({ background: "#FFFFFF" }).jpeg().toBuffer();
    expect((await made(onWhite)).picture.needsPlate).toBe(false);
    expect(await noteCodes(onWhite)).toContain("logo-boxed");
  });

  it("is said to be hardly seen where it is", async () => {
    expect(await noteCodes(aLogoDrawing("#FFFFFF"))).toEqual(["logo-pale"]);
    expect(await noteCodes(aLogoDrawing("#0B2A1E"), "dark")).toEqual(["logo-dim"]);
  });

  it("carries its own ground in a letter: of the tint it stands on, to the pixel", async () => {
    for (const [ground, tint] of Object.entries(tints) as ["light" | "dark", string][]) {
      const { files } = await made(aLogoDrawing(), ground);
      const { data, info } = await sharp(files.plate).removeAlpha().raw().toBuffer({ resolveWithObject: true });
      expect(info).toMatchObject({ width: 176, height: 176 });
      expect(`#${data.subarray(0, 3).toString("hex").toUpperCase()}`).toBe(tint);
    }
  });

  it("knows the tints of the palette", () => {
    const { light, dark } = house().palette;
    expect(tints).toEqual({ light: light.tint, dark: dark.tint });
  });

  it("keeps no word of where it was made", async () => {
    const bytes = await sheet(200, 80, "#0B5A3E")
      .withExif({ IFD0: { Copyright: "Lindenfähr" } })
      .jpeg()
      .toBuffer();
    const { files } = await made(bytes);
    expect((await sharp(files.logo).metadata()).exif).toBeUndefined();
  });
});

describe("what is no logo", () => {
  it.each([
    ["letters that need type", svg("<text y='20'>Bund</text>"), "logo-letters"],
    ["a picture inside a drawing", svg("<image href='file:///etc/passwd'/>"), "logo-letters"],
    ["a document", Buffer.from("%PDF-1.7 …"), "logo-type"],
    ["a moving picture", Buffer.from("GIF89a…"), "logo-type"],
    ["half a drawing", Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'><g>"), "logo-broken"],
    ["half a picture", Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0]), "logo-broken"],
    ["nothing to be seen", svg("<rect width='0' height='0'/>"), "logo-empty"],
    ["more bytes than a logo has", Buffer.alloc(5_000_001), "logo-large"],
  ])("is refused: %s", async (_, bytes, code) => expect(await refused(bytes)).toBe(code));

  it("opens the door to drawings for itself alone", async () => {
    await made(aLogoDrawing());
    await expect(sharp(aLogoDrawing()).png().toBuffer()).rejects.toThrow();
  });
});

describe("a logo at its place", () => {
  const [one, other] = ["a", "b"].map((sign) => sign.repeat(64)) as [string, string];
  const light = { sha256: one, width: 72, height: 60, needsPlate: true };
  const dark = { sha256: other, width: 70, height: 60 };
  const linkTo = (address: string) => `/${address}`;

  it("has a plate on a page where there is no other file for the dark", () => {
    expect(logoOnPage({ alt: "Fähre", light }, linkTo)).toMatchObject({ hasPlate: true, dark: null });
    expect(logoOnPage({ alt: "Fähre", light, dark }, linkTo)).toMatchObject({
      ...{ hasPlate: false, src: `/${logoAddress(light)}`, dark: `/${logoAddress(dark)}` },
    });
  });

  it("brings its plate along in a letter, and so does the one for the dark", () => {
    expect(logoInLetter({ alt: "Fähre", light, dark }, linkTo)).toEqual({
      ...{ src: `/${plateAddress(light, "light")}`, dark: `/${plateAddress(dark, "dark")}`, alt: "Fähre" },
      ...{ width: 88, height: 76, hasPlate: true },
    });
    const strong = { ...light, needsPlate: false };
    expect(logoInLetter({ alt: "Fähre", light: strong }, linkTo)).toMatchObject({ width: 72, hasPlate: false });
  });

  it("says what it shows", () => {
    expect(logoSchema.safeParse({ alt: "", light }).success).toBe(false);
    expect(logoSchema.safeParse({ alt: "Fähre", light, dark }).success).toBe(true);
  });
});
