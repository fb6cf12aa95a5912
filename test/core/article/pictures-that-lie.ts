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
