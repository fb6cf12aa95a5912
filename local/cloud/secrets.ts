import { randomBytes } from "node:crypto";
import {
  closeSync,
  fsyncSync,
  linkSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  unlinkSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import type { Secrets } from "../../functions/cloud/cloud.ts";

/** `uploads` signs the local upload forms; on AWS they are signed with the role's own key. */
type Name = "address" | "links" | "sign-in" | "uploads";
/** The others are made here; how people sign in is told by whoever serves a desk. */
type MadeName = Exclude<Name, "sign-in">;

export interface LocalSecrets extends Secrets {
  read(name: Name): Promise<string>;
  /** Puts other link keys in place of those that stand. */
  replaceLinks(links: string): void;
}

/** Secrets in one file only its owner can read, made at the first start. @param signIn the one that stands in no file */
export function localSecrets(folder: string, signIn?: string): LocalSecrets {
  const file = join(folder, "secrets.json");
  let [read, readMark]: [ReadonlyMap<string, string>, string] = [new Map(), ""];
  return {
    async read(name) {
      // Another process may have put other keys in place: its file is another one.
      if (readMark === "" || readMark !== markOf(file)) [read, readMark] = [readOrMake(file), markOf(file)];
      const secret = name === "sign-in" ? signIn : read.get(name);
      if (secret === undefined) throw new Error(`no secret named ${name}`);
      return secret;
    },

    replaceLinks(links) {
      const making = write(file, { ...Object.fromEntries(readOrMake(file)), links });
      renameSync(making, file);
    },
  };
}

function markOf(file: string): string {
  const { ino, mtimeNs } = statSync(file, { bigint: true });
  return `${ino} ${mtimeNs}`;
}

function readOrMake(file: string): ReadonlyMap<string, string> {
  try {
    return parse(file);
  } catch (trouble) {
    if ((trouble as NodeJS.ErrnoException).code !== "ENOENT") throw trouble;
  }
  make(file);
  return parse(file);
}

const parse = (file: string): ReadonlyMap<string, string> =>
  new Map(Object.entries(JSON.parse(readFileSync(file, "utf8")) as Record<string, string>));

/** Of two processes that start at once, one links its file under the name; the other finds it taken and reads it. */
function make(file: string): void {
  const key = (): string => randomBytes(32).toString("base64url");
  const links = JSON.stringify([{ kid: randomBytes(3).toString("hex"), key: key() }]);
  const secrets: Record<MadeName, string> = { address: key(), links, uploads: key() };
  const making = write(file, secrets);
  try {
    linkSync(making, file);
  } catch (trouble) {
    if ((trouble as NodeJS.ErrnoException).code !== "EEXIST") throw trouble;
  } finally {
    unlinkSync(making);
  }
}

/** Writes a file beside it, whole and on the disk; answers its name. */
function write(file: string, secrets: Readonly<Record<string, string>>): string {
  const making = `${file}.${randomBytes(6).toString("hex")}`;
  const handle = openSync(making, "wx", 0o600);
  try {
    writeSync(handle, JSON.stringify(secrets));
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  return making;
}
