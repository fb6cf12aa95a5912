import exifr from "exifr";
import { exifLines } from "./exif-lines.ts";
import { tidyLine } from "./tidy-inlines.ts";

/** What a picture file says of itself, "" where it says nothing; read before everything but the pixels is stripped. */
export interface Suggested {
  readonly caption: string;
  readonly credit: string;
  /** It says where it was taken. Nothing that is shown of it does. */
  readonly hasPlace: boolean;
}

/** What cameras write where nobody did. */
const cameraWords =
  /^(?:OLYMPUS DIGITAL CAMERA|SAMSUNG.*|DCIM.*|SONY DSC|MINOLTA DIGITAL CAMERA|KONICA.*|default|untitled|dav|hdr.*)$/i;

/**
 * Caption and credit out of IPTC, XMP and EXIF.
 *
 * @param picture a file exifr finds its way in; undefined for others, of which EXIF alone is read
 * @param exif as the decoder found it, from its first byte on
 */
export async function readSuggestions(picture: Uint8Array | undefined, exif: Buffer | undefined): Promise<Suggested> {
  const read = picture ?? exif;
  const fields = { ...(read && (await readFields(read))), ...(exif && linesOf(exif)) };
  const pick = (...names: string[]) =>
    names.map((name) => fieldText(fields[name])).find((value) => value !== "" && !cameraWords.test(value)) ?? "";
  return {
    caption: pick("Caption", "description", "ImageDescription", "XPTitle").slice(0, 1000),
    credit: pick("Credit", "Byline", "creator", "Artist", "XPAuthor", "CopyrightNotice", "rights", "Copyright").slice(
      0,
      300,
    ),
    hasPlace: fields.GPSLatitude !== undefined || fields.latitude !== undefined,
  };
}

/** Metadata may be broken where the picture is not: then it suggests nothing. */
async function readFields(bytes: Uint8Array): Promise<Record<string, unknown>> {
  const wanted = {
    tiff: true,
    ifd0: {},
    exif: false,
    gps: true,
    iptc: true,
    xmp: true,
    icc: false,
    mergeOutput: true,
  } as const;
  try {
    return ((await exifr.parse(bytes, wanted)) as Record<string, unknown> | undefined) ?? {};
  } catch {
    return {};
  }
}

function linesOf(exif: Buffer): Readonly<Record<string, string>> {
  try {
    return exifLines(exif);
  } catch {
    return {};
  }
}

/** A string, a list of them, or XMP's { lang, value }. */
function fieldText(field: unknown): string {
  if (typeof field === "string") return tidyLine(asUtf8(field));
  if (Array.isArray(field)) return field.map(fieldText).filter(Boolean).join(", ");
  return typeof field === "object" && field !== null && "value" in field ? fieldText(field.value) : "";
}

/** IPTC and EXIF hand over bytes: where they are UTF-8, they are read as such ("GÃ¼l" is "Gül"). */
function asUtf8(text: string): string {
  if (/[^\0-\xff]/.test(text)) return text;
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.from(text, "latin1"));
  } catch {
    return text;
  }
}
