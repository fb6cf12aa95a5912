import { createReadStream } from "node:fs";
import { Refusal } from "../core/refusal.ts";
import { findGiven, refusePath } from "./given-file.ts";

/** A file somebody named, read piece by piece: it may be larger than memory. */
export interface GivenPieces {
  readonly bytes: number;
  readonly pieces: AsyncIterable<Uint8Array>;
}

/** @throws Refusal `no-file`, `not-a-file`, `no-access` */
export async function openGiven(path: string): Promise<GivenPieces> {
  const found = await findGiven(path);
  if (!found.isFile()) throw new Refusal("not-a-file", { path });
  return { bytes: found.size, pieces: read(path) };
}

async function* read(path: string): AsyncGenerator<Uint8Array> {
  try {
    yield* createReadStream(path) as AsyncIterable<Uint8Array>;
  } catch (trouble) {
    refusePath(path, trouble);
  }
}
