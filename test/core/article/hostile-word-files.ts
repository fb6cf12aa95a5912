import { once } from "node:events";
import { createDeflateRaw, deflateRawSync } from "node:zlib";
import { strToU8, zipSync } from "fflate";
import { contentTypes, paragraph, partsOf, wordFile } from "./word-files.ts";
import { type ByHand, zipByHand } from "./zip-by-hand.ts";

/** What somebody who means harm, or a torn connection, could hand in as a Word document. All of it is made here. */
export interface Hostile {
  readonly what: string;
  readonly bytes: Uint8Array;
  /** The code of the refusal that must come. */
  readonly refused: string;
}

const honest = { body: paragraph("Ein ganz gewöhnlicher Satz steht in diesem Dokument.") };
const prolog = '<?xml version="1.0"?>';
const open = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>';
const close = "</w:body></w:document>";

export async function hostileWordFiles(): Promise<Hostile[]> {
  const zeros = await deflatedZeros(400);
  return [
    ...bombs(zeros),
    ...wickedXml(),
    ...otherFiles(),
    {
      what: "400 MB of media, as declared",
      bytes: zipByHand([...parts(), media(zeros, 400)]),
      refused: "word-too-large",
    },
    {
      what: "400 MB of media declared as 100 MB in four",
      bytes: zipByHand([
        ...parts(),
        ...[1, 2, 3, 4].map((number) => ({ ...media(zeros, 100), path: `word/media/${number}.jpg` })),
      ]),
      refused: "word-too-large",
    },
  ];
}

/** Deflated a megabyte at a time, so that making it costs no memory either. */
async function deflatedZeros(megabytes: number): Promise<Uint8Array> {
  const deflate = createDeflateRaw({ level: 9 });
  const chunks: Buffer[] = [];
  deflate.on("data", (chunk: Buffer) => chunks.push(chunk));
  const zeros = Buffer.alloc(1_000_000);
  for (let megabyte = 0; megabyte < megabytes; megabyte += 1) if (!deflate.write(zeros)) await once(deflate, "drain");
  deflate.end();
  await once(deflate, "end");
  return Buffer.concat(chunks);
}

/** An honest document's parts as entries. */
const parts = (xml?: string): ByHand[] =>
  Object.entries({ ...partsOf(honest), ...(xml !== undefined && { "word/document.xml": strToU8(xml) }) }).map(
    ([path, bytes]) => ({
      ...{ path, stored: deflateRawSync(bytes), declared: bytes.length },
    }),
  );
const without = (path: string): ByHand[] => parts().filter((entry) => entry.path !== path);
const main = "word/document.xml";
const media = (zeros: Uint8Array, megabytes: number): ByHand => ({
  ...{ path: "word/media/1.jpg", stored: zeros, declared: megabytes * 1_000_000 },
});

function bombs(zeros: Uint8Array): Hostile[] {
  const small = deflateRawSync(Buffer.alloc(50_000, " "));
  const pile = Array.from({ length: 1990 }, (_, number) => ({
    ...{ path: `word/${number}.xml`, stored: small, declared: 50_000 },
  }));
  return [
    {
      what: "one part that swells to 400 MB",
      bytes: zipByHand([...without(main), { path: main, stored: zeros, declared: 400_000_000 }]),
      refused: "word-too-large",
    },
    {
      what: "one part that swells to 100 MB",
      bytes: zipByHand([...without(main), { path: main, stored: zeros, declared: 100_000_000 }]),
      refused: "word-packed",
    },
    { what: "parts by the thousand, each small", bytes: zipByHand([...parts(), ...pile]), refused: "word-packed" },
    {
      what: "three thousand empty parts",
      bytes: zipByHand([
        ...parts(),
        ...Array.from({ length: 3000 }, (_, number) => ({
          path: `${number}`,
          stored: new Uint8Array(),
          method: 0 as const,
        })),
      ]),
      refused: "word-packed",
    },
    {
      what: "a part that says it is small and swells to 400 MB",
      bytes: zipByHand([...without(main), { path: main, stored: zeros, declared: 5000 }]),
      refused: "word-packed",
    },
    {
      // Each of them honest, and read alone no danger.
      what: "parts that lie on top of each other",
      bytes: zipByHand([
        ...parts(),
        ...parts()
          .filter(({ path }) => path === main)
          .flatMap((part) => [1, 2, 3].map((number) => ({ ...part, path: `word/${number}.xml`, over: main }))),
      ]),
      refused: "word-packed",
    },
    {
      what: "two parts of one name",
      bytes: zipByHand([...parts(), ...parts().filter(({ path }) => path === main)]),
      refused: "word-broken",
    },
    {
      what: "a part outside the folder",
      bytes: zipByHand([...parts(), { path: "../../etc/passwd", stored: new Uint8Array(), method: 0 }]),
      refused: "word-broken",
    },
  ];
}

