import type { MainModule } from "libheif-js/libheif-wasm/libheif.d.ts";

/**
 * HEIC as phones write it, unpacked by libheif through its C interface. Not through `heic-decode`: that takes the first
 * picture of a file where the primary one is meant, and drops the colour profile.
 *
 * @see https://github.com/strukturag/libheif/blob/master/libheif/api/libheif/heif.h
 */

export interface Unpacked {
  readonly width: number;
  readonly height: number;
  readonly channels: 3 | 4;
  /** Upright: turns and mirrorings stand in the file itself, and what EXIF says of them is a repetition. */
  readonly pixels: Buffer;
  /** ICC; undefined where the file brings none. */
  readonly profile: Buffer | undefined;
  /** From its first byte on; undefined where the file brings none. */
  readonly exif: Buffer | undefined;
}

interface Bounds {
  readonly maxPixels: number;
  /** Called before a pixel is decoded; throws what is to be thrown of a picture too large. */
  readonly demand: (size: { readonly width: number; readonly height: number }) => void;
}

/** @throws Error where libheif cannot read the file */
export async function unpackHeic(bytes: Uint8Array, { maxPixels, demand }: Bounds): Promise<Unpacked> {
  const heif = await freshMachine();
  const context = heif._heif_context_alloc();
  limit(heif, context, maxPixels);
  call(heif, (error) =>
    heif._heif_context_read_from_memory_without_copy(error, context, put(heif, bytes), bytes.length, 0),
  );
  const picture = pointer(heif, (out, error) => heif._heif_context_get_primary_image_handle(error, context, out));
  const width = heif._heif_image_handle_get_width(picture);
  const height = heif._heif_image_handle_get_height(picture);
  demand({ width, height });
  const channels = heif._heif_image_handle_has_alpha_channel(picture) ? 4 : 3;
  const layout = { 3: interleavedRgb, 4: interleavedRgba }[channels];
  const besides = { profile: profileOf(heif, picture), exif: exifOf(heif, picture) };
  const image = pointer(heif, (out, error) => heif._heif_decode_image(error, picture, out, rgb, layout, 0));
  return { width, height, channels, pixels: rows(heif, image, width * channels, height), ...besides };
}

/** Numbers of the C interface: `heif_colorspace_RGB`, `heif_chroma_interleaved_RGB` and `…_RGBA`, `heif_channel_interleaved`. */
const rgb = 1;
const interleavedRgb = 10;
const interleavedRgba = 11;
const interleaved = 10;

/** WebAssembly's memory never shrinks, and a crash leaves it in disorder: each picture has a machine of its own. */
async function freshMachine(): Promise<MainModule> {
  // Only a phone's picture needs its two megabytes.
  const { default: machine } = await import("libheif-js/libheif-wasm/libheif-bundle.mjs");
  return machine();
}

/** A file may claim little and bring much: libheif itself holds to the limit, in each of its parts. */
function limit(heif: MainModule, context: number, maxPixels: number): void {
  const limits = heif._heif_context_get_security_limits(context);
  // struct heif_security_limits: a version, then max_image_size_pixels in 64 bits.
  new DataView(heif.HEAPU8.buffer).setBigUint64(limits + 8, BigInt(maxPixels), true);
}

// ── C ──────────────────────────────────────────────────────────────────────────────────────────

/** Calls what returns a `heif_error`, a struct of code, subcode and message: its place is the first argument. */
function call(heif: MainModule, act: (error: number) => void): void {
  const error = heif._malloc(12);
  act(error);
  const [code = 0, subcode = 0] = heif.HEAP32.subarray(error / 4, error / 4 + 2) as Int32Array;
  if (code !== 0) throw new Error(`libheif: error ${code}.${subcode}`);
}

/** What a call writes to the place its last argument names. */
function pointer(heif: MainModule, act: (out: number, error: number) => void): number {
  const out = heif._malloc(4);
  call(heif, (error) => act(out, error));
  return heif.HEAPU32[out / 4];
}

function put(heif: MainModule, bytes: Uint8Array): number {
  const place = heif._malloc(bytes.length);
  heif.HEAPU8.set(bytes, place);
  return place;
}

/** The lines of a picture without what libheif leaves between them; in its own memory where it leaves nothing. */
function rows(heif: MainModule, image: number, lineBytes: number, height: number): Buffer {
  const out = heif._malloc(4);
  const start = heif._heif_image_get_plane_readonly(image, interleaved, out);
  const stride: number = heif.HEAP32[out / 4];
  const plane = Buffer.from(heif.HEAPU8.buffer, start, stride * height);
  if (stride === lineBytes) return plane;
  const pixels = Buffer.allocUnsafe(lineBytes * height);
  for (let line = 0; line < height; line += 1)
    plane.copy(pixels, line * lineBytes, line * stride, line * stride + lineBytes);
  return pixels;
}

function profileOf(heif: MainModule, picture: number): Buffer | undefined {
  const length = heif._heif_image_handle_get_raw_color_profile_size(picture);
  return filled(heif, length, (error, place) => heif._heif_image_handle_get_raw_color_profile(error, picture, place));
}

function exifOf(heif: MainModule, picture: number): Buffer | undefined {
  const [kind, ids] = [put(heif, Buffer.from("Exif\0")), heif._malloc(4)];
  if (heif._heif_image_handle_get_list_of_metadata_block_IDs(picture, kind, ids, 1) === 0) return undefined;
  const id = heif.HEAPU32[ids / 4];
  const length = heif._heif_image_handle_get_metadata_size(picture, id);
  const block = filled(heif, length, (error, place) => heif._heif_image_handle_get_metadata(error, picture, id, place));
  // Four bytes say how far behind them EXIF begins (ISO/IEC 23008-12, A.2.1).
  return block && block.length > 4 ? block.subarray(4 + block.readUInt32BE()) : undefined;
}

/** So many bytes, as a call writes them; undefined for none. */
function filled(heif: MainModule, length: number, write: (error: number, place: number) => void): Buffer | undefined {
  if (length === 0) return undefined;
  const place = heif._malloc(length);
  call(heif, (error) => write(error, place));
  return Buffer.from(heif.HEAPU8.slice(place, place + length));
}
