import { execFile } from "node:child_process";
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readWord } from "../../core/article/word.ts";
import { build as buildEditions } from "../../core/edition/build.ts";
import { draft } from "../../core/issue/draft.ts";
import { idOfIssue } from "../../core/issue/issue.ts";
import { operator } from "../../core/rights.ts";
import { settingNames } from "../../functions/cloud/settings.ts";
import { house } from "../../functions/house.ts";
import { readArticle, readArticles } from "../../functions/records/articles.ts";
import { readManifest } from "../../functions/records/editions.ts";
import { saveIssue } from "../../functions/records/issues.ts";
import { submissionFolder } from "../../functions/records/paths.ts";
import { savePublication } from "../../functions/records/publications.ts";
import { findReading } from "../../functions/records/readings.ts";
import { saveRevision } from "../../functions/records/revisions.ts";
import { kurier } from "../../infra/app.ts";
import { type Bundle, bundle } from "../../infra/parts/bundle.ts";
import { localCloud } from "../../local/cloud/local-cloud.ts";
import { paragraph, wordFile } from "../core/article/word-files.ts";
import { springIssue } from "../spring-issue.ts";
import { functionNames, withoutMail } from "./function-names.ts";
import { ofType, small, type Template } from "./synthesised.ts";

const names = [...functionNames, "whole-site", "regional-desk"] as const;
type Name = (typeof names)[number];

/** Far from the repository and its libraries, as in a Lambda. */
const place = mkdtempSync(join(tmpdir(), "kurier-bundle-"));
const folderOf = (name: Name): string => join(place, name);
const made = new Map<Name, Bundle>();
beforeAll(() => {
  for (const name of names) made.set(name, bundle(`functions/${name}.ts`, folderOf(name)));
});
afterAll(() => rmSync(place, { recursive: true }));

const librariesOf = (name: Name): string[] => [
  ...new Set(made.get(name)?.sources.flatMap((source) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(source)?.[1] ?? [])),
];
const bytesOf = (name: Name): number => statSync(join(folderOf(name), "index.mjs")).size;

/** Runs a script beside the bundle, with nothing around it but what it is given. */
async function runBeside(name: Name, script: string, env: Record<string, string> = {}): Promise<unknown> {
  const file = join(folderOf(name), "run.mjs");
  writeFileSync(file, script);
  const { stdout } = await promisify(execFile)(process.execPath, [file], { cwd: folderOf(name), env });
  return JSON.parse(stdout);
}

/** At the deployment it is fetched for Lambda's processor; here this machine's does. */
function bringSharp(folder: string): void {
  const libraries = join(folder, "node_modules");
  if (!existsSync(libraries)) symlinkSync(resolve("node_modules"), libraries);
}

describe("the sender's bundle", () => {
  it("is small: a round must not wait for its function to wake", () => {
    expect(bytesOf("deliver")).toBeLessThanOrEqual(700_000);
  });

  it("renders nothing: no MJML, no template compiler, no pictures", () => {
    const heavy = /^(mjml.*|handlebars|sharp|unified|remark-.*)$/;
    expect(librariesOf("deliver").filter((library) => heavy.test(library))).toEqual([]);
    expect(made.get("deliver")?.needsSharp).toBe(false);
  });

  it("carries no wording: what a letter says was approved with its edition", () => {
    expect(made.get("deliver")?.sources.filter((source) => source.includes("core/wording"))).toEqual([]);
  });
});

describe("the builder's bundle", () => {
  it("renders in an empty folder, far from its libraries, the very issue the sources render", async () => {
    const { publication, issue, articles } = springIssue();
    const folder = join(place, "data");
    const cloud = localCloud({ folder, isDurable: false });
    await savePublication(cloud, publication);
    for (const { id, images, origin, ...text } of articles.values())
      await saveRevision(cloud, undefined, { publication: publication.id, id, text, images, origin }, () => []);
    await saveIssue(cloud, draft(issue));
    const saved = await readArticles(cloud, publication.id, [...articles.keys()]);
    const { editions } = await buildEditions({ publication, issue, articles: saved, house: house() });

    const order = { v: 1, publication: publication.id, issue: idOfIssue(issue), by: operator };
    const event = { Records: [{ messageId: "1", body: JSON.stringify(order) }] };
    const script = `
      import { localCloud } from ${JSON.stringify(pathToFileURL("local/cloud/local-cloud.ts").href)};
      import { build } from "./index.mjs";
      const cloud = localCloud({ folder: ${JSON.stringify(folder)}, isDurable: false });
      const answer = await build(cloud)(${JSON.stringify(event)}, { deadline: new Date(Date.now() + 60_000) });
      cloud.close();
      console.log(JSON.stringify(answer));`;
    expect(await runBeside("build", script)).toEqual({ batchItemFailures: [] });

    const fingerprint = editions?.manifest.fingerprint ?? "";
    const built = { publication: publication.id, issue: idOfIssue(issue), fingerprint, language: "de" } as const;
    expect(await readManifest(cloud, built)).toEqual(JSON.parse(JSON.stringify(editions?.manifest)));
    cloud.close();
  });
});

