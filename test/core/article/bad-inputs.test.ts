import { crc32, deflateSync } from "node:zlib";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import type { Outcome } from "../../../core/article/ingest.ts";
import { plainBlocks } from "../../../core/article/plain.ts";
import { type Files, outcomeOf, sentences } from "./submitted.ts";

const text = "---\ntitel: Das Freibad öffnet\nautor: Jana Krahl, Bademeisterin\n---\n\nAm 1. Mai öffnet das Freibad.\n";
const withBody = (body: string) => `---\ntitel: Das Freibad öffnet\n---\n\n${body}\n`;
const withHead = (head: string) => `---\n${head}\n---\n\nAm 1. Mai öffnet das Freibad.\n`;
const photo = await sharp({ create: { width: 90, height: 60, channels: 3, background: "#347" } })
  .jpeg()
  .toBuffer();
const png = await sharp({ create: { width: 90, height: 60, channels: 3, background: "#347" } })
  .png()
  .toBuffer();

/** A PNG of a few bytes whose header claims 30,000 × 30,000 pixels. */
function hugePng(): Buffer {
  const header = Buffer.from([0, 0, 0x75, 0x30, 0, 0, 0x75, 0x30, 8, 0, 0, 0, 0]);
  const chunk = (type: string, data: Buffer) => {
    const named = Buffer.concat([Buffer.from(type), data]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc32(named));
    return Buffer.concat([length, named, sum]);
  };
  const pixels = deflateSync(Buffer.alloc(30_001));
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk("IHDR", header), chunk("IDAT", pixels), chunk("IEND", Buffer.alloc(0))]);
}

