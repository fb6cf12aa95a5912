import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, extname, join } from "node:path";
import { pathToFileURL } from "node:url";

/** LibreOffice and pandoc, as whole programs. @throws when one is missing or does not answer as asked */

export interface File {
  /** With the ending of what it is: "liste.fodt". */
  readonly name: string;
  readonly body: string | Uint8Array;
}

/** Opens each file in LibreOffice and saves it as .docx, in the order given. Files of one ending share one start. */
export function savedByLibreOffice(files: readonly File[]): Uint8Array[] {
  const folder = mkdtempSync(join(tmpdir(), "kurier-office-"));
  try {
    const [given, saved] = [join(folder, "given"), join(folder, "saved")];
    mkdirSync(given);
    for (const { name, body } of files) writeFileSync(join(given, name), body);
    for (const ending of new Set(files.map(({ name }) => extname(name)))) {
      const paths = files.filter(({ name }) => extname(name) === ending).map(({ name }) => join(given, name));
      run("soffice", [...office(folder), ...(filters[ending] ?? []), "--outdir", saved, ...paths]);
    }
    return files.map(({ name }) => Uint8Array.from(readFileSync(join(saved, `${basename(name, extname(name))}.docx`))));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A profile of its own, or an office that is open already would answer in its place. */
const office = (folder: string): string[] => [
  `-env:UserInstallation=${pathToFileURL(join(folder, "profile"))}`,
  ...["--headless", "--norestore", "--convert-to", "docx:MS Word 2007 XML"],
];
/** A page of the web is opened as a page to print, not to publish. */
const filters: Readonly<Record<string, string[]>> = { ".html": ["--infilter=HTML (StarWriter)"] };

/** What pandoc reads in a Word file, as its own tree. @see https://hackage.haskell.org/package/pandoc-types */
export function readByPandoc(file: Uint8Array): unknown {
  return JSON.parse(run("pandoc", ["--from=docx", "--to=json", "--track-changes=accept"], file));
}

function run(command: string, args: readonly string[], input?: Uint8Array): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, { input, maxBuffer: 1e8, timeout: 120_000 });
  if (error || status !== 0) throw new Error(`${command}: ${error?.message ?? stderr}`);
  return String(stdout);
}
