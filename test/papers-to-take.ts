/** Files an editor exports, no larger than it takes to be one. */

/** A page without a word; `remark` makes it another file. */
export const aPdf = (remark = ""): Uint8Array =>
  Buffer.from(
    [
      "%PDF-1.4",
      `% ${remark}`,
      "1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj",
      "2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj",
      "3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>> endobj",
      "trailer <</Root 1 0 R>>",
      "%%EOF\n",
    ].join("\n"),
  );

/** The first entry of an EPUB: a ZIP header and, uncompressed, what it is. */
export function anEpub(): Uint8Array {
  const name = Buffer.from("mimetype");
  const content = Buffer.from("application/epub+zip");
  const header = Buffer.alloc(30);
  header.write("PK\u0003\u0004", "latin1");
  header.writeUInt32LE(content.length, 18);
  header.writeUInt32LE(content.length, 22);
  header.writeUInt16LE(name.length, 26);
  return Buffer.concat([header, name, content, Buffer.from("PK\u0001\u0002", "latin1")]);
}
