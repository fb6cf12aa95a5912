import { once } from "node:events";
import { createWriteStream, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { savePublication } from "../../functions/records/publications.ts";
import { localCloud } from "../../local/cloud/local-cloud.ts";
import { openGiven } from "../../local/given-pieces.ts";
import { importReaders } from "../../local/readers-file.ts";
import { aPublication } from "../people-and-papers.ts";
import { type Figure, figureOf, median, round } from "./figure.ts";

const goals = { growth: 1.25, heapMegabytes: 5, besideBytes: 90, again: 1 };

/** What stood when a tenth of the lines had been read. */
interface Tenth {
  readonly heap: number;
  readonly beside: number;
  readonly resident: number;
}

/** Takes a list into a cloud on this machine's disk, as the command does: what a reader costs must not grow with the list. */
export async function measureImport(rows: number): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), "kurier-import-"));
  try {
    const few = await takeIn(folder, Math.ceil(rows / 10));
    const many = await takeIn(folder, rows);
    return figuresOf(rows, few, many);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

type Run = Awaited<ReturnType<typeof takeIn>>;

function figuresOf(rows: number, few: Run, many: Run): Figure[] {
  const heaps = many.tenths.map(({ heap }) => heap / 1e6);
  const [begin, end] = [many.tenths[0], many.tenths.at(-1)];
  const resident = ((end?.resident ?? 0) - (begin?.resident ?? 0)) / 1e6;
  const each = (cpu: number, lines: number): string => `${round((cpu / lines) * 1000)} µs`;
  return [
    figureOf(
      `CPU a reader, import of ${rows} ÷ import of ${few.rows}`,
      many.cpu / many.rows / (few.cpu / few.rows),
      { most: goals.growth },
      `${each(many.cpu, many.rows)} against ${each(few.cpu, few.rows)}; ${round(many.seconds)} s in all`,
    ),
    figureOf(
      `heap at the end of an import of ${rows} − median of its tenths, MB`,
      (heaps.at(-1) ?? 0) - median(heaps),
      { most: goals.heapMegabytes },
      `tenths in MB: ${heaps.map(round).join(", ")}; resident grew by ${round(resident)} MB`,
    ),
    figureOf(
      `bytes beside the heap a reader, to know doubles, import of ${rows}`,
      (end?.beside ?? 0) / rows,
      { most: goals.besideBytes },
      `${round((end?.beside ?? 0) / 1e6)} MB`,
    ),
    figureOf(
      `CPU of the same import again, which changes nothing ÷ the first`,
      many.again / many.cpu,
      { most: goals.again },
      `${each(many.again, rows)} against ${each(many.cpu, rows)}`,
    ),
  ];
}

async function takeIn(folder: string, rows: number) {
  const list = join(folder, `${rows}.csv`);
  await writeList(list, rows);
  const cloud = localCloud({ folder: join(folder, `data-${rows}`) });
  try {
    await savePublication(cloud, aPublication());
    const tenths: Tenth[] = [];
    const beside = memory().beside;
    const watch = (lines: number): void => {
      if (lines % Math.floor(rows / 10) === 0) tenths.push(memory());
    };
    const first = await importOnce(cloud, list, watch);
    if (first.taken.added !== rows) throw new Error(`${first.taken.added} of ${rows} were taken in`);
    const again = await importOnce(cloud, list);
    if (again.taken.known !== rows) throw new Error("the second import changed something");
    const own = tenths.map((tenth) => ({ ...tenth, beside: tenth.beside - beside }));
    return { rows, cpu: first.cpu, seconds: first.seconds, again: again.cpu, tenths: own };
  } finally {
    cloud.close();
  }
}

async function importOnce(cloud: ReturnType<typeof localCloud>, list: string, progress?: (lines: number) => void) {
  const [started, before] = [performance.now(), process.cpuUsage()];
  const { pieces } = await openGiven(list);
  const taken = await importReaders(cloud, aPublication(), pieces, {
    ...{ consentSource: "Bestellkarten 2025", language: "de" as const },
    ...(progress && { progress }),
  });
  const { user, system } = process.cpuUsage(before);
  return { taken, cpu: (user + system) / 1000, seconds: (performance.now() - started) / 1000 };
}

function memory(): Tenth {
  globalThis.gc?.();
  const { heapUsed, arrayBuffers, rss } = process.memoryUsage();
  return { heap: heapUsed, beside: arrayBuffers, resident: rss };
}

async function writeList(path: string, rows: number): Promise<void> {
  const file = createWriteStream(path);
  file.write("E-Mail;Name;Sprache\r\n");
  for (let row = 1; row <= rows; row++) {
    if (!file.write(`leserin${row}@stadt${row % 997}.example;Jördis Mühlbach ${row};de\r\n`)) await once(file, "drain");
  }
  file.end();
  await once(file, "close");
}