describe("the bundle of who reads Word files", () => {
  it("is small, and knows of all AWS lends only files", () => {
    // A quarter of it is wording, of which it speaks little: the notes an author reads.
    expect(bytesOf("read-word")).toBeLessThanOrEqual(1_600_000);
    expect(librariesOf("read-word").filter((library) => library.startsWith("@aws-sdk/client-"))).toEqual([
      "@aws-sdk/client-s3",
    ]);
  });

  it("reads in an empty folder, far from its libraries, what the sources read", async () => {
    const file = wordFile({ body: paragraph("Ein neuer Steg", "Titel") + paragraph("Der Steg ist fertig.") });
    const folder = join(place, "word-data");
    const cloud = localCloud({ folder, isDurable: false });
    const [publication, submission, stored] = ["slk", "steg", "steg.docx"];
    const { etag } = await cloud.files.write(submissionFolder(publication, submission) + stored, file, { type: "" });
    const order = { v: 1, id: "1", publication, submission, name: stored, stored, etag } as const;
    const event = { Records: [{ messageId: "1", body: JSON.stringify(order) }] };
    const script = `
      import { localCloud } from ${JSON.stringify(pathToFileURL("local/cloud/local-cloud.ts").href)};
      import { readWord } from "./index.mjs";
      const cloud = localCloud({ folder: ${JSON.stringify(folder)}, isDurable: false });
      const answer = await readWord({ files: cloud.files })(${JSON.stringify(event)}, { deadline: new Date() });
      cloud.close();
      console.log(JSON.stringify(answer));`;
    expect(await runBeside("read-word", script)).toEqual({ batchItemFailures: [] });
    const read = await findReading(cloud, order);
    expect(read?.manuscript).toEqual((await readWord(stored, file)).reading);
    cloud.close();
  });
});

describe("the intake's bundle", () => {
  it("keeps what reads a phone's HEIC in a file of its own, two megabytes, with its licence", () => {
    const beside = readdirSync(folderOf("ingest")).filter((file) => file.startsWith("libheif"));
    expect(beside.sort()).toEqual(["libheif.LICENSE.txt", "libheif.mjs"]);
    const source = readFileSync("node_modules/libheif-js/libheif-wasm/libheif-bundle.mjs");
    expect(readFileSync(join(folderOf("ingest"), "libheif.mjs")).equals(source)).toBe(true);
    expect(source.length).toBeLessThan(2_100_000);
    expect(readFileSync(join(folderOf("ingest"), "libheif.LICENSE.txt"), "utf8")).toContain(
      "GNU LESSER GENERAL PUBLIC LICENSE",
    );
    expect(librariesOf("ingest")).not.toContain("libheif-js");
    expect(names.filter((name) => readdirSync(folderOf(name)).includes("libheif.mjs"))).toEqual(["ingest"]);
  });

  it("prints a phone's HEIC in an empty folder, far from its libraries", async () => {
    bringSharp(folderOf("ingest"));
    const folder = join(place, "handed-in");
    const cloud = localCloud({ folder, isDurable: false });
    const text =
      "---\ntitel: Der Steg\ntitelbild: { datei: steg.heic, alt: Ein Steg, foto: privat }\n---\n\nEr steht.\n";
    const key = "submissions/elblandbote/steg";
    await cloud.files.write(`${key}/steg.md`, text, { type: "text/plain" });
    const heic = readFileSync("test/core/article/heic/phone.heic");
    await cloud.files.write(`${key}/steg.heic`, heic, { type: "application/octet-stream" });

    const body = JSON.stringify({ detail: { object: { key: `${key}/steg.heic` } } });
    const script = `
      import { localCloud } from ${JSON.stringify(pathToFileURL("local/cloud/local-cloud.ts").href)};
      import { ingest } from "./index.mjs";
      const cloud = localCloud({ folder: ${JSON.stringify(folder)}, isDurable: false });
      const event = { Records: [{ messageId: "1", body: ${JSON.stringify(body)} }] };
      const answer = await ingest(cloud)(event, { deadline: new Date(Date.now() + 60_000) });
      cloud.close();
      console.log(JSON.stringify(answer));`;
    expect(await runBeside("ingest", script)).toEqual({ batchItemFailures: [] });
    expect((await readArticle(cloud, "elblandbote", "steg"))?.images["steg.heic"]).toMatchObject({
      width: 64,
      height: 96,
    });
    cloud.close();
  });
});

