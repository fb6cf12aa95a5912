import { createHash, randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, statSync, unlinkSync } from "node:fs";
import { open, readFile, rename } from "node:fs/promises";
import { dirname, join } from "node:path";

/**
 * Bytes on disk, named by their own SHA-256: a name never changes its content, so no reader ever sees half of a file,
 * and no key can lead out of the folder, clash on a disk that ignores case, or be too long for it.
 */
export interface Contents {
  /** Writes aside, then moves into place. Known content costs nothing. */
  store(sha256: string, body: Uint8Array): Promise<void>;
  /** What several of them are together, as one. Answers its name; undefined when one of them has been dropped. */
  join(parts: readonly string[]): Promise<{ readonly sha256: string; readonly bytes: number } | undefined>;
  has(sha256: string): boolean;
  /** Undefined when it has been dropped. */
  read(sha256: string): Promise<Uint8Array | undefined>;
  drop(sha256: string): void;
}

export function localContents(folder: string, { isDurable }: { isDurable: boolean }): Contents {
  const aside = join(folder, "making");
  mkdirSync(aside, { recursive: true });
  clearAside(aside);
  const place = (sha256: string): string => join(folder, sha256.slice(0, 2), sha256);
  const has = (sha256: string): boolean => existsSync(place(sha256));

  return {
    has,
    async store(sha256, body) {
      if (has(sha256)) return;
      const making = join(aside, randomUUID());
      await write(making, body, isDurable);
      mkdirSync(dirname(place(sha256)), { recursive: true });
      await rename(making, place(sha256));
      if (isDurable) await syncFolder(dirname(place(sha256)));
    },
    async join(parts) {
      const making = join(aside, randomUUID());
      const [hash, handle] = [createHash("sha256"), await open(making, "wx", 0o600)];
      let bytes = 0;
      try {
        for (const part of parts) {
          const body = await readFile(place(part)).catch(orUndefined);
          if (!body) return undefined;
          hash.update(body);
          bytes += body.length;
          await handle.writeFile(body);
        }
        if (isDurable) await handle.datasync();
      } finally {
        await handle.close();
      }
      const sha256 = hash.digest("hex");
      mkdirSync(dirname(place(sha256)), { recursive: true });
      await rename(making, place(sha256));
      if (isDurable) await syncFolder(dirname(place(sha256)));
      return { sha256, bytes };
    },
    read: (sha256) => readFile(place(sha256)).catch(orUndefined),
    drop(sha256) {
      try {
        unlinkSync(place(sha256));
      } catch (trouble) {
        orUndefined(trouble);
      }
    },
  };
}

async function write(path: string, body: Uint8Array, isDurable: boolean): Promise<void> {
  const handle = await open(path, "wx", 0o600);
  try {
    await handle.writeFile(body);
    if (isDurable) await handle.datasync();
  } finally {
    await handle.close();
  }
}

/** A new name survives a power cut only when its folder was synced. Windows has no such call and needs none. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(folder, "r");
  await handle.sync().finally(() => handle.close());
}

const hourMilliseconds = 3_600_000;

/** What a killed process was writing. Nobody writes one file for an hour. */
function clearAside(aside: string): void {
  const anHourAgo = Date.now() - hourMilliseconds;
  for (const name of readdirSync(aside)) {
    const path = join(aside, name);
    if ((statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? anHourAgo) < anHourAgo) unlinkSync(path);
  }
}

function orUndefined(trouble: unknown): undefined {
  if ((trouble as NodeJS.ErrnoException).code !== "ENOENT") throw trouble;
}
