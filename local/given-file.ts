import { readFile, stat } from "node:fs/promises";
import { Refusal } from "../core/refusal.ts";

/** Reads a file somebody named. @throws Refusal `no-file`, `not-a-file`, `no-access` */
export async function readGiven(path: string): Promise<Buffer> {
  const found = await findGiven(path);
  if (!found.isFile()) throw new Refusal("not-a-file", { path });
  return readFile(path).catch((trouble: unknown) => refusePath(path, trouble));
}

/** What lies at a path somebody named. @throws Refusal `no-file`, `no-access` */
export const findGiven = (path: string) => stat(path).catch((trouble: unknown) => refusePath(path, trouble));

/** Trouble with somebody's path is said with the path; any other trouble is a fault. */
export function refusePath(path: string, trouble: unknown): never {
  const code = (trouble as NodeJS.ErrnoException).code ?? "";
  if (["ENOENT", "ENAMETOOLONG"].includes(code)) throw new Refusal("no-file", { path });
  if (["EACCES", "EPERM", "EROFS", "EEXIST", "ENOTDIR", "EISDIR"].includes(code))
    throw new Refusal("no-access", { path });
  throw trouble;
}
