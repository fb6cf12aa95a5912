import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { systemClock } from "../../../functions/cloud/clock.ts";
import { Conflict, type Files } from "../../../functions/cloud/cloud.ts";
import { s3Files } from "../../../functions/cloud/files.ts";

type Told = readonly [status: number, body?: string];
const refused = (status: number, code: string): Told => [
  status,
  `<Error><Code>${code}</Code><Message>${code}</Message></Error>`,
];
const lost = refused(500, "InternalError");
const exists = refused(412, "PreconditionFailed");

let server: Server;
let asked: string[];
/** S3, answering from a script. */
async function filesTold(...script: Told[]): Promise<Files> {
  asked = [];
  server = createServer(async (request, response) => {
    request.resume();
    await once(request, "end");
    const [status, body = ""] = script[asked.length] ?? [500];
    asked.push(`${request.method} ${request.url?.split("?")[0]}`);
    response.writeHead(status, { etag: '"e"' }).end(body);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  process.env.AWS_ENDPOINT_URL_S3 = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return s3Files({ private: "desk", public: "site" }, { ...systemClock, sleep: async () => {} });
}
const onlyOnce = { type: "text/plain", ifAbsent: true };

beforeEach(() => {
  Object.assign(process.env, { AWS_REGION: "eu-central-1", AWS_ACCESS_KEY_ID: "key", AWS_SECRET_ACCESS_KEY: "secret" });
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
  delete process.env.AWS_ENDPOINT_URL_S3;
});

describe("a file that must not be there yet", () => {
  it("is ours when the first try had succeeded and its answer was lost", async () => {
    const files = await filesTold(lost, exists, [200, "Grüße"]);
    expect(await files.write("editions/a.txt", "Grüße", onlyOnce)).toEqual({ etag: '"e"' });
  });

  it("is another's when other bytes stand there", async () => {
    const files = await filesTold(lost, exists, [200, "Guten Tag"]);
    await expect(files.write("editions/a.txt", "Grüße", onlyOnce)).rejects.toThrow(Conflict);
  });

  it("is another's when no answer was lost", async () => {
    const files = await filesTold(exists);
    await expect(files.write("editions/a.txt", "Grüße", onlyOnce)).rejects.toThrow(Conflict);
    expect(asked).toHaveLength(1);
  });

  it("is written once more when two came at the same time", async () => {
    const files = await filesTold(refused(409, "ConditionalRequestConflict"), [200]);
    expect(await files.write("editions/a.txt", "Grüße", onlyOnce)).toEqual({ etag: '"e"' });
  });
});

describe("where files lie", () => {
  it("the public sees what is below public/, and nothing else", async () => {
    const files = await filesTold([200], [200]);
    await files.write("public/elb/2026-01/index.html", "<p>", { type: "text/html" });
    await files.write("editions/elb/index.html", "<p>", { type: "text/html" });
    expect(asked).toEqual(["PUT /site/elb/2026-01/index.html", "PUT /desk/editions/elb/index.html"]);
  });

  it("reads what others put there under names we would not give", async () => {
    const files = await filesTold([200, "Grüße"]);
    const name = "Bürgerbüro.md".normalize("NFD");
    expect(await files.read(`submissions/elb/x/${name}`)).toMatchObject({ bytes: 7 });
    expect(asked).toEqual([`GET /desk/submissions/elb/x/${encodeURIComponent(name)}`]);
  });

  it("takes a missing right for a fault, never for a missing file", async () => {
    const files = await filesTold(refused(403, "AccessDenied"));
    await expect(files.read("editions/a.txt")).rejects.toThrow("AccessDenied");
  });
});
