import { readdirSync, readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");

/** Who may import whom. A line is tried on "room/path" for our own files and on the package's name for libraries. */
const may: readonly { room: RegExp; imports: RegExp }[] = [
  {
    room: /^core\//,
    imports: /^(core\/|node:crypto$|(?!node:|@aws-sdk|@smithy|hono|@hono|nodemailer|aws-cdk|undici)[@a-z])/,
  },
  { room: /^functions\/cloud\//, imports: /^(core\/|functions\/cloud\/|@aws-sdk\/|@smithy\/|undici$|node:)/ },
  { room: /^functions\/records\//, imports: /^(core\/|functions\/records\/|functions\/cloud\/cloud\.ts$)/ },
  { room: /^functions\/house\.ts$/, imports: /^(core\/|node:)/ },
  { room: /^functions\/(site|desk)/, imports: /^(core\/|functions\/|hono)/ },
  { room: /^functions\//, imports: /^(core\/|functions\/)/ },
  {
    room: /^local\//,
    imports:
      /^(core\/|functions\/|local\/|node:|hono|@hono\/|nodemailer|postal-mime$|cli-progress$|sharp$|yaml$|zod$|csv-parse)/,
  },
  { room: /^infra\//, imports: /^(infra\/|aws-cdk-lib|constructs$|cdk-nag$|esbuild$|node:)/ },
];
const rooms = ["core", "functions", "local", "infra"];

const sources = rooms.flatMap((room) =>
  readdirSync(join(root, room), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts"))
    .map((path) => join(room, path)),
);

/** Import and re-export lines, dynamic ones too; our own files come back as "room/path". */
function importsOf(file: string, source: string): string[] {
  const lines = source.matchAll(
    /^\s*(?:import|export)\s[^;]*?from\s+"([^"]+)"|^\s*import\s+"([^"]+)"|\bimport\("([^"]+)"\)/gm,
  );
  return [...lines]
    .map(([, from, bare, dynamic]) => from ?? bare ?? dynamic ?? "")
    .map((name) =>
      name.startsWith(".")
        ? relative(root, join(root, dirname(file), name))
        : builtinModules.includes(name)
          ? `node:${name}`
          : name,
    );
}

function strangers(file: string, source: string): string[] {
  const rule = may.find(({ room }) => room.test(file));
  return importsOf(file, source).filter((name) => !rule?.imports.test(name));
}

describe("the house", () => {
  it.each(sources)("%s imports only what its room may", (file) => {
    expect(strangers(file, readFileSync(join(root, file), "utf8"))).toEqual([]);
  });

  it("sees a planted import", () => {
    expect(strangers("core/issue/issue.ts", 'import { readFileSync } from "node:fs";')).toEqual(["node:fs"]);
    expect(strangers("functions/plan.ts", 'import { x } from "../local/wiring.ts";')).toEqual(["local/wiring.ts"]);
    expect(strangers("functions/records/issues.ts", 'import { S3Client } from "@aws-sdk/client-s3";')).toEqual([
      "@aws-sdk/client-s3",
    ]);
  });

  it("has no shelf where anything goes", () => {
    expect(sources.filter((path) => /(utils|helpers|common|services|manager)/.test(path))).toEqual([]);
  });
});
