import type { Image, Variant } from "../../article/article.ts";
import { pictureAddress, variantOf } from "../../article/picture-address.ts";
import { escapeHtml } from "../slots.ts";
import type { LinkTo } from "./address.ts";

/** A picture that has come, with the words for those who do not see it. */
export interface Shown {
  readonly image: Image;
  readonly alt: string;
}

export interface PictureSetting {
  readonly linkTo: LinkTo;
  /** CSS lengths: how wide it is shown. */
  readonly sizes: string;
  /** "own" keeps the ratio, "lead" is cut to 16:10 around the focal point, "portrait" to 4:5. */
  readonly cut: "own" | "lead" | "portrait";
  /** Seen at once: not loaded lazily. */
  readonly first?: boolean;
}

/** Safe HTML, or "" where ingest made no variant that would do. */
export function pictureHtml({ image, alt }: Shown, { linkTo, sizes, cut, first }: PictureSetting): string {
  const single = cut === "portrait" || (cut === "lead" && !isSixteenToTen(image));
  const cropped = single ? variantOf(image, cut) : undefined;
  const photos = cropped ? [cropped] : widths(image, "jpg");
  const shown = photos.findLast(({ width }) => width <= 960) ?? photos[0];
  if (!shown) return "";
  const address = (variant: Variant): string => escapeHtml(linkTo(pictureAddress(image, variant)));
  const set = (variants: readonly Variant[]): string =>
    variants.map((variant) => `${address(variant)} ${variant.width}w`).join(", ");
  const webp = cropped ? [] : widths(image, "webp");
  const source = webp.length > 0 ? `<source type="image/webp" srcset="${set(webp)}" sizes="${sizes}">` : "";
  const choice = photos.length > 1 ? ` srcset="${set(photos)}" sizes="${sizes}"` : "";
  const moment = first ? ` fetchpriority="high"` : ` loading="lazy"`;
  return `<picture>${source}<img src="${address(shown)}"${choice} width="${shown.width}" height="${shown.height}" alt="${escapeHtml(alt)}"${moment} decoding="async"></picture>`;
}

/** Variants for the web from narrow to wide; a small original may have but the mail's. */
function widths(image: Image, type: Variant["type"]): Variant[] {
  const made = image.variants.filter((variant) => variant.type === type && /^\d+$/.test(variant.recipe));
  const mail = variantOf(image, "mail", type);
  return made.length > 0 ? made.sort((a, b) => a.width - b.width) : mail ? [mail] : [];
}

const isSixteenToTen = ({ width, height }: Image): boolean => Math.abs(width / height / 1.6 - 1) < 0.01;
