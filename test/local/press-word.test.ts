import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { PressReport } from "../../local/press.ts";
import { paragraph, type Shown, shown, wordFile } from "../core/article/word-files.ts";
import { kurier, layOut } from "./paper-desk.ts";

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "kurier-press-word-"));
});
afterEach(() => rm(home, { recursive: true, force: true }));

const photo = (width: number) =>
  sharp({ create: { width, height: Math.round(width * 0.6), channels: 3, background: "#347" } })
    .jpeg()
    .toBuffer();
const [small, large] = await Promise.all([photo(500), photo(1500)]);

const long = "Der neue Steg am See ist fertig und wird am Sonntag mit einem kleinen Fest für alle eingeweiht.";
const article = (title: string, text = long, picture?: Shown): Uint8Array =>
  wordFile({
    body:
      paragraph(title, "Titel") +
      paragraph(text) +
      (picture ? paragraph(shown("image1.jpeg", picture)) + paragraph("Der Steg im Mai. Foto: Jana Krahl") : ""),
    media: picture ? { "image1.jpeg": small } : {},
  });

/** Presses these papers; answers the report, and the words of the letter. */
async function pressed(files: Readonly<Record<string, string | Uint8Array>>) {
  const [desk, out] = [join(home, "heft"), join(home, "out")];
  await layOut(desk, files);
  const { code, err } = await kurier("press", desk, "--out", out, "--lang", "de");
  const report: PressReport = JSON.parse(await readFile(join(out, "report.json"), "utf8"));
  const letter = code === 0 ? await readFile(join(out, "editions", "email.txt"), "utf8") : "";
  return { code, err, ...report, letter };
}
const said = (all: PressReport["notes"], code: string): string[] =>
  all.filter((one) => one.code === code).map(({ sentence }) => sentence);

describe("a folder of Word files", () => {
  it("is an issue, with nothing else in it but photos: a proof printing", async () => {
    const { code, err, letter, notes, refusals } = await pressed({
      "Bericht (neu).docx": article("Ein neuer Steg", long, { alt: "Ein Steg am See", name: "IMG_0815.jpg" }),
      "Freibad.docx": article("Das Freibad öffnet", `${long} Wie es aussieht, zeigt freibad.jpg.`),
      "IMG_0815.JPG": large,
      "freibad.jpg": small,
      "strand.jpg": small,
      "~$richt (neu).docx": "lock",
    });
    expect([code, err, refusals]).toEqual([0, "", []]);
    expect(letter).toContain("Ein neuer Steg");
    expect(letter).toContain("Das Freibad öffnet");
    expect(notes.map(({ code: note }) => note)).toEqual(expect.arrayContaining(["proof-printing", "picture-replaced"]));
    // By name alone nobody knows whose this is.
    expect(said(notes, "photo-unclaimed")).toEqual([
      "Das Bild strand.jpg nennt keiner der Texte daneben; es erscheint deshalb nirgends. Bitte legen Sie es mit seinem Text in einen eigenen Ordner.",
    ]);
  });

  it("may have a folder for each article: what lies in it belongs to it", async () => {
    const inside = { alt: "Ein Steg am See", name: "steg.jpg" };
    const { code, notes, letter } = await pressed({
      "Steg/Text.docx": article("Ein neuer Steg", long, inside),
      "Steg/Steg.jpeg": large,
      "Freibad/Text.docx": article("Das Freibad öffnet"),
      "Rechnungen/2025.csv": "1;2",
    });
    expect(code).toBe(0);
    expect(said(notes, "picture-replaced")).toEqual([
      "Statt des Bildes steg.jpg in der Word-Datei wird die Datei Steg.jpeg gedruckt, die daneben liegt: Sie zeigt mehr Bildpunkte (1500 × 900 statt 500 × 300).",
    ]);
    expect(letter.indexOf("Das Freibad")).toBeLessThan(letter.indexOf("Ein neuer Steg"));
  });

  it("may lie in articles/, side by side or in folders, as texts do", async () => {
    const { code, letter } = await pressed({
      "articles/steg.docx": article("Ein neuer Steg"),
      "articles/freibad/freibad.docx": article("Das Freibad öffnet"),
      "articles/markt.md": "# Der Markt\n\nJeden Samstag.\n",
    });
    expect(code).toBe(0);
    for (const title of ["Ein neuer Steg", "Das Freibad öffnet", "Der Markt"]) expect(letter).toContain(title);
  });

  it("is refused with a sentence where one of them cannot be read, and the photos beside it are not lost on the others", async () => {
    const { code, refusals } = await pressed({
      "steg.docx": article("Ein neuer Steg"),
      "kaputt.docx": "PK\u0003\u0004 nichts",
      "bild.jpg": small,
    });
    expect(code).toBe(2);
    expect(refusals.map(({ about }) => about)).toEqual(["kaputt"]);
    expect(refusals[0]?.sentence).toMatch(/^Die Word-Datei kaputt\.docx ist beschädigt|^kaputt\.docx/);
  });
});

it("takes a Word file by itself, on the command line", async () => {
  await layOut(home, {
    "Ein Steg.docx": article("Ein neuer Steg"),
    "publication.yaml":
      "titel: Seeblatt\nherausgeber: { name: Verein, anschrift: See 1, email: a@b.example }\nabsender: a@b.example\n",
  });
  const data = join(home, "data");
  await kurier("publications", "found", join(home, "publication.yaml"), "--data", data);
  const { code, out, err } = await kurier(
    "articles",
    "submit",
    join(home, "Ein Steg.docx"),
    "--data",
    data,
    "--lang",
    "de",
  );
  expect([code, err]).toEqual([0, ""]);
  expect(out).toMatch(/^Ein Steg ist in der Bibliothek/);
});
