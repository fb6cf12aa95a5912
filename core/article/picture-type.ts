/** What a file is by its first bytes; its name may lie. */
export type PictureType = "jpeg" | "png" | "webp" | "gif" | "heic" | "avif" | "tiff" | "svg" | "pdf" | "unknown";

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
  if (ascii(bytes, 4, 8) === "ftyp") return /avi[fs]/.test(ascii(bytes, 8, 12)) ? "avif" : "heic";
  if (ascii(bytes, 0, 5) === "%PDF-") return "pdf";
  return /<svg[\s>/]|<!DOCTYPE svg/i.test(ascii(bytes, 0, 1000)) ? "svg" : "unknown";
}

/** What Kurier prints. */
export const isPrintable = (type: PictureType): type is "jpeg" | "png" | "webp" =>
  type === "jpeg" || type === "png" || type === "webp";

const extensions: Readonly<Record<string, PictureType>> = {
  ...{ jpg: "jpeg", jpeg: "jpeg", png: "png", webp: "webp", gif: "gif", heic: "heic", heif: "heic" },
  ...{ avif: "avif", tif: "tiff", tiff: "tiff", svg: "svg" },
};
/** What a file is by its name; undefined when it does not sound like a picture. */
export const pictureTypeNamed = (name: string): PictureType | undefined =>
  extensions[(/\.([^.]+)$/.exec(name)?.[1] ?? "").toLowerCase()];
