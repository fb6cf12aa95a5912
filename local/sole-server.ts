import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { Refusal } from "../core/refusal.ts";
import { isBusy } from "./cloud/database.ts";

/**
 * One server to a data folder: a second beside it would answer at another address, and nobody would know which of them is
 * meant. Commands work beside it as ever.
 */
export interface SoleServer {
  /** Whoever comes second is told where this one answers. */
  answersAt(address: string): void;
  close(): void;
}

/** Two that start at the same instant settle it within so long; one that is about to end may do so. */
const waitMilliseconds = 1_000;

/**
 * Takes the folder. What holds it is a lock of the operating system: it ends with the process, however that ends, so no
 * start is ever barred by a server that was killed.
 *
 * @throws Refusal `folder-taken` while another server works on it
 */
export function soleServer(folder: string): SoleServer {
  const plate = join(folder, "server.json");
  const lock = new DatabaseSync(join(folder, "server.db"), { timeout: waitMilliseconds });
  try {
    // Nothing is ever written there.
    lock.exec("BEGIN EXCLUSIVE");
  } catch (trouble) {
    lock.close();
    throw isBusy(trouble) ? takenBy(folder, plate) : trouble;
  }
  const hang = (address: string): void => writeFileSync(plate, JSON.stringify({ process: process.pid, address }));
  hang("");
  return {
    answersAt: hang,
    close() {
      rmSync(plate, { force: true });
      lock.close();
    },
  };
}

/** The plate says who it is; what a killed one left is never read, for then nobody holds the lock. */
function takenBy(folder: string, plate: string): Refusal {
  const { process, address } = read(plate);
  return address
    ? new Refusal("folder-taken", { folder, process, address })
    : new Refusal("folder-taken-now", { folder });
}

function read(plate: string): { readonly process: number; readonly address: string } {
  try {
    const { process, address } = JSON.parse(readFileSync(plate, "utf8")) as Record<string, unknown>;
    return { process: Number(process), address: String(address) };
  } catch {
    return { process: 0, address: "" };
  }
}
