import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative, resolve, sep } from "node:path";
import { Refusal } from "../core/refusal.ts";
import { refusePath } from "./given-file.ts";

/** Lists what a press wrote, so that the next one can tell its own files from somebody's. */
const listFile = ".kurier-press";

/** A folder a press writes whole: made beside the old one and put in its place at the end. */
export interface OutFolder {
  /** Where the new files are made; on the same disk, so that whole folders can be moved in. */
  readonly making: string;
  /** For what only the making needs. */
  readonly workshop: string;
  write(path: string, body: string | Uint8Array): Promise<void>;
  /** Puts the new folder in the place of the old one. */
  finish(): Promise<void>;
  /** Leaves everything as it was. */
  abandon(): Promise<void>;
}

/**
 * @throws Refusal `out-not-ours` when the folder holds anything a press did not write, `no-access` when it cannot be made
 */
export async function outFolder(out: string): Promise<OutFolder> {
  const place = resolve(out);
  const scaffold = `${place}.${process.pid}.kurier`;
  const making = join(scaffold, "out");
  const workshop = join(scaffold, "workshop");
  try {
    await demandOurs(place);
    await mkdir(making, { recursive: true });
    await mkdir(workshop, { recursive: true });
  } catch (trouble) {
    refusePath(place, trouble);
  }
  return {
    making,
    workshop,
    write: async (path, body) => {
      await mkdir(dirname(join(making, path)), { recursive: true });
      await writeFile(join(making, path), body);
    },
    finish: async () => {
      await writeFile(join(making, listFile), (await filesBelow(making)).join("\n"));
      if (existsSync(place)) await rename(place, join(scaffold, "old"));
      await mkdir(dirname(place), { recursive: true });
      await rename(making, place);
      await rm(scaffold, { recursive: true, force: true });
    },
    abandon: () => rm(scaffold, { recursive: true, force: true }),
  };
}

async function demandOurs(place: string): Promise<void> {
  if (!existsSync(place)) return;
  const listed = existsSync(join(place, listFile)) ? (await readFile(join(place, listFile), "utf8")).split("\n") : [];
  const ours = new Set([...listed, listFile]);
  const stranger = (await filesBelow(place)).find((path) => !ours.has(path));
  if (stranger) throw new Refusal("out-not-ours", { folder: place, file: stranger });
}

const filesBelow = async (folder: string): Promise<string[]> =>
  (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .sort();
