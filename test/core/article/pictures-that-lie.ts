import { crc32, deflateSync } from "node:zlib";

/** Picture files no program should ever have written, or not like this. */

const sized = (bytes: number, value: number): Buffer => {
  const buffer = Buffer.alloc(bytes);
  buffer.writeUIntBE(value, 0, bytes);
  return buffer;
};

/** One field of IPTC-IIM, in UTF-8. */
const field = (record: number, number: number, value: Buffer): Buffer =>
  Buffer.concat([Buffer.from([0x1c, record, number]), sized(2, value.length), value]);

/** A JPEG with caption and credit as picture agencies write them (IPTC in a Photoshop segment). */
export function withIptc(jpeg: Buffer, { credit, caption }: { credit: string; caption: string }): Buffer {
  const utf8 = field(1, 90, Buffer.from("\u001b%G"));
  const fields = Buffer.concat([utf8, field(2, 110, Buffer.from(credit)), field(2, 120, Buffer.from(caption))]);
  const even = fields.length % 2 ? Buffer.concat([fields, Buffer.alloc(1)]) : fields;
  const resource = Buffer.concat([Buffer.from("8BIM\u0004\u0004\0\0", "latin1"), sized(4, fields.length), even]);
  const content = Buffer.concat([Buffer.from("Photoshop 3.0\0", "latin1"), resource]);
  const segment = Buffer.concat([Buffer.from([0xff, 0xed]), sized(2, content.length + 2), content]);
  return Buffer.concat([jpeg.subarray(0, 2), segment, jpeg.subarray(2)]);
}

const chunk = (type: string, data: Buffer): Buffer => {
  const named = Buffer.concat([Buffer.from(type), data]);
  return Buffer.concat([sized(4, data.length), named, sized(4, crc32(named))]);
};

/** A PNG with a text beside its pixels that unpacks to so many bytes. */
export function withText(png: Buffer, bytes: number): Buffer {
  const packed = deflateSync(Buffer.alloc(bytes, 0x61));
  const text = chunk("iTXt", Buffer.concat([Buffer.from("Comment\0\u0001\0\0\0", "latin1"), packed]));
  const header = 8 + 25;
  return Buffer.concat([png.subarray(0, header), text, png.subarray(header)]);
}

/** A boxed picture (HEIC) that claims another size of every part. */
export function claiming(heic: Buffer, width: number, height: number): Buffer {
  const lying = Buffer.from(heic);
  for (let at = lying.indexOf("ispe"); at >= 0; at = lying.indexOf("ispe", at + 4)) {
    lying.writeUInt32BE(width, at + 8);
    lying.writeUInt32BE(height, at + 12);
  }
  return lying;
}

const segment = (marker: number, content: Buffer): Buffer =>
  Buffer.concat([Buffer.from([0xff, marker]), sized(2, content.length + 2), content]);
const after = (jpeg: Buffer, ...segments: Buffer[]): Buffer =>
  Buffer.concat([jpeg.subarray(0, 2), ...segments, jpeg.subarray(2)]);

/** A JPEG with XMP, as programs for photographers write it. @param fields XML inside the description */
export function withXmp(jpeg: Buffer, fields: string): Buffer {
  const spaces = `xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" xmlns:exif="http://ns.adobe.com/exif/1.0/"`;
  const packet = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" ${spaces}>${fields}</rdf:Description></rdf:RDF></x:xmpmeta>`;
  return after(jpeg, segment(0xe1, Buffer.from(`http://ns.adobe.com/xap/1.0/\0${packet}`)));
}

/** EXIF with lines of text, in the bytes given; sharp's own would lose every umlaut. @param lines by tag */
export function exifOf(lines: Readonly<Record<number, Buffer>>): Buffer {
  const entries = Object.entries(lines);
  const begin = 8 + 2 + entries.length * 12 + 4;
  let place = begin;
  const rows = entries.map(([tag, line]) => {
    const row = Buffer.concat([sized(2, Number(tag)), sized(2, 2), sized(4, line.length + 1), sized(4, place)]);
    place += line.length + 1;
    return row;
  });
  const texts = entries.map(([, line]) => Buffer.concat([line, Buffer.alloc(1)]));
  return Buffer.concat([
    Buffer.from("MM\0*\0\0\0\x08", "latin1"),
    sized(2, entries.length),
    ...rows,
    sized(4, 0),
    ...texts,
  ]);
}

export const withExif = (jpeg: Buffer, exif: Buffer): Buffer =>
  after(jpeg, segment(0xe1, Buffer.concat([Buffer.from("Exif\0\0", "latin1"), exif])));
