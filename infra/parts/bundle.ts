import { execFileSync } from "node:child_process";
import { copyFileSync, cpSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { buildSync } from "esbuild";

const root = join(import.meta.dirname, "..", "..");
const nothing = join(import.meta.dirname, "nothing.cjs");

/**
 * What libraries bring along for work we never ask of them. MJML without its minifiers is a sixth, and wakes in 40 % of
 * the time; the AWS clients find a function's credentials in its environment and need no other place to look for them.
 */
const neverAsked = [
  ...["htmlnano", "juice", "cheerio", "js-beautify"],
  ...["sso", "ini", "login", "process", "web-identity", "http"].map((way) => `@aws-sdk/credential-provider-${way}`),
  ...["@aws-sdk/token-providers", "@smithy/credential-provider-imds"],
];
/** Forms that hand files in, links that hand them out, and the list of who may sign in: the desk alone asks for them. */
const askedAtTheDesk = [
  ...["@aws-sdk/s3-presigned-post", "@aws-sdk/s3-request-presigner"],
  "@aws-sdk/client-cognito-identity-provider",
];

/** What reads a phone's HEIC. Its licence (LGPL 3) wants it to be exchangeable: it stays a file of its own. */
const libheif = { name: "libheif-js/libheif-wasm/libheif-bundle.mjs", beside: "./libheif.mjs" };

export interface Bundle {
  /** Every source that has a part in it, from the root of the repository. */
  readonly sources: readonly string[];
  /** It works on pictures: sharp, which is native, must come along. */
  readonly needsSharp: boolean;
}

/** Writes a function's `index.mjs` into a folder, and the templates beside it when it reads them. */
export function bundle(entry: string, folder: string): Bundle {
  const unasked = entry.endsWith("desk.ts") ? neverAsked : [...neverAsked, ...askedAtTheDesk];
  const { metafile } = buildSync({
    absWorkingDir: root,
    entryPoints: [entry],
    outfile: join(folder, "index.mjs"),
    bundle: true,
    minify: true,
    platform: "node",
    target: "node24",
    format: "esm",
    mainFields: ["module", "main"],
    // Libraries in the older module form ask for `require`, and a few for the folder they lie in.
    banner: {
      js: `import{createRequire as requireFrom$bundle}from"node:module";const require=requireFrom$bundle(import.meta.url);const __dirname=import.meta.dirname,__filename=import.meta.filename;`,
    },
    alias: {
      ...Object.fromEntries(unasked.map((library) => [library, nothing])),
      "@smithy/core/event-streams": join(import.meta.dirname, "no-event-streams.mjs"),
      [libheif.name]: libheif.beside,
    },
    external: ["typescript", "sharp", libheif.beside],
    legalComments: "none",
    // German sentences in two bytes a letter, not in six.
    charset: "utf8",
    logLevel: "error",
    metafile: true,
  });
  const [output] = Object.values(metafile.outputs);
  const sources = Object.entries(output?.inputs ?? {}).flatMap(([path, { bytesInOutput }]) =>
    bytesInOutput ? path : [],
  );
  const imported = output?.imports.map(({ path }) => path) ?? [];
  if (sources.includes("functions/house.ts")) copyTemplates(folder);
  if (imported.includes(libheif.beside)) copyLibheif(folder);
  return { sources, needsSharp: imported.includes("sharp") };
}

/** What the order form's page imports, as `functions/house.ts` names it. */
const scripts = ["pow.js", "helpers.js", "types.js", "algorithms/web/pbkdf2.js"];

const fontFamilies = ["source-sans-3", "source-serif-4"];

function copyTemplates(folder: string): void {
  cpSync(join(root, "templates"), join(folder, "templates"), { recursive: true });
  for (const script of scripts)
    cpSync(join(root, "node_modules/altcha-lib/dist/esm/v2", script), join(folder, "templates", "scripts", script));
  const fonts = join(folder, "templates", "fonts");
  mkdirSync(fonts, { recursive: true });
  for (const family of fontFamilies) {
    for (const subset of ["latin", "latin-ext", "vietnamese"]) {
      for (const style of ["normal", "italic"]) {
        const name = `${family}-${subset}-wght-${style}.woff2`;
        copyFileSync(join(root, "node_modules", "@fontsource-variable", family, "files", name), join(fonts, name));
      }
    }
  }
}

/** With its licence, as that one asks. It is WebAssembly: the same for every processor. */
function copyLibheif(folder: string): void {
  const from = join(root, "node_modules", libheif.name);
  copyFileSync(from, join(folder, libheif.beside));
  copyFileSync(join(from, "..", "LICENSE"), join(folder, "libheif.LICENSE.txt"));
}

/** Fetched for Lambda's processor, whatever this machine has. */
export function fetchSharp(folder: string): void {
  const { dependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
    dependencies: Record<string, string>;
  };
  execFileSync(
    "npm",
    ["i", "--os=linux", "--cpu=arm64", "--libc=glibc", "--no-save", `sharp@${dependencies.sharp}`, "--prefix", folder],
    { stdio: ["ignore", "ignore", "inherit"] },
  );
}
