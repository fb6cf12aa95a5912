import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import sharp from "sharp";
import { afterAll, describe, expect, it } from "vitest";
import type { Manuscript } from "../../core/article/manuscript.ts";
import { wordInWorker } from "../../local/word-in-worker.ts";
import { paragraph, shown, wordFile } from "../core/article/word-files.ts";

const place = mkdtempSync(join(tmpdir(), "kurier-worker-"));
afterAll(() => rmSync(place, { recursive: true }));

/** A reader that does what no reader should. */
function reader(name: string, code: string): URL {
  const file = join(place, `${name}.mjs`);
  writeFileSync(file, code);
  return pathToFileURL(file);
}
const nothing: Manuscript = [];
const use = async (): Promise<Manuscript> => nothing;
const refused = (open: Promise<Manuscript>) => expect(open).rejects.toMatchObject({ code: "word-too-hard" });

const photo = await sharp({ create: { width: 600, height: 400, channels: 3, background: "#347" } })
  .jpeg()
  .toBuffer();
const words = "Der neue Steg am See ist fertig und wird am Sonntag mit einem kleinen Fest für alle eingeweiht.";
const file = wordFile({
  body: paragraph("Ein neuer Steg", "Titel") + paragraph(words) + paragraph(shown("image1.jpeg", { alt: "Ein Steg" })),
  media: { "image1.jpeg": photo },
});

describe("a Word file in a thread of its own", () => {
  it("tells its text and hands over its pictures, the same bytes", async () => {
    const own = Uint8Array.from(file);
    await wordInWorker()("steg.docx", own, async ({ reading, picture }) => {
      expect(reading.text.title).toBe("Ein neuer Steg");
      const [inside] = reading.pictures;
      const bytes = await picture(inside?.name ?? "");
      expect(Buffer.from(bytes).equals(photo)).toBe(true);
      return reading;
    });
    // The caller's bytes stay the caller's.
    expect(own).toHaveLength(file.length);
  });

  it("tells the reader's refusal with everything that stands in it", async () => {
    await expect(wordInWorker()("steg.docx", new TextEncoder().encode("PK\x03\x04"), use)).rejects.toMatchObject({
      ...{ name: "Refusal", details: { name: "steg.docx" } },
    });
  });

  it("is ended when it takes too long, at its text and at a picture", async () => {
    const loop = "for (;;);";
    await refused(wordInWorker(reader("slow", loop), 300)("steg.docx", file, use));
    const late = `import { parentPort } from "node:worker_threads";
      parentPort.on("message", () => { ${loop} });
      parentPort.postMessage({ reading: { pictures: [] } });`;
    await refused(
      wordInWorker(reader("late", late), 1000)("steg.docx", file, async ({ reading, picture }) => {
        await picture("bild-1.jpg");
        return reading;
      }),
    );
  });

  it("is ended when it takes too much memory, and takes nobody along", async () => {
    const greedy = "const all = []; for (;;) all.push(new Array(1e6).fill({}));";
    await refused(wordInWorker(reader("greedy", greedy))("steg.docx", file, use));
  });

  it("is ended when it leaves without a word", async () => {
    await refused(wordInWorker(reader("gone", "process.exit(0)"), 300)("steg.docx", file, use));
  });

  it("is a fault where the reader itself is broken", async () => {
    const broken = "throw new TypeError('undefined is not a function')";
    await expect(wordInWorker(reader("broken", broken))("steg.docx", file, use)).rejects.toThrow(TypeError);
  });
});
