import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { makePicture } from "../../../core/article/picture.ts";
import { named, seenIn } from "./four-fields.ts";
import { claiming } from "./pictures-that-lie.ts";

/** Made by `heic/make.py`. */
const heic = (name: string): Buffer => readFileSync(join(import.meta.dirname, "heic", `${name}.heic`));

const shownOf = async (name: string, bytes: Uint8Array): Promise<string[]> => {
  const { variants } = await makePicture(name, bytes);
  return named(await seenIn(variants.find(({ recipe }) => recipe === "mail")?.body ?? Buffer.alloc(0)));
};

describe("a phone's HEIC", () => {
  it("stands upright: a turn said twice, in the file and in EXIF, is made once", async () => {
    const { image } = await makePicture("phone.heic", heic("phone"));
    expect(image).toMatchObject({ width: 64, height: 96 });
    expect(await shownOf("phone.heic", heic("phone"))).toEqual(["red", "green", "blue", "yellow"]);
  });

  it("keeps the colours of its wide profile", async () => {
    // Taken for sRGB, its red would be 16 short.
    const { variants } = await makePicture("phone.heic", heic("phone"));
    for (const { body, recipe } of variants.filter(({ recipe }) => /mail|480/.test(recipe)))
      expect([recipe, named(await seenIn(body), 6)]).toEqual([recipe, ["red", "green", "blue", "yellow"]]);
  });

  it("says who, what and where in its EXIF; the place is removed, and its author is told", async () => {
    const { suggested, notes } = await makePicture("phone.heic", heic("phone"));
    expect(suggested).toEqual({ caption: "Der Steg im Frühnebel", credit: "Jördis Mühlbach", hasPlace: true });
    expect(notes).toEqual([{ code: "place-removed", details: { name: "phone.heic" } }]);
  });

  it("shows the picture that is meant where it holds several", async () => {
    expect((await makePicture("burst.heic", heic("burst"))).image).toMatchObject({ width: 48, height: 80 });
  });

  it("stands on white where somebody was cut out of the background", async () => {
    const { variants } = await makePicture("cut-out.heic", heic("cut-out"));
    const [corner] = await seenIn(variants[0]?.body ?? Buffer.alloc(0));
    expect(corner).toEqual([255, 255, 255]);
  });

  it("is the same when made again", async () => {
    const [once, again] = [await makePicture("a.heic", heic("phone")), await makePicture("a.heic", heic("phone"))];
    expect(again.variants).toEqual(once.variants);
  });

  it("is named for what it is when its name lies", async () => {
    const { notes } = await makePicture("IMG_0815.jpg", heic("burst"));
    expect(notes).toEqual([{ code: "picture-misnamed", details: { name: "IMG_0815.jpg", type: "HEIC" } }]);
  });
});

describe("a HEIC nobody can print", () => {
  it("is refused before a pixel is decoded when it is too large", async () => {
    await expect(makePicture("a.heic", claiming(heic("phone"), 10_000, 8_000))).rejects.toMatchObject({
      ...{ code: "picture-pixels", details: { name: "a.heic", megapixels: 80 } },
    });
  });

  it.each([10, 40, 200, 700, 1200])("is refused as broken when it ends after %i bytes", async (bytes) => {
    const cut = Buffer.concat([heic("phone").subarray(0, Math.max(bytes, 12))]);
    await expect(makePicture("a.heic", cut)).rejects.toMatchObject({ code: "picture-broken" });
  });

  it("is refused or printed, never a fault, whatever a byte of it says", async () => {
    const whole = heic("burst");
    for (let at = 12; at < whole.length; at += 61) {
      const bent = Buffer.from(whole);
      bent[at] = (bent[at] ?? 0) ^ 0xff;
      const made = await makePicture("a.heic", bent).catch((refusal) => refusal.code);
      expect(typeof made === "string" ? made : made.variants.length).toSatisfy((outcome) =>
        typeof outcome === "number" ? outcome > 0 : /^picture-(broken|pixels)$/.test(outcome),
      );
    }
  });

  it("is no film that is boxed like one", async () => {
    const film = Buffer.concat([Buffer.from("\0\0\0\x18ftypisom\0\0\0\0isommp42", "latin1"), Buffer.alloc(100)]);
    await expect(makePicture("a.heic", film)).rejects.toMatchObject({ code: "not-a-picture" });
  });
});