function wickedXml(): Hostile[] {
  const laughs = Array.from({ length: 9 }, (_, level) => {
    const before = level === 0 ? "ha" : `&lol${level - 1};`;
    return `<!ENTITY lol${level} "${before.repeat(10)}">`;
  }).join("");
  const document = (xml: string): Uint8Array => zipByHand(parts(prolog + xml));
  // Not deflated: it would shrink so well that its size alone gave it away.
  const storedDocument = (xml: string): Uint8Array =>
    zipByHand([...without(main), { path: main, stored: strToU8(prolog + xml), method: 0 }]);
  const nested = "<w:tbl><w:tr><w:tc>".repeat(20_000) + "</w:tc></w:tr></w:tbl>".repeat(20_000);
  const sixty = "<w:tbl><w:tr><w:tc><w:p/>".repeat(60) + "<w:p/></w:tc></w:tr></w:tbl>".repeat(60);
  const utf16 = Buffer.from(`\ufeff${prolog}<!DOCTYPE w:document [${laughs}]>${open}${close}`, "utf16le");
  return [
    {
      what: "a billion laughs",
      bytes: document(`<!DOCTYPE w:document [${laughs}]>${open}<w:p><w:r><w:t>&lol8;</w:t></w:r></w:p>${close}`),
      refused: "word-entities",
    },
    {
      what: "a billion laughs in UTF-16",
      bytes: zipByHand([...without(main), { path: main, stored: deflateRawSync(utf16), declared: utf16.length }]),
      refused: "word-entities",
    },
    {
      what: "an entity that reads a file",
      bytes: document(
        `<!DOCTYPE w:document [<!ENTITY file SYSTEM "file:///etc/passwd">]>${open}<w:p><w:r><w:t>&file;</w:t></w:r></w:p>${close}`,
      ),
      refused: "word-entities",
    },
    {
      what: "an entity among the styles",
      bytes: zipSync({
        ...partsOf(honest),
        "word/styles.xml": strToU8('<!DOCTYPE x SYSTEM "http://x.example/x.dtd"><w:styles/>'),
      }),
      refused: "word-entities",
    },
    {
      what: "20,000 tables inside each other",
      bytes: storedDocument(open + nested + close),
      refused: "word-too-nested",
    },
    { what: "60 tables inside each other", bytes: document(open + sixty + close), refused: "word-too-nested" },
    { what: "a million paragraphs", bytes: document(open + scattered(1_000_000) + close), refused: "word-too-long" },
    {
      what: "one paragraph of five million letters",
      bytes: storedDocument(`${open}<w:p><w:r><w:t>${"Foto: ".repeat(800_000)}</w:t></w:r></w:p>${close}`),
      refused: "word-too-long",
    },
    { what: "a document without a body", bytes: document("<w:document/>"), refused: "word-broken" },
    { what: "a document that is no XML", bytes: document("Guten Tag"), refused: "word-broken" },
    {
      what: "numbers that lead nowhere",
      bytes: wordFile({ ...honest, numbering: '<w:num w:numId="1"/>' }),
      refused: "word-broken",
    },
  ];
}

/** Paragraphs that do not shrink to nothing. */
const scattered = (count: number): string =>
  Array.from(
    { length: count },
    (_, index) => `<w:p w:rsidR="${((index * 2_654_435_761) % 2 ** 32).toString(36)}"/>`,
  ).join("");

function otherFiles(): Hostile[] {
  const whole = wordFile(honest);
  const zip = (files: Record<string, string>): Uint8Array =>
    zipSync(Object.fromEntries(Object.entries(files).map(([path, text]) => [path, strToU8(text)])));
  const type = (main: string) => contentTypes(`application/vnd.openxmlformats-officedocument.${main}.main+xml`);
  return [
    { what: "nothing", bytes: new Uint8Array(), refused: "empty-file" },
    { what: "half a document", bytes: whole.subarray(0, whole.length >> 1), refused: "word-broken" },
    { what: "a document without its last bytes", bytes: whole.subarray(0, whole.length - 10), refused: "word-broken" },
    {
      what: "an encrypted zip",
      bytes: zipByHand(parts().map((part) => ({ ...part, flags: 1 }))),
      refused: "word-encrypted",
    },
    { what: "a document with a password", bytes: compound("EncryptedPackage"), refused: "word-encrypted" },
    { what: "an old .doc", bytes: compound("WordDocument"), refused: "word-old" },
    {
      what: "a document with macros",
      bytes: zipSync({ ...partsOf(honest), "word/vbaProject.bin": strToU8("Sub AutoOpen()") }),
      refused: "word-macros",
    },
    {
      what: "a document that says it has macros",
      bytes: zipSync({
        ...partsOf(honest),
        "[Content_Types].xml": strToU8(contentTypes("application/vnd.ms-word.document.macroEnabled.main+xml")),
      }),
      refused: "word-macros",
    },
    {
      what: "an OpenDocument text",
      bytes: zip({
        mimetype: "application/vnd.oasis.opendocument.text",
        "content.xml": "<x/>",
        "META-INF/manifest.xml": "<x/>",
      }),
      refused: "word-other",
    },
    {
      what: "a spreadsheet",
      bytes: zip({ "[Content_Types].xml": type("spreadsheetml.sheet"), "xl/workbook.xml": "<x/>" }),
      refused: "word-other",
    },
    {
      what: "a presentation",
      bytes: zip({ "[Content_Types].xml": type("presentationml.presentation"), "ppt/presentation.xml": "<x/>" }),
      refused: "word-other",
    },
    { what: "a Pages document", bytes: zip({ "Index/Document.iwa": "x" }), refused: "word-other" },
    { what: "an archive of anything", bytes: zip({ "brief.txt": "Guten Tag" }), refused: "word-archive" },
    { what: "a PDF", bytes: strToU8("%PDF-1.7\n%âãÏÓ"), refused: "word-other" },
    { what: "an RTF", bytes: strToU8("{\\rtf1\\ansi Guten Tag}"), refused: "word-other" },
    { what: "a saved page", bytes: strToU8("<!DOCTYPE html><html><body>Guten Tag"), refused: "word-other" },
    { what: "a text", bytes: strToU8("Guten Tag"), refused: "word-archive" },
  ];
}

/** The container of old Office files, with one stream of that name. */
const compound = (stream: string): Uint8Array =>
  Buffer.concat([
    Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
    Buffer.alloc(1500),
    Buffer.from(stream, "utf16le"),
    Buffer.alloc(500),
  ]);