describe("what is refused, and what the author reads", () => {
  it.each<[string, Files, RegExp, RegExp]>([
    ["an empty file", { "text.md": "" }, /text\.md ist leer/, /text\.md is empty/],
    ["spaces alone", { "text.txt": " \n\n" }, /text\.txt ist leer/, /text\.txt is empty/],
    ["a text of 20 MB", { "text.txt": "Wort ".repeat(4_000_000) }, /mit 20 MB zu groß/, /too large at 20 MB/],
    ["a PDF called text", { "text.txt": "%PDF-1.7\nxyz" }, /heißt wie ein Text/, /named like a text/],
    [
      "a second colon",
      { "text.md": withHead("titel: Bauen: neu denken") },
      /Zeile 2 .*titel: Bauen: neu denken.*Anführungszeichen/,
      /Line 2 .*quotation marks/,
    ],
    ["a tab", { "text.md": withHead("titel: Gut\nautoren:\n\t- Jana Krahl") }, /Zeile 4 .*Tabulator/, /Line 4 .*tab/],
    [
      "an entry twice",
      { "text.md": withHead("titel: Gut\ntitel: Besser") },
      /Zeile 3 .*wiederholt/,
      /Line 3 .*repeats/,
    ],
    ["broken YAML", { "text.md": withHead('titel: "Gut') }, /lässt sich nicht lesen/, /cannot be read/],
    [
      "no end of the head",
      { "text.md": "---\ntitel: Gut\n\nAm 1. Mai." },
      /zweite Zeile mit „---“/,
      /second line “---”/,
    ],
    ["a YAML bomb", { "text.md": withHead("a: &a [x,x]\nb: &b [*a,*a]\ntitel: [*b,*b]") }, /Anker/, /anchors/],
    [
      "a head of 30,000 signs",
      { "text.md": withHead(`titel: ${"x".repeat(30_000)}`) },
      /länger als 20\.000/,
      /longer than 20,000/,
    ],
    ["program text for a head", { "text.md": "---js\n{ titel: process.exit() }\n---\nText" }, /„---js“/, /“---js”/],
    [
      "a picture of 900 megapixels",
      { "text.md": text, "a.png": hugePng() },
      /a\.png hat 900 Megapixel/,
      /900 megapixels/,
    ],
    [
      "a truncated JPEG",
      { "text.md": text, "a.jpg": photo.subarray(0, photo.length - 200) },
      /a\.jpg ist beschädigt/,
      /damaged/,
    ],
    ["SVG", { "text.md": text, "a.svg": "<svg onload='alert(1)'/>" }, /SVG-Zeichnung/, /SVG drawing/],
    ["SVG called JPEG", { "text.md": text, "a.jpg": "<?xml version='1.0'?><svg/>" }, /SVG-Zeichnung/, /SVG drawing/],
    [
      "a page called picture",
      { "text.md": text, "a.png": "<!doctype html>" },
      /heißt wie ein Bild, ist aber keines/,
      /named like a picture/,
    ],
    ["a GIF of one line", { "text.md": text, "a.gif": "GIF89a…" }, /a\.gif ist beschädigt/, /damaged/],
    ["BMP", { "text.md": text, "a.bmp": "BM1234\0\0\0\0" }, /Format BMP/, /format BMP/],
    ["TIFF", { "text.md": text, "a.tif": "MM\0*…" }, /Format TIFF/, /format TIFF/],
    ["HEIC", { "text.md": text, "IMG_1.HEIC": "\0\0\0\x18ftypheic" }, /IMG_1\.HEIC ist beschädigt/, /damaged/],
    ["AVIF", { "text.md": text, "a.avif": "\0\0\0\x18ftypavif" }, /a\.avif ist beschädigt/, /damaged/],
    [
      "a picture of no bytes",
      { "text.md": text, "a.jpg": "" },
      /a\.jpg heißt wie ein Bild, ist aber keines/,
      /a\.jpg is named like a picture/,
    ],
    [
      "two files whose names look alike",
      { "text.md": text, "Bürger.jpg": photo, [`Bürger.jpg`.normalize("NFD")]: png },
      /Zwei verschiedene Dateien heißen Bürger\.jpg/,
      /Two different files are called Bürger\.jpg/,
    ],
    [
      "a hundred files more than anyone prints",
      { "text.md": text, ...Object.fromEntries(Array.from({ length: 200 }, (_, n) => [`${n}.jpg`, photo])) },
      /201 Dateien, höchstens 100/,
      /201 files; 100/,
    ],
    ["Word with macros", { "beitrag.docm": "PK" }, /beitrag\.docm ist eine Word-Vorlage/, /docm is a Word template/],
    ["a Word template", { "beitrag.dotx": "PK" }, /„Word-Dokument \(\.docx\)“/, /“Word document \(\.docx\)”/],
    ["old Word", { "beitrag.doc": "x" }, /Aus beitrag\.doc .*„Speichern unter“/, /from beitrag\.doc: .*“Save as”/],
    ["OpenDocument", { "beitrag.odt": "x" }, /Aus beitrag\.odt/, /from beitrag\.odt/],
    ["RTF", { "beitrag.RTF": "x" }, /Aus beitrag\.RTF/, /from beitrag\.RTF/],
    ["Pages", { "beitrag.pages": "PK" }, /„Exportieren“ → „Word …“/, /“Export To” → “Word…”/],
    ["PDF", { "beitrag.pdf": "%PDF-" }, /Ein PDF wie beitrag\.pdf/, /A PDF such as beitrag\.pdf/],
    ["a page of the web", { "beitrag.html": "<p>" }, /Aus beitrag\.html/, /from beitrag\.html/],
    [
      "a Google document",
      { "beitrag.gdoc": "{}" },
      /„Herunterladen“ → „Microsoft Word/,
      /“Download” → “Microsoft Word/,
    ],
    [
      "a link to a Google document",
      { "text.txt": " https://docs.google.com/document/d/1aB/edit?usp=sharing\n" },
      /text\.txt enthält nur den Verweis auf ein Google-Dokument/,
      /text\.txt only holds the link to a Google document/,
    ],
    ["a video", { "film.mp4": "x" }, /film\.mp4 kann Kurier nichts anfangen/, /nothing with the file film\.mp4/],
    [
      "a way out of the folder",
      { "text.md": text, "../../böse.jpg": photo },
      /„\.\.\/\.\.\/böse\.jpg“ ist nicht möglich/,
      /not possible/,
    ],
    ["two texts", { "a.md": text, "b.txt": "Zwei" }, /mehrere Texte: a\.md, b\.txt/, /several texts/],
    ["a head alone", { "text.md": "---\ntitel: Gut\n---\n" }, /kein Text/, /no text/],
    [
      "a title of 600 signs",
      { "text.md": withHead(`titel: ${"x".repeat(600)}`) },
      /„title“ ist zu lang/,
      /“title” is too long/,
    ],
    [
      "quotations a hundred deep",
      { "text.md": withBody(`${"> ".repeat(100)}tief`) },
      /mehr als zwanzigfach/,
      /more than twenty/,
    ],
  ])("%s", async (_, files, german, english) => {
    const outcome = await outcomeOf(files);
    expect(outcome.state).toBe("refused");
    expect(sentences(outcome).de).toMatch(german);
    expect(sentences(outcome).en).toMatch(english);
  });

  it("says everything at once", async () => {
    const outcome = await outcomeOf({
      "text.md": withHead("titel: Bauen: neu"),
      "a.svg": "<svg/>",
      "b.jpg": photo.subarray(0, 99),
    });
    expect(outcome.state === "refused" && outcome.refusals.map(({ code }) => code)).toEqual([
      "front-matter-colon",
      "picture-svg",
      "picture-broken",
    ]);
  });
});

