import { globSync } from "node:fs";
import { buildSync, type Metafile } from "esbuild";
import { describe, expect, it } from "vitest";

const commands = globSync("local/commands/*.ts");
const { outputs } = buildSync({
  entryPoints: ["local/cli.ts", "functions/site.ts", ...commands],
  bundle: true,
  splitting: true,
  packages: "external",
  platform: "node",
  format: "esm",
  write: false,
  metafile: true,
  outdir: "out",
}).metafile;

/** The libraries that are loaded before the first line runs, our own files followed; what is imported later is left out. */
function loadedAtOnce(entry: string): string[] {
  const first = Object.keys(outputs).find((name) => outputs[name]?.entryPoint === entry);
  const seen = new Set<string>(first === undefined ? [] : [first]);
  const libraries = new Set<string>();
  for (const name of seen) for (const one of atOnce(outputs[name])) (one.external ? libraries : seen).add(one.path);
  return [...libraries];
}
const atOnce = (output: Metafile["outputs"][string] | undefined) =>
  (output?.imports ?? []).filter(({ kind }) => kind === "import-statement");

describe("the command line", () => {
  it.each(["local/cli.ts", ...commands])("%s waits for no AWS client, neither for MJML nor sharp", (entry) => {
    expect(loadedAtOnce(entry).filter((library) => /^(@aws-sdk|@smithy|mjml|sharp)/.test(library))).toEqual([]);
  });

  it("would be found waiting: the site brings the clients along", () => {
    expect(loadedAtOnce("functions/site.ts")).toContain("@aws-sdk/client-s3");
  });
});
