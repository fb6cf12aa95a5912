import sharp from "sharp";
import { describe, expect, it, vi } from "vitest";
import { noteSentence, refusalSentence } from "../../core/words.ts";
import { ingest } from "../../functions/ingest.ts";
import { readArticle } from "../../functions/records/articles.ts";
import { submissionFolder } from "../../functions/records/paths.ts";
import { readSubmission } from "../../functions/records/submissions.ts";
import { type TestCloud, testCloud } from "../cloud/test-cloud.ts";
import { withIptc } from "../core/article/pictures-that-lie.ts";
import type { Files } from "../core/article/submitted.ts";

/** What the worst of folders become when they arrive the way files arrive, on a table with the limits of the real one. */

const paper = "hohenfurt";
const text = (body: string) => `---\ntitel: Das Freibad öffnet\n---\n\n${body}\n`;
const small = await sharp({ create: { width: 30, height: 20, channels: 3, background: "#347" } })
  .jpeg()
  .toBuffer();

async function arrive(cloud: TestCloud, id: string, files: Files) {
  for (const [name, body] of Object.entries(files))
    await cloud.files.write(submissionFolder(paper, id) + name, body, { type: "text/plain" });
  const key = submissionFolder(paper, id) + (Object.keys(files)[0] ?? "");
  const body = JSON.stringify({ detail: { object: { key } } });
  const deadline = new Date(cloud.clock.now().getTime() + 120_000);
  const answer = await ingest(cloud)({ Records: [{ messageId: "1", body }] }, { deadline });
  expect(answer).toEqual({ batchItemFailures: [] });
  const row = (await readSubmission(cloud, paper, id)) ?? expect.unreachable();
  const said = [
    ...row.notes.map((one) => noteSentence("de", one)),
    ...(row.state === "refused" ? row.refusals.map((one) => refusalSentence("de", one)) : []),
  ];
  return { row, said };
}

const many = (count: number, name: (index: number) => string, body: string | Uint8Array): Files =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [name(index), body]));

describe("folders nobody could print", () => {
  it.each<[string, Files, RegExp]>([
    ["a thousand pictures", { "text.md": text("Text"), ...many(1000, (n) => `bild-${n}.jpg`, small) }, /1001 Dateien/],
    ["a thousand texts", many(1000, (n) => `${n} ${"ä".repeat(180)}.md`, text("Text")), /1000 Dateien/],
    ["a thousand strange files", many(1000, (n) => `${n} ${"ä".repeat(180)}.xyz`, "x"), /1000 Dateien/],
  ])("%s are refused in one sentence", async (_, files, sentence) => {
    const { row, said } = await arrive(testCloud(), "haufen", files);
    expect(row.state).toBe("refused");
    expect(said).toHaveLength(1);
    expect(said.join()).toMatch(sentence);
  });

  it.each<[string, string]>([
    [
      "ten thousand missing pictures",
      Array.from({ length: 10_000 }, (_, n) => `![a](${"x".repeat(60)}${n}.jpg)`).join("\n\n"),
    ],
    ["a dead link of half a megabyte", `[${"Wort ".repeat(100_000)}](#)`],
    ["a tag of half a megabyte", `<div ${"x".repeat(500_000)}>\n\nText`],
    ["two thousand dead links", "[Hier](#) ".repeat(2000)],
  ])("%s still fit into what is kept", async (_, body) => {
    const vast = await arrive(testCloud(), "viel", { "text.md": text(body) });
    expect(["waiting", "ingested", "refused"]).toContain(vast.row.state);
    expect(vast.said.every((one) => one.length < 2000)).toBe(true);
  });

  it("names that differ in capitals alone are two pictures, and each is found", async () => {
    const other = await sharp({ create: { width: 20, height: 30, channels: 3, background: "#a43" } })
      .jpeg()
      .toBuffer();
    const cloud = testCloud();
    const body = text("![Eins](Bild.JPG)\n\n![Zwei](bild.jpg)");
    const { row } = await arrive(cloud, "steg", { "text.md": body, "Bild.JPG": small, "bild.jpg": other });
    expect(row.state).toBe("ingested");
    const article = await readArticle(cloud, paper, "steg");
    expect(article?.images["Bild.JPG"]).toMatchObject({ width: 30 });
    expect(article?.images["bild.jpg"]).toMatchObject({ width: 20 });
  });

  it("says it is sorry to nobody's log: no fault is written for an author's mistake", async () => {
    const errors = vi.spyOn(console, "error").mockImplementation(() => {});
    await arrive(testCloud(), "leer", { "text.md": "", "a.jpg": "" });
    expect(errors).not.toHaveBeenCalled();
  });
});

describe("what a picture knows of its maker", () => {
  it("never leaves the house: every public file is free of it", async () => {
    const exif = { IFD0: { Artist: "Jördis Mühlbach" }, IFD3: { GPSLatitude: "51/1 3/1 0/1", GPSLatitudeRef: "N" } };
    const large = sharp({ create: { width: 1700, height: 1100, channels: 3, background: "#347" } });
    const picture = withIptc(await large.withExif(exif).jpeg().toBuffer(), {
      credit: "Gülşen Yıldız",
      caption: "Der Steg in Łužica",
    });
    const cloud = testCloud();
    const { row, said } = await arrive(cloud, "steg", {
      "text.md": text("![Ein Steg](steg.jpg)"),
      "steg.jpg": picture,
    });
    expect(row.state).toBe("ingested");
    expect(said.join()).toContain("Gülşen Yıldız");
    expect(said.join()).toContain("Der Steg in Łužica");
    const open = await cloud.files.list("public/");
    expect(open.length).toBeGreaterThan(6);
    for (const { key } of open) {
      const body = Buffer.from((await cloud.files.read(key))?.body ?? []);
      expect(await sharp(body).metadata()).not.toMatchObject({ exif: expect.anything() });
      for (const trace of ["Exif", "GPS", "Photoshop", "8BIM", "XMP", "Yıldız", "Mühlbach", "lbach"])
        expect(body.includes(trace), `${key} holds ${trace}`).toBe(false);
    }
  });
});
