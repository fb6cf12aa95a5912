import { readdirSync, readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");

/** Libraries that take bytes and give bytes, and types of what they give. */
const pureLibraries =
  "@sindresorhus/slugify|csv-parse|diff|domhandler|domutils|exifr|fflate|handlebars|htmlparser2|libheif-js/libheif-wasm/libheif(?:-bundle\\.mjs|\\.d\\.ts)|mammoth|mdast|mdast-util-directive|mjml|postal-mime|remark-[a-z]+|sharp|smartcrop|unified|yaml|yauzl|zod";
/** The cloud's interfaces, and what makes a function of ours a Lambda; never what stands behind them. */
const front = "functions/(?!cloud/)|functions/cloud/(cloud|each-message|on-aws|on-files)\\.ts$";

/** Who may import whom. A line is tried on "room/path" for our own files and on the package's name for libraries. */
const may: readonly { room: RegExp; imports: RegExp }[] = [
  { room: /^core\//, imports: new RegExp(`^(core/|node:(crypto|stream|url|zlib)$|(${pureLibraries})$)`) },
  { room: /^functions\/cloud\//, imports: /^(core\/|functions\/cloud\/|@aws-sdk\/|ipaddr\.js$|node:)/ },
  { room: /^functions\/records\//, imports: /^(core\/|functions\/records\/|functions\/cloud\/cloud\.ts$)/ },
  { room: /^functions\/house\.ts$/, imports: /^(core\/|node:)/ },
  {
    room: /^functions\/(site|whole-site|desk|regional-desk)/,
    imports: new RegExp(
      `^(core/|${front}|functions/cloud/(behind-cloudfront|file-key|web)\\.ts$|hono|altcha-lib|openid-client$)`,
    ),
  },
  { room: /^functions\//, imports: new RegExp(`^(core/|${front})`) },
  // Only who writes the sample's Word files, once, with a library of development.
  { room: /^local\/sample\/manuscripts/, imports: /^(local\/sample\/|node:|docx$|fflate$|sharp$)/ },
  // What mail programs can do is condensed here and committed.
  { room: /^local\/mail-clients\.ts$/, imports: /^(node:|zod$)/ },
  // The Word template is made here and committed; whoever runs Kurier has no need of what makes it.
  { room: /^local\/template\//, imports: /^(core\/|local\/template\/|docx$|fflate$)/ },
  {
    room: /^local\//,
    imports:
      /^(core\/|functions\/|local\/|node:|hono(?:\/body-limit)?$|@hono\/|postal-mime$|cli-progress$|nodemailer\/lib\/smtp-connection$|oidc-provider$|smtp-server$|sharp$|yaml$|zod$)/,
  },
  // Cognito writes mails in our words.
  { room: /^infra\/directory\.ts$/, imports: /^(infra\/|core\/words\.ts$|aws-cdk-lib|constructs$)/ },
  { room: /^infra\//, imports: /^(infra\/|aws-cdk-lib|constructs$|cdk-nag$|esbuild$|node:)/ },
];
const rooms = ["core", "functions", "local", "infra"];

const sources = rooms.flatMap((room) =>
  readdirSync(join(root, room), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts"))
    .map((path) => join(room, path)),
);

/** Import and re-export lines, dynamic ones and `require` too; our own files come back as "room/path". */
function importsOf(file: string, source: string): string[] {
  const lines = source.matchAll(
    /^\s*(?:import|export)\s[^;]*?from\s+"([^"]+)"|^\s*import\s+"([^"]+)"|\b(?:import|require)\(\s*["`]([^"`]+)["`]/gm,
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

  it.each([
    ['import type { Cloud } from "../../functions/cloud/cloud.ts";', "functions/cloud/cloud.ts"],
    ['export * from "node:fs";', "node:fs"],
    ['export {\n  readFileSync,\n} from "fs";', "node:fs"],
    ['import "hono";', "hono"],
    ['const later = await import("@aws-sdk/client-s3");', "@aws-sdk/client-s3"],
    ['type Site = typeof import("../../functions/site.ts");', "functions/site.ts"],
    ['const { join } = require("node:path");', "node:path"],
  ])("sees an import however it is written: %s", (line, stranger) => {
    expect(strangers("core/issue/issue.ts", line)).toEqual([stranger]);
  });

  it("sees a planted import", () => {
    expect(strangers("functions/plan.ts", 'import { s3Files } from "./cloud/files.ts";')).toEqual([
      "functions/cloud/files.ts",
    ]);
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
