import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { Refusal } from "../core/refusal.ts";
import { refusePath } from "./given-file.ts";

/** Where the lines of a list go as they are read. */
export interface Sink {
  write(text: string): Promise<void>;
  end(): Promise<void>;
}

/** Addresses are its owner's alone, and a file that is there is not written over. @throws Refusal `out-taken`, `no-access` */
export async function fileSink(path: string): Promise<Sink> {
  const file = createWriteStream(path, { mode: 0o600, flags: "wx" });
  await once(file, "open").catch((trouble: NodeJS.ErrnoException) => {
    if (trouble.code === "EEXIST") throw new Refusal("out-taken", { path });
    refusePath(path, trouble);
  });
  return {
    async write(text) {
      if (!file.write(text)) await once(file, "drain");
    },
    async end() {
      file.end();
      await once(file, "close");
    },
  };
}
