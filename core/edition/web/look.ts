import { digestOf } from "../../digest.ts";
import type { Publication } from "../../publication.ts";
import { Refusal } from "../../refusal.ts";
import type { EditionFile, House, Palette } from "../edition.ts";
import { paletteFor } from "../palette.ts";
import { renderer } from "../templates.ts";
import type { Address } from "./address.ts";

/** The style sheet and type of a publication, addressed by their content. */
export interface Look {
  readonly style: Address;
  /** For the browser's tab: the publication's initial on its colour. */
  readonly icon: Address;
  /** What nearly every page needs at once: both voices, upright, latin. */
  readonly early: readonly Address[];
  readonly files: readonly EditionFile[];
}

const folder = "gestalt/";

/** The files a publication's pages are dressed in, and their addresses. @throws Refusal `weak-accent` */
export function lookOf(house: House, publication: Publication): Look {
  const fonts = fontFiles(house);
  const { palette } = paletteFor(publication.accent, house.palette);
  const body = styleSheet(house, palette, publication, (font) => font.slice(folder.length));
  const style = `${folder}web-${hashOf(body)}.css`;
  const icon = iconFile(house, palette, publication);
  return {
    style,
    icon: icon.path,
    early: [...fonts.values()].map(({ path }) => path).filter((path) => /-latin-wght-normal/.test(path)),
    files: [{ path: style, body, type: "text/css; charset=utf-8" }, icon, ...fonts.values()],
  };
}

/** The same for a page that must not lean on files published some other day: style and icon go into the page. */
export function lookOnPage(
  house: House,
  publication: Publication | undefined,
  linkTo: (font: Address) => string,
): { styleText: string; icon: string } {
  const palette = paletteOrOurs(house, publication);
  return {
    styleText: styleSheet(house, palette, publication, linkTo).replace(/\n\s*\n+/g, "\n"),
    icon: `data:image/svg+xml,${encodeURIComponent(iconOf(house, palette, publication))}`,
  };
}

/** A reader must be able to leave, whatever colour somebody typed into the settings since. */
function paletteOrOurs(house: House, publication: Publication | undefined): Palette {
  if (!publication) return house.palette;
  try {
    return paletteFor(publication.accent, house.palette).palette;
  } catch (trouble) {
    if (trouble instanceof Refusal) return house.palette;
    throw trouble;
  }
}

function iconFile(house: House, palette: Palette, publication: Publication): EditionFile {
  const body = iconOf(house, palette, publication);
  return { path: `${folder}icon-${hashOf(body)}.svg`, body, type: "image/svg+xml" };
}

const iconOf = (house: House, { light }: Palette, publication: Publication | undefined): string =>
  renderer(house)("web/icon", {
    initial: [...new Intl.Segmenter("de").segment(publication?.title ?? "")][0]?.segment ?? "",
    ground: light.band,
    text: light.bandText,
  });

function styleSheet(
  house: House,
  palette: Palette,
  publication: Publication | undefined,
  linkTo: (font: Address) => string,
): string {
  const sheet = house.styles.get("web/web.css");
  if (sheet === undefined) throw new Error("there is no style web/web.css");
  const faces = [...fontFiles(house)].map(([name, { path }]) => fontFace(name, linkTo(path)));
  return [...faces, colours(palette), wordmark(publication), sheet].join("\n");
}

type FontFiles = ReadonlyMap<string, EditionFile>;
const known = new WeakMap<House["fonts"], FontFiles>();

/** Megabytes of type stay the same as long as the house does: they are hashed once. */
function fontFiles({ fonts }: House): FontFiles {
  const files = known.get(fonts) ?? new Map([...fonts].map(([name, body]) => [name, fontFile(name, body)]));
  known.set(fonts, files);
  return files;
}

const fontFile = (name: string, body: Uint8Array): EditionFile => ({
  ...{ path: `${folder}${name.replace(/\.woff2$/, "")}-${hashOf(body)}.woff2`, body, type: "font/woff2" },
});

/** As the makers of the subsets cut them: @see fontsource `unicode.json`. */
const ranges: Readonly<Record<string, string>> = {
  latin:
    "U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+0304,U+0308,U+0329,U+2000-206F,U+20AC,U+2122,U+2191,U+2193,U+2212,U+2215,U+FEFF,U+FFFD",
  "latin-ext":
    "U+0100-02BA,U+02BD-02C5,U+02C7-02CC,U+02CE-02D7,U+02DD-02FF,U+0304,U+0308,U+0329,U+1D00-1DBF,U+1E00-1E9F,U+1EF2-1EFF,U+2020,U+20A0-20AB,U+20AD-20C0,U+2113,U+2C60-2C7F,U+A720-A7FF",
  vietnamese:
    "U+0102-0103,U+0110-0111,U+0128-0129,U+0168-0169,U+01A0-01A1,U+01AF-01B0,U+0300-0301,U+0303-0304,U+0308-0309,U+0323,U+0329,U+1EA0-1EF9,U+20AB",
};

function fontFace(name: string, url: string): string {
  const [, family = "", subset = "", style = ""] = /^(source-\w+-\d)-(\w+(?:-ext)?)-wght-(\w+)\./.exec(name) ?? [];
  const voice = family.startsWith("source-sans") ? "Source Sans 3" : "Source Serif 4";
  return `@font-face{font-family:"${voice}";font-style:${style};font-weight:200 900;font-display:swap;src:url(${url}) format("woff2");unicode-range:${ranges[subset]}}`;
}

/** The web lies on white without a sheet, so two colours differ from the mail's. */
function colours({ light, dark }: Palette): string {
  const set = (palette: Palette["light"]): string =>
    Object.entries({ ...palette, page: palette.webPage, tint: palette.webTint ?? palette.tint })
      .filter(([name]) => !name.startsWith("web"))
      .map(([name, colour]) => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}:${colour}`)
      .join(";");
  const plate = `--plate:${light.tint}`;
  return `:root{${set(light)};${plate}}\n@media screen and (prefers-color-scheme:dark){:root{${set(dark)}}}`;
}

/** A letter of the wordmark is at most this wide, in em. */
const letterWidth = 0.58;
/** Nothing on a page is smaller. */
const smallestPixels = 13;
const largestPixels = { phone: 28, page: 76 };
/** Between the sides: on the narrowest phone, and on the widest page. */
const roomPixels = { phone: 280, page: 1104 };
/** In between it grows with the window: so many hundredths of it, fewer where a long name must fit in 92 of 100. */
const growth = { most: 6.2, room: 920 };

/** One line: a longer name is set smaller, and broken only where it would become unreadable on the smallest phone. */
function wordmark(publication: Publication | undefined): string {
  const letters = [...(publication?.title ?? "")].length || 1;
  const sizeIn = (pixels: number): number => Math.floor(pixels / (letterWidth * letters));
  const [small, large] = [
    Math.min(largestPixels.phone, sizeIn(roomPixels.phone)),
    Math.min(largestPixels.page, sizeIn(roomPixels.page)),
  ];
  const share = Math.min(growth.most, sizeIn(growth.room) / 10);
  const least = Math.max(smallestPixels, small);
  const space = small < smallestPixels ? "normal" : "nowrap";
  return `:root{--mark:clamp(${least}px,${share}vw,${Math.max(least, large)}px);--mark-space:${space}}`;
}

/** Enough of a hash to tell contents apart in an address. */
const hashOf = (content: string | Uint8Array): string => digestOf(content).slice(0, 16);
