/** SES and DynamoDB as far as a letter asks them: every letter is taken, every write done, every subscriber is there. */
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

const accepted = `<SendRawEmailResponse xmlns="http://ses.amazonaws.com/doc/2010-12-01/"><SendRawEmailResult><MessageId>0107018f3a5b1c2d-5f0a1b2c-3d4e-5f60-7182-93a4b5c6d7e8-000000</MessageId></SendRawEmailResult><ResponseMetadata><RequestId>00000000-0000-4000-8000-000000000000</RequestId></ResponseMetadata></SendRawEmailResponse>`;

const server = createServer((request, response) => {
  const target = String(request.headers["x-amz-target"] ?? "");
  const answer = (type: string, body: string): void =>
    void response.writeHead(200, { "content-type": type, "content-length": Buffer.byteLength(body) }).end(body);
  if (target.endsWith("BatchGetItem")) {
    void textOf(request).then((text) => answer("application/x-amz-json-1.0", found(text)));
  } else {
    request.resume();
    request.once("end", () => (target ? answer("application/x-amz-json-1.0", "{}") : answer("text/xml", accepted)));
  }
});
server.keepAliveTimeout = 60_000;
server.listen(0, "127.0.0.1", () => process.send?.((server.address() as AddressInfo).port));
process.once("disconnect", () => process.exit());

async function textOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const part of request) text += part;
  return text;
}

interface Asked {
  readonly RequestItems: Record<string, { readonly Keys: readonly { readonly pk: { readonly S: string } }[] }>;
}

/** Every subscriber, no suppression. */
function found(text: string): string {
  const { RequestItems } = JSON.parse(text) as Asked;
  const rows = Object.entries(RequestItems).map(([table, { Keys }]) => [
    table,
    Keys.filter(({ pk }) => pk.S.startsWith("subscribers#")).map((key) => ({ ...key, ...subscriber })),
  ]);
  return JSON.stringify({ Responses: Object.fromEntries(rows), UnprocessedKeys: {} });
}

const subscriber = {
  ...{ v: { N: "1" }, state: { S: "confirmed" }, address: { S: "leserin@rathaus.example" }, format: { S: "html" } },
  ...{ name: { S: "Jördis Mühlbach" }, language: { S: "de" }, confirmedAt: { S: "2026-01-05T09:00:00.000Z" } },
};
