import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import type { House, Palette } from "../core/edition/edition.ts";

/** The one file that reads `templates/` from disk, once. In a bundle the folder lies beside it. */
const here = dirname(fileURLToPath(import.meta.url));
const root = [join(here, "templates"), join(here, "..", "templates")].find((folder) => existsSync(folder));

let read: House | undefined;

/** Templates, styles, fonts, palette and what authors write in, read at the first call. */
export function house(): House {
  read ??= readHouse();
  return read;
}

function readHouse(): House {
  if (!root) throw new Error("the folder templates/ is missing beside the code");
  const templates = new Map<string, string>();
  const styles = new Map<string, string>();
  const wordTemplates = new Map<string, Uint8Array>();
  const paths = readdirSync(root, { recursive: true, encoding: "utf8" }).sort();
  for (const path of paths) {
    const name = path.split(sep).join("/");
    if (name.endsWith(".hbs")) templates.set(name.slice(0, -".hbs".length), readFileSync(join(root, path), "utf8"));
    if (name.endsWith(".docx")) wordTemplates.set(basename(name), readFileSync(join(root, path)));
    if (name.endsWith(".css")) styles.set(name, readFileSync(join(root, path), "utf8"));
  }
  const palette = JSON.parse(readFileSync(join(root, "palette.json"), "utf8")) as Palette;
  return {
    templates,
    styles,
    fonts: readFonts(),
    scripts: readScripts(),
    deskScripts: readDeskScripts(),
    wordTemplates,
    palette,
  };
}

/** Both voices in every Latin alphabet, from npm; a bundle carries copies under `templates/fonts/`. */
function readFonts(): ReadonlyMap<string, Uint8Array> {
  const fonts = new Map<string, Uint8Array>();
  for (const [family, folder] of [
    ["source-sans-3", "@fontsource-variable/source-sans-3"],
    ["source-serif-4", "@fontsource-variable/source-serif-4"],
  ] as const) {
    for (const subset of ["latin", "latin-ext", "vietnamese"]) {
      for (const style of ["normal", "italic"]) {
        const name = `${family}-${subset}-wght-${style}.woff2`;
        fonts.set(name, readFileSync(fontFile(folder, name)));
      }
    }
  }
  return fonts;
}

/** Modules as browsers import them; a bundle carries copies under `templates/scripts/`. */
function readScripts(): ReadonlyMap<string, string> {
  const library = join(here, "..", "node_modules", "altcha-lib", "dist", "esm", "v2");
  const bundled = join(root ?? here, "scripts");
  const folder = existsSync(bundled) ? bundled : library;
  const parts = ["pow.js", "helpers.js", "types.js", "algorithms/web/pbkdf2.js"];
  const ours = readFileSync(join(root ?? here, "site", "order.js"), "utf8");
  return new Map([
    ["order.js", ours],
    ...parts.map((path) => [path, readFileSync(join(folder, path), "utf8")] as const),
  ]);
}

/** What makes the desk nicer where scripts run. */
function readDeskScripts(): ReadonlyMap<string, string> {
  const folder = join(root ?? here, "desk");
  const names = readdirSync(folder).filter((name) => name.endsWith(".js"));
  return new Map(names.map((name) => [name, readFileSync(join(folder, name), "utf8")]));
}

function fontFile(folder: string, name: string): string {
  const bundled = join(root ?? here, "fonts", name);
  return existsSync(bundled) ? bundled : join(here, "..", "node_modules", folder, "files", name);
}
