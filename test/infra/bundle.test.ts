import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { build as buildEditions } from "../../core/edition/build.ts";
import { draft } from "../../core/issue/draft.ts";
import { idOfIssue } from "../../core/issue/issue.ts";
import { operator } from "../../core/rights.ts";
import { settingNames } from "../../functions/cloud/settings.ts";
import { house } from "../../functions/house.ts";
import { readArticles, saveRevision } from "../../functions/records/articles.ts";
import { readManifest } from "../../functions/records/editions.ts";
import { saveIssue } from "../../functions/records/issues.ts";
import { savePublication } from "../../functions/records/publications.ts";
import { kurier } from "../../infra/app.ts";
import { type Bundle, bundle } from "../../infra/parts/bundle.ts";
import { localCloud } from "../../local/cloud/local-cloud.ts";
import { springIssue } from "../spring-issue.ts";
import { ofType, small, type Template } from "./synthesised.ts";

const names = [
  "ingest",
  "receive",
  "build",
  "plan",
  "deliver",
  "ask",
  "record-feedback",
  "sweep",
  "forget",
  "archive",
  "site",
  // In a regional stage it stands in the site's place.
  "whole-site",
] as const;
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
const bringSharp = (folder: string): void => symlinkSync(resolve("node_modules"), join(folder, "node_modules"));

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
    expect(withTemplates).toEqual(["build", "plan", "ask", "archive", "site", "whole-site"]);
    expect(readdirSync(join(folderOf("build"), "templates", "fonts")).sort()).toEqual([...house().fonts.keys()].sort());
  });

  it.each(names)("%s leaves at home what it never asks for", (name) => {
    const unwanted = /^(typescript|juice|cheerio|htmlnano|js-beautify|@aws-sdk\/credential-provider-sso)$/;
    expect(librariesOf(name).filter((library) => unwanted.test(library))).toEqual([]);
    // A schema library's messages in fifty languages would be a third of a bundle; nobody reads them.
    expect(made.get(name)?.sources.filter((source) => /zod\/v4\/locales\/(?!en\.)/.test(source))).toEqual([]);
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
    // A stage with one site, whose authors do not hand in by mail.
    expect(new Set(code).size).toBe(names.length - 2);
    const { sharp } = JSON.parse(readFileSync("package.json", "utf8")).dependencies;
    expect(readFileSync(told, "utf8")).toMatch(
      new RegExp(`^i --os=linux --cpu=arm64 --libc=glibc --no-save sharp@${sharp} --prefix .*/ingest\n$`),
    );
  });
});
