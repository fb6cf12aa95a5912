import * as z from "zod";

/** The publisher's emblem: it stands at the foot of pages and letters, beside the imprint. The wordmark stays text. */

/** The ground a file is made for: paper and tint, or the dark view of them. */
export const grounds = ["light", "dark"] as const;
export type Ground = (typeof grounds)[number];
export const isGround = (name: string): name is Ground => (grounds as readonly string[]).includes(name);

/** CSS pixels a logo may take at the most: it stands by, it does not speak. */
export const logoRoom = { width: 240, height: 72 } as const;
/** A letter's plate reaches so far beyond the logo, in CSS pixels. */
export const plateMargin = 8;

const logoPicture = z.strictObject({
  /** Of the file as it was given. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** CSS pixels it is shown at; its own file has up to twice as many. */
  width: z.number().int().min(1).max(logoRoom.width),
  height: z.number().int().min(1).max(logoRoom.height),
});
export type LogoPicture = z.infer<typeof logoPicture>;

const lightLogo = logoPicture.extend({
  /** It cannot be made out on a dark ground: there it keeps a light one around it. */
  needsPlate: z.boolean(),
});
export type LightLogo = z.infer<typeof lightLogo>;

export const longestAlt = 300;
export const logoSchema = z.strictObject({
  alt: z.string().min(1).max(longestAlt),
  light: lightLogo,
  /** Shown instead where a reader's screen is dark and their program knows it. */
  dark: logoPicture.optional(),
});
export type Logo = z.infer<typeof logoSchema>;

/** Where it is public, below the publication's base address; named by its content, as pictures are. */
export const logoAddress = ({ sha256 }: Pick<LogoPicture, "sha256">): string => `bilder/${sha256}-logo.png`;

/** The same on a ground of its own: mail programs that darken a letter by themselves leave its pictures as they are. */
export const plateAddress = ({ sha256 }: Pick<LogoPicture, "sha256">, ground: Ground): string =>
  `bilder/${sha256}-logo-${ground}.png`;

/** Whether a logo lies at an address among the pictures. */
export const isLogoAddress = (address: string): boolean => /-logo(-light|-dark)?\.png$/.test(address);

/** A logo as a page or a letter shows it: one picture, and another for the dark. */
export interface LogoView {
  readonly src: string;
  readonly dark: string | null;
  readonly alt: string;
  /** CSS pixels. */
  readonly width: number;
  readonly height: number;
  /** A page lays a light ground below it in the dark; a letter's picture brings it along, and hangs out by its margin. */
  readonly hasPlate: boolean;
}

/** On a page, where a style sheet makes the plate. @param linkTo writes an address into a link */
export function logoOnPage({ alt, light, dark }: Logo, linkTo: (address: string) => string): LogoView {
  const { width, height, needsPlate } = light;
  return {
    ...{ src: linkTo(logoAddress(light)), dark: dark ? linkTo(logoAddress(dark)) : null },
    ...{ alt, width, height, hasPlate: needsPlate && !dark },
  };
}

/** In a letter, where nobody knows whether a style sheet is read: with its plate, the one for the dark has one too. @param linkTo writes an address into a link */
export function logoInLetter({ alt, light, dark }: Logo, linkTo: (address: string) => string): LogoView {
  const { width, height, needsPlate } = light;
  const around = needsPlate ? 2 * plateMargin : 0;
  const addressOf = (picture: LogoPicture, ground: Ground): string =>
    linkTo(needsPlate ? plateAddress(picture, ground) : logoAddress(picture));
  return {
    ...{ src: addressOf(light, "light"), dark: dark ? addressOf(dark, "dark") : null },
    ...{ alt, width: width + around, height: height + around, hasPlate: needsPlate },
  };
}
