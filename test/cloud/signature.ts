import { createHash, createHmac } from "node:crypto";
import type { IncomingMessage } from "node:http";

/**
 * AWS Signature Version 4 as the service checks it, written from its description; shares nothing with the SDK.
 * Answers what is wrong, or undefined.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function whyUnsigned(
  request: Pick<IncomingMessage, "method" | "url" | "headers">,
  body: Uint8Array,
  secrets: Readonly<Record<string, string>>,
): string | undefined {
  const parsed =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request, SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/.exec(
      request.headers.authorization ?? "",
    );
  if (!parsed) return "there is no signature";
  const [, id = "", day = "", region = "", service = "", names = "", signature = ""] = parsed;
  const secret = secrets[id];
  if (secret === undefined) return "nobody has this key";
  const time = String(request.headers["x-amz-date"]);
  if (!/^\d{8}T\d{6}Z$/.test(time) || !time.startsWith(day)) return "its day is not the request's";
  const signed = names.split(";");
  const missing = ["host", ...Object.keys(request.headers).filter((name) => name.startsWith("x-amz-"))].find(
    (name) => !signed.includes(name),
  );
  if (missing) return `${missing} is not signed`;
  const [path = "", query = ""] = (request.url ?? "").split("?");
  const headers = signed
    .map((name) => `${name}:${String(request.headers[name]).trim().replace(/ +/g, " ")}\n`)
    .join("");
  const canonical = [request.method, path, query, headers, names, sha256(body)].join("\n");
  const toSign = ["AWS4-HMAC-SHA256", time, `${day}/${region}/${service}/aws4_request`, sha256(canonical)].join("\n");
  const key = [day, region, service, "aws4_request"].reduce(hmac, Buffer.from(`AWS4${secret}`));
  return hmac(key, toSign).toString("hex") === signature ? undefined : "it is signed otherwise";
}

const sha256 = (data: string | Uint8Array): string => createHash("sha256").update(data).digest("hex");
const hmac = (key: Buffer, data: string): Buffer => createHmac("sha256", key).update(data).digest();
