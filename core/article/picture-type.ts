/** What a file is by its first bytes; its name may lie. */
export type PictureType =
  | ("jpeg" | "png" | "webp" | "gif" | "heic" | "avif")
  | ("tiff" | "bmp" | "svg" | "pdf" | "unknown");

const starts = (bytes: Uint8Array, signs: readonly number[], at = 0): boolean =>
  signs.every((sign, index) => bytes[at + index] === sign);
const ascii = (bytes: Uint8Array, from: number, to: number): string => String.fromCharCode(...bytes.subarray(from, to));

/** Looks at the first thousand bytes. */
export function pictureTypeOf(bytes: Uint8Array): PictureType {
  if (starts(bytes, [0xff, 0xd8, 0xff])) return "jpeg";
  if (starts(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return "png";
  if (ascii(bytes, 0, 4) === "RIFF" && ascii(bytes, 8, 12) === "WEBP") return "webp";
  if (/^GIF8[79]a/.test(ascii(bytes, 0, 6))) return "gif";
  if (/^(II\*\0|MM\0\*)/.test(ascii(bytes, 0, 4))) return "tiff";
  if (/^BM.{4}\0{4}/s.test(ascii(bytes, 0, 10))) return "bmp";
  if (ascii(bytes, 4, 8) === "ftyp") return familyOf(bytes);
  if (ascii(bytes, 0, 5) === "%PDF-") return "pdf";
  return /<svg[\s>/]|<!DOCTYPE svg/i.test(ascii(bytes, 0, 1000)) ? "svg" : "unknown";
}

/** Films are boxed like HEIC and AVIF; what is in the box is said by its brands. @see ISO/IEC 23008-12 */
function familyOf(bytes: Uint8Array): PictureType {
  const brands = ascii(bytes, 8, 8 + Math.min(bytes[3] ?? 0, 64));
  if (/avi[fs]/.test(brands)) return "avif";
  return /hei[cxms]|hev[cx]|mif1|msf1/.test(brands) ? "heic" : "unknown";
}

/** What Kurier prints. */
export type PrintableType = "jpeg" | "png" | "webp" | "gif" | "heic" | "avif";

const printable: ReadonlySet<PictureType> = new Set<PrintableType>(["jpeg", "png", "webp", "gif", "heic", "avif"]);
export const isPrintable = (type: PictureType): type is PrintableType => printable.has(type);

const extensions: Readonly<Record<string, PictureType>> = {
  ...{ jpg: "jpeg", jpeg: "jpeg", jpe: "jpeg", jfif: "jpeg", png: "png", webp: "webp", gif: "gif" },
  ...{ heic: "heic", heif: "heic", hif: "heic", avif: "avif" },
  ...{ tif: "tiff", tiff: "tiff", bmp: "bmp", svg: "svg" },
};
/** What a file is by its name; undefined when it does not sound like a picture. */
export const pictureTypeNamed = (name: string): PictureType | undefined =>
  extensions[(/\.([^.]+)$/.exec(name)?.[1] ?? "").toLowerCase()];