const bodyOf = (outcome: Outcome): string =>
  outcome.state === "ingested" ? plainBlocks(outcome.text.blocks).join("\n") : "";

describe("what is mended, and what the author reads", () => {
  it.each<[string, Files, string, RegExp, RegExp]>([
    [
      "Latin-1",
      { "t.md": Buffer.from(withBody("Größe und „Maß“").replace(/[„“]/g, '"'), "latin1") },
      "Größe und „Maß“",
      /Latin-1/,
      /Latin-1/,
    ],
    ["UTF-16", { "t.md": Buffer.from(`\ufeff${withBody("Größe")}`, "utf16le") }, "Größe", /UTF-16/, /UTF-16/],
    ["UTF-16 without a mark", { "t.md": Buffer.from(withBody("Größe"), "utf16le") }, "Größe", /UTF-16/, /UTF-16/],
    [
      "a javascript: link",
      { "t.md": withBody("[Hier](javascript:alert(1)) lesen") },
      "Hier lesen",
      /„Hier“ führte auf eine Adresse/,
      /could harm readers/,
    ],
    [
      "a link without a target",
      { "t.md": withBody("[Hier](#) lesen") },
      "Hier lesen",
      /„Hier“ hat kein Ziel/,
      /has no target/,
    ],
    [
      "raw HTML",
      { "t.md": withBody("<div onclick='x()'>Das <b>bleibt</b></div>") },
      "Das bleibt",
      /Auszeichnung <div/,
      /tag <div/,
    ],
    [
      "a script",
      { "t.md": withBody("Vor <script>alert(1)</script> nach") },
      "Vor alert(1) nach",
      /<script> wurde entfernt/,
      /<script> was removed/,
    ],
    ["MJML", { "t.md": withBody("<mj-text>Das bleibt</mj-text>") }, "Das bleibt", /<mj-text>/, /<mj-text>/],
    [
      "control signs and forged slots",
      { "t.md": withBody("Das\u0007 bleibt\ufdd0leaveUrl\ufdd1") },
      "Das bleibtleaveUrl",
      /3 unsichtbare Steuerzeichen/,
      /3 invisible/,
    ],
    [
      "bidi overrides",
      { "t.md": withBody("Das \u202ebleibt\u202c") },
      "Das bleibt",
      /Leserichtung/,
      /direction of reading/,
    ],
    [
      "an unknown key",
      { "t.md": withHead("titel: Gut\nuntertitle: Besser") },
      "Am 1. Mai öffnet das Freibad.",
      /„untertitle“ .*„untertitel“ gemeint/,
      /“untertitle” .*“untertitel”/,
    ],
    [
      "a key like no other",
      { "t.md": withHead("titel: Gut\nxyzxyzxyz: 1") },
      "Am 1. Mai öffnet das Freibad.",
      /„xyzxyzxyz“/,
      /“xyzxyzxyz”/,
    ],
    [
      "a PNG called JPEG",
      { "t.md": withBody("Text"), "a.jpg": png },
      "Text",
      /in Wirklichkeit ein PNG-Bild/,
      /really a PNG picture/,
    ],
    [
      "a picture nobody names",
      { "t.md": withBody("Text"), "a.jpg": photo },
      "Text",
      /Das Bild a\.jpg nennt der Text nirgends/,
      /does not name the picture a\.jpg/,
    ],
    ["no title", { "mein-text.md": "Nur Text." }, "Nur Text.", /Dateiname: „mein text“/, /“mein text”/],
    [
      "a PDF beside the text",
      { "t.md": withBody("Text"), "t.pdf": "%PDF-" },
      "Text",
      /t\.pdf liegt bei der Einreichung/,
      /t\.pdf lies with/,
    ],
    [
      "a folder in the folder",
      { "t.md": withBody("![Steg](bilder/Mein%20Steg.jpg)\n\nText"), "bilder/Mein Steg.jpg": photo },
      "\nText",
      /Unterordner/,
      /subfolder/,
    ],
    [
      "struck words",
      { "t.md": withBody("Das ~~alte~~ Bad") },
      "Das alte Bad",
      /„alte“ war durchgestrichen/,
      /struck through/,
    ],
    [
      "an unknown element",
      { "t.md": withBody(":::kasten\nText\n:::") },
      "Text",
      /Baustein „kasten“/,
      /element “kasten”/,
    ],
    [
      "a heading out of order",
      { "t.md": withBody("#### Tief\n\nText") },
      "Tief\nText",
      /Stufe 4 .* Stufe 2/,
      /level 4 .* level 2/,
    ],
  ])("%s", async (_, files, words, german, english) => {
    const outcome = await outcomeOf(files);
    expect(outcome.state, JSON.stringify(outcome)).toBe("ingested");
    expect(bodyOf(outcome).replaceAll("\u00a0", " ")).toBe(words);
    expect(sentences(outcome).de).toMatch(german);
    expect(sentences(outcome).en).toMatch(english);
  });

  it("takes braces, percent signs and colons for what they are", async () => {
    const outcome = await outcomeOf({
      "t.md": withBody("{{leaveUrl}} {{{x}}} <%= y %> Bürger:innen um 10:30 in <Musterstadt>"),
    });
    expect(bodyOf(outcome)).toBe("{{leaveUrl}} {{{x}}} <%= y %> Bürger:innen um 10:30 in <Musterstadt>");
    expect(outcome.notes).toEqual([]);
  });

  it("takes a picture named like its text", async () => {
    const outcome = await outcomeOf({ "steg.md": withBody("![Ein Steg](steg.jpg)\n\nText"), "steg.jpg": photo });
    expect(outcome.state === "ingested" && Object.keys(outcome.images)).toEqual(["steg.jpg"]);
  });

  it("finds a picture whose capitals differ, and says under which name", async () => {
    const outcome = await outcomeOf({ "t.md": withBody("![Steg](bild.jpg)"), "Bild.JPG": photo });
    expect(outcome.state === "ingested" && Object.keys(outcome.images)).toEqual(["Bild.JPG"]);
    expect(sentences(outcome).de).toMatch(/bild\.jpg.*Bild\.JPG/);
  });

  it("finds pictures by names with umlauts and spaces, however they are written", async () => {
    const name = "Bäder und Plätze.jpg";
    const outcome = await outcomeOf({
      "t.md": withBody(`![Steg](<${name.normalize("NFD")}>)`),
      [name.normalize("NFD")]: photo,
    });
    expect(outcome.state === "ingested" && Object.keys(outcome.images)).toEqual([name.normalize("NFC")]);
  });
});

