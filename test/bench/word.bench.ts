import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import mammoth from "mammoth";
import { readWord } from "../../core/article/word.ts";
import { hostileWordFiles } from "../core/article/hostile-word-files.ts";
import { longWordFile, photoWordFile, tornWordFile } from "../core/article/large-word-files.ts";
import { cpuMilliseconds, type Figure, figureOf, inTurn, median, ratios, round } from "./figure.ts";

const goals = { againstMammoth: 3, growth: 2, megabytes: 350, refusalSeconds: 1 };
const paragraphs = 2000;
const photos = { count: 12, bytes: 5_600_000 };

/** Reading against mammoth alone, the memory a document full of photos takes, and how soon hostile ones are refused. */
export async function measureWord(runs: number): Promise<Figure[]> {
  return [await againstMammoth(runs), await growth(runs), memory(), await refusals()];
}

async function againstMammoth(runs: number): Promise<Figure> {
  const bytes = longWordFile(paragraphs);
  const { one, other } = await inTurn(
    runs,
    () => readWord("lang.docx", bytes),
    () => mammoth.convertToHtml({ buffer: Buffer.from(bytes) }),
    cpuMilliseconds,
  );
  return figureOf(
    `reading a Word document of ${paragraphs} paragraphs ÷ bare mammoth`,
    median(ratios(one, other)),
    { most: goals.againstMammoth },
    `${round(median(one))} ms against ${round(median(other))} ms`,
  );
}

/** Word tears sentences into runs; what one costs must not grow with their number. */
async function growth(runs: number): Promise<Figure> {
  const [few, many] = [tornWordFile(5000), tornWordFile(40_000)];
  const { one, other } = await inTurn(
    runs,
    () => readWord("zerrissen.docx", many),
    () => readWord("zerrissen.docx", few),
    cpuMilliseconds,
  );
  return figureOf(
    "CPU a run, one paragraph torn into 40,000 ÷ into 5,000",
    median(ratios(one, other)) / 8,
    { most: goals.growth },
    `${round(median(one))} ms against ${round(median(other))} ms`,
  );
}

/** In a process of its own, as on AWS: its whole resident memory, Node included, at its highest. */
function memory(): Figure {
  const folder = mkdtempSync(join(tmpdir(), "kurier-word-"));
  try {
    const path = join(folder, "fotos.docx");
    const bytes = photoWordFile(photos.count, photos.bytes);
    writeFileSync(path, bytes);
    const script = new URL("read-word.ts", import.meta.url).pathname;
    const { before, highest } = JSON.parse(execFileSync(process.execPath, [script, path], { encoding: "utf8" }));
    return figureOf(
      `memory to read ${photos.count} photos out of ${round(bytes.length / 1e6)} MB of Word, MB`,
      highest,
      { most: goals.megabytes },
      `${round(before)} MB before the file was opened`,
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function refusals(): Promise<Figure> {
  const times: { what: string; seconds: number }[] = [];
  for (const { what, bytes } of await hostileWordFiles()) {
    const refuse = () => readWord("boese.docx", bytes).catch(() => undefined);
    times.push({ what, seconds: (await cpuMilliseconds(refuse)) / 1000 });
  }
  const [slowest] = times.sort((left, right) => right.seconds - left.seconds);
  return figureOf(
    `CPU seconds until the slowest of ${times.length} hostile files was refused`,
    slowest?.seconds ?? 0,
    { most: goals.refusalSeconds },
    slowest?.what ?? "",
  );
}