describe("the desk's bundle", () => {
  it("alone makes forms to hand files in with, and enters people", () => {
    const desks = ["desk", "regional-desk"];
    for (const library of ["@aws-sdk/s3-presigned-post", "@aws-sdk/client-cognito-identity-provider"])
      expect(names.filter((name) => librariesOf(name).includes(library))).toEqual(desks);
  });

  it("is no heavier than a page may wait for, and makes no pictures", () => {
    expect(bytesOf("desk")).toBeLessThanOrEqual(3_000_000);
    expect(made.get("desk")?.needsSharp).toBe(false);
    // The issuer of one machine stays there.
    expect(librariesOf("desk").filter((library) => /^(oidc-provider|koa)/.test(library))).toEqual([]);
  });
});

describe("every bundle", () => {
  it.each(names)("%s wakes by itself and offers its handler", async (name) => {
    if (made.get(name)?.needsSharp) bringSharp(folderOf(name));
    const script = `const { handler } = await import("./index.mjs"); console.log(JSON.stringify(typeof handler));`;
    expect(await runBeside(name, script)).toBe("function");
  });

  it("carries sharp only where pictures are made", () => {
    expect(names.filter((name) => made.get(name)?.needsSharp)).toEqual(["ingest"]);
  });

  it("carries templates and fonts where templates are read", () => {
    const withTemplates = names.filter((name) => readdirSync(folderOf(name)).includes("templates"));
    expect(withTemplates).toEqual(["build", "plan", "ask", "archive", "site", "desk", "whole-site", "regional-desk"]);
    expect(readdirSync(join(folderOf("build"), "templates", "fonts")).sort()).toEqual([...house().fonts.keys()].sort());
  });

  it.each(names)("%s leaves at home what it never asks for", (name) => {
    const unwanted = /^(typescript|juice|cheerio|htmlnano|js-beautify|@aws-sdk\/credential-provider-sso)$/;
    expect(librariesOf(name).filter((library) => unwanted.test(library))).toEqual([]);
    // A schema library's messages in fifty languages would be a third of a bundle; nobody reads them.
    expect(made.get(name)?.sources.filter((source) => /zod\/v4\/locales\/(?!en\.|index\.)/.test(source))).toEqual([]);
  });
});

const settingLike = (name: string): string =>
  /QUEUE/.test(name) ? "https://queue.example/q" : /ROLE|PLAN|ARCHIVE|SECRET/.test(name) ? "arn:aws:any" : "a-name";

describe("in a Lambda", () => {
  it("a function signs with the credentials of its environment", async () => {
    const signatures: string[] = [];
    const server = createServer((request, response) => {
      signatures.push(request.headers.authorization ?? "");
      response.end(JSON.stringify({ Items: [], Count: 0 }));
    });
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const script = `
      const { handler } = await import("./index.mjs");
      await handler({}, { getRemainingTimeInMillis: () => 10_000 });
      console.log("true");`;
    const env = {
      ...Object.fromEntries(settingNames.map((name) => [name, settingLike(name)])),
      ...{ AWS_REGION: "eu-central-1", AWS_ENDPOINT_URL: endpoint },
      ...{ AWS_ACCESS_KEY_ID: "AKIDEXAMPLE", AWS_SECRET_ACCESS_KEY: "secret", AWS_SESSION_TOKEN: "token" },
    };
    await runBeside("sweep", script, env);
    server.close();
    expect(signatures[0]).toMatch(/^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\//);
  });
});

describe("a deployment", () => {
  it("gives each function its own bundle, and ingest the sharp of Lambda's processor", () => {
    const { PATH = "" } = process.env;
    const told = join(place, "npm-was-told");
    writeFileSync(join(place, "npm"), `#!/bin/sh\necho "$@" > ${told}\n`, { mode: 0o755 });
    process.env.PATH = `${place}${delimiter}${PATH}`;
    const assembly = kurier([small], { outdir: join(place, "cdk.out") }).synth();
    process.env.PATH = PATH;

    const template: Template = assembly.getStackByName("kurier-klein").template;
    const code = ofType(template, "AWS::Lambda::Function").map(([, { Properties }]) => Properties.Code.S3Key);
    expect(new Set(code).size).toBe(withoutMail.length);
    const { sharp } = JSON.parse(readFileSync("package.json", "utf8")).dependencies;
    expect(readFileSync(told, "utf8")).toMatch(
      new RegExp(`^i --os=linux --cpu=arm64 --libc=glibc --no-save sharp@${sharp} --prefix .*/ingest\n$`),
    );
    // Eleven bundles in a row: half a minute is not enough where others work as well.
  }, 120_000);
});