/** No stopwatch: what grows with the square of its length is busy for minutes, far beyond any test's own limit. */
describe("texts made to keep a reader busy", () => {
  it.each(["[", "**a** ", "\"'", "' ", "Foto: ", " ", "a@", "www.", "|a", "(", "Wort\n", "z.", "- "])(
    "are read in a moment: %j",
    async (sign) => {
      const outcome = await outcomeOf({ "t.txt": `Titel\n\n${sign.repeat(30_000 / sign.length)}Ende` });
      expect(outcome.state).toMatch(/ingested|refused/);
    },
  );
});

describe("pictures that have not come", () => {
  it("waits for those the text names, and says which", async () => {
    const outcome = await outcomeOf({ "t.md": withBody('![Steg](steg.jpg)\n\n::bild[Turm]{datei="turm.png"}') });
    expect(outcome).toMatchObject({ state: "waiting", waitingFor: ["steg.jpg", "turm.png"] });
  });

  it("waits for the text", async () => {
    const outcome = await outcomeOf({ "steg.jpg": photo });
    expect(outcome).toMatchObject({ state: "waiting", waitingFor: [] });
    expect(sentences(outcome).de).toContain("noch keinen Text");
  });

  const pasted =
    "Ein Steg am See\n\nDer neue Steg am See ist fertig und wird am Sonntag mit einem kleinen Fest für alle eingeweiht.\n\nBlick auf den Steg\nFoto: Jana Krahl\n";

  it("does not wait for a picture only a caption speaks of", async () => {
    const outcome = await outcomeOf({ "t.txt": pasted });
    expect(outcome.state).toBe("ingested");
    expect(sentences(outcome).de).toContain(
      "Ein Bild wird noch erwartet: Blick auf den Steg. Bitte reichen Sie es unter dem Namen bild-1.jpg nach",
    );
  });

  it("says whose portrait it awaits", async () => {
    const outcome = await outcomeOf({
      "t.txt": pasted.replace("\n\n", "\n\nJana Krahl\nBürgermeisterin\nFoto: privat\n\n"),
    });
    expect(sentences(outcome).de).toContain(
      "Das Porträt von Jana Krahl wird noch erwartet. Bitte reichen Sie es unter dem Namen portrait.jpg nach",
    );
  });

  it.each(["bild-1.jpg", "IMG_4711.JPG"])("puts %s in the one place that awaits a picture", async (name) => {
    const outcome = await outcomeOf({ "t.txt": pasted, [name]: photo });
    const figures = outcome.state === "ingested" ? outcome.text.blocks.filter(({ type }) => type === "figure") : [];
    expect(figures).toMatchObject([{ picture: { name, credit: "Jana Krahl" } }]);
    expect(sentences(outcome).de).toContain(`Für ${name} fehlt eine Bildbeschreibung`);
  });

  it("leaves a picture without a place where two places wait", async () => {
    const two = `${pasted}\nNoch ein Absatz, der lang genug ist, um als Text zu gelten, und zwar ohne jeden Zweifel daran.\n\nBlick vom Steg\nFoto: privat\n`;
    const outcome = await outcomeOf({ "t.txt": two, "IMG.jpg": photo });
    expect(outcome.notes.map(({ code }) => code)).toEqual(
      expect.arrayContaining(["picture-unplaced", "picture-awaited"]),
    );
  });

  it("names an awaited picture without a second full stop", async () => {
    const outcome = await outcomeOf({ "t.txt": `${pasted}\nBild 2: Der Steg am Abend. Foto: privat\n` });
    expect(sentences(outcome).de).toContain("Ein Bild wird noch erwartet: Der Steg am Abend. Bitte");
  });

  it("knows adornment by the author's word alone", async () => {
    const outcome = await outcomeOf({
      "t.md":
        '---\ntitel: Gut\nschmuck: [a.jpg]\n---\n\n![](a.jpg)\n\n::bild{datei="b.jpg" schmuck nachweis=privat}\n\n![](c.jpg)\n',
      "a.jpg": photo,
      "b.jpg": photo,
      "c.jpg": photo,
    });
    const alts =
      outcome.state === "ingested"
        ? outcome.text.blocks.map((block) => block.type === "figure" && block.picture.alt)
        : [];
    expect(alts).toEqual(["", "", null]);
  });
});
