/** Lines of text in EXIF, one letter a byte: exifr takes them for UTF-8, and loses the umlauts of older programs. */

const textTags: Readonly<Record<number, string>> = { 270: "ImageDescription", 315: "Artist", 33432: "Copyright" };
const isText = 2;

/** @throws RangeError where EXIF is cut off */
export function exifLines(exif: Buffer): Readonly<Record<string, string>> {
  const isLittle = exif[0] === 0x49;
  const two = (at: number): number => (isLittle ? exif.readUInt16LE(at) : exif.readUInt16BE(at));
  const four = (at: number): number => (isLittle ? exif.readUInt32LE(at) : exif.readUInt32BE(at));
  const directory = four(4);
  const entries = Array.from({ length: two(directory) }, (_, index) => directory + 2 + index * 12);
  return Object.fromEntries(
    entries.flatMap((at) => {
      const [name, length] = [textTags[two(at)], four(at + 4)];
      if (name === undefined || two(at + 2) !== isText) return [];
      const start = length > 4 ? four(at + 8) : at + 8;
      return [[name, exif.toString("latin1", start, start + length).replace(/\0.*$/s, "")]];
    }),
  );
}
