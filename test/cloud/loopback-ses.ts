import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { accountXml, freshAccount, type LoopbackAccount } from "./loopback-account.ts";
import { whyUnsigned } from "./signature.ts";

/** One SendRawEmail as it came over the wire. */
export interface SentRaw {
  readonly source: string;
  readonly destinations: readonly string[];
  readonly set: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly raw: Buffer;
  /** The request's body. */
  readonly form: string;
  /** `x-amz-date`: when its sender says it was signed. */
  readonly signedAt: string;
}

/** What SES does with the next SendRawEmail. */
export type Answer =
  | "accept"
  /** Accepts, after a third of a second. */
  | "slow"
  /** Accepts once so many letters wait for their answer. */
  | { readonly together: number }
  | "hang"
  /** Reads the whole letter, then the line is cut: with a reset, or politely. */
  | "reset-after-letter"
  | "close-after-letter"
  /** Cut while the letter is still arriving. */
  | "reset-in-letter"
  /** `200 OK`, and the line is cut, or stalls, before the message id is through. */
  | "cut-in-answer"
  | "stall-in-answer"
  /** Status and code of an SES error, or a body of its own. */
  | { readonly status: number; readonly code: string; readonly message?: string }
  | { readonly status: number; readonly body: string };

/**
 * SES over loopback HTTP: it answers, refuses, throttles, drops and hangs, checks every signature, and counts what it
 * sees.
 * Point the SDK at `url` with `AWS_ENDPOINT_URL_SES`.
 */
export interface LoopbackSes {
  readonly url: string;
  /** Requests for SendRawEmail that reached us, whatever we made of them. */
  requests(): number;
  /** Connections that were opened to us. */
  connections(): number;
  readonly accepted: readonly SentRaw[];
  /** From now on. A function decides letter by letter. */
  answer(how: Answer | ((letter: SentRaw) => Answer)): void;
  quota: { perSecond: number; perDay: number };
  readonly account: LoopbackAccount;
  stop(): Promise<void>;
}

/** The keys tests sign with. */
const secrets = { key: "secret", contract: "contract" };

export async function startLoopbackSes(): Promise<LoopbackSes> {
  const accepted: SentRaw[] = [];
  const closedSets = new Set<string>();
  let how: Answer | ((letter: SentRaw) => Answer) = "accept";
  let requests = 0;
  let connections = 0;
  const waiting: (() => void)[] = [];
  const quota = { perSecond: 14, perDay: 50_000 };
  const account = freshAccount();

  const send = (letter: SentRaw, response: ServerResponse) => {
    if (closedSets.has(letter.set)) return refuse(response, 400, "ConfigurationSetSendingPausedException", "paused");
    const next = typeof how === "function" ? how(letter) : how;
    const isTogether = typeof next === "object" && "together" in next;
    if (next === "accept" || next === "slow" || isTogether) accepted.push(letter);
    const answer =
      (as: Answer, messageId = `0107-${String(requests).padStart(6, "0")}`) =>
      () =>
        perform(as, response, messageId);
    if (!isTogether) return answer(next)();
    waiting.push(answer("accept"));
    if (waiting.length >= next.together) for (const one of waiting.splice(0)) one();
  };

  const tell = (action: string, form: URLSearchParams, response: ServerResponse) => {
    const { refusal, sets } = account;
    if (refusal) return refuse(response, refusal.status, refusal.code, refusal.message);
    if (action === "GetSendQuota") return reply(response, action, quotaXml(quota, accepted.length));
    if (action === "DescribeConfigurationSet" && !((form.get("ConfigurationSetName") ?? "") in sets))
      return refuse(response, 400, "ConfigurationSetDoesNotExist", "no such set");
    const told = accountXml(action, form, account);
    if (told === undefined) return refuse(response, 400, "InvalidAction", `no action ${action}`);
    return reply(response, action, told);
  };

  const server = createServer(async (request, response) => {
    // Whoever cut the line is no fault of this server's.
    request.on("error", () => {});
    if (how === "reset-in-letter") {
      requests++;
      request.socket.resetAndDestroy();
      return;
    }
    const body = await bodyOf(request);
    const unsigned = whyUnsigned(request, body, secrets);
    if (unsigned) return refuse(response, 403, "SignatureDoesNotMatch", unsigned);
    const form = new URLSearchParams(body.toString("latin1"));
    const action = form.get("Action") ?? "";
    if (action === "SendRawEmail") {
      requests++;
      send(letterOf(form, body, String(request.headers["x-amz-date"])), response);
    } else if (action === "UpdateConfigurationSetSendingEnabled") {
      const set = form.get("ConfigurationSetName") ?? "";
      if (form.get("Enabled") === "false") closedSets.add(set);
      else closedSets.delete(set);
      reply(response, action, "");
    } else tell(action, form, response);
  });
  server.on("connection", () => connections++);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests: () => requests,
    connections: () => connections,
    accepted,
    answer: (next) => {
      how = next;
    },
    quota,
    account,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts);
}

const letterOf = (form: URLSearchParams, body: Buffer, signedAt: string): SentRaw => ({
  signedAt,
  source: form.get("Source") ?? "",
  destinations: members(form, "Destinations.member", ""),
  set: form.get("ConfigurationSetName") ?? "",
  tags: Object.fromEntries(
    members(form, "Tags.member", ".Name").map((name, index) => [
      name,
      form.get(`Tags.member.${index + 1}.Value`) ?? "",
    ]),
  ),
  raw: Buffer.from(form.get("RawMessage.Data") ?? "", "base64"),
  form: body.toString("latin1"),
});

function members(form: URLSearchParams, list: string, field: string): string[] {
  const found: string[] = [];
  for (
    let value = form.get(`${list}.1${field}`);
    value !== null;
    value = form.get(`${list}.${found.length + 1}${field}`)
  )
    found.push(value);
  return found;
}

function perform(how: Answer, response: ServerResponse, messageId: string): void {
  const answer = xml("SendRawEmail", `<MessageId>${messageId}</MessageId>`);
  if (how === "accept") response.writeHead(200, xmlHeaders).end(answer);
  else if (how === "slow") setTimeout(() => response.writeHead(200, xmlHeaders).end(answer), 333);
  else if (how === "reset-after-letter") response.socket?.resetAndDestroy();
  else if (how === "close-after-letter") response.socket?.end();
  else if (how === "cut-in-answer" || how === "stall-in-answer") {
    response.writeHead(200, { ...xmlHeaders, "content-length": answer.length });
    response.write(answer.slice(0, answer.indexOf("<MessageId>")), () => {
      if (how === "cut-in-answer") response.socket?.resetAndDestroy();
    });
  } else if (typeof how === "object" && "body" in how) response.writeHead(how.status).end(how.body);
  else if (typeof how === "object" && "status" in how) refuse(response, how.status, how.code, how.message ?? how.code);
}

const xmlHeaders = { "content-type": "text/xml" };
const namespace = 'xmlns="http://ses.amazonaws.com/doc/2010-12-01/"';
const requestId = "<RequestId>00000000-0000-4000-8000-000000000000</RequestId>";

const xml = (action: string, result: string): string =>
  `<${action}Response ${namespace}><${action}Result>${result}</${action}Result><ResponseMetadata>${requestId}</ResponseMetadata></${action}Response>`;

const reply = (response: ServerResponse, action: string, result: string) =>
  response.writeHead(200, xmlHeaders).end(xml(action, result));

const quotaXml = ({ perSecond, perDay }: LoopbackSes["quota"], sent: number): string =>
  `<MaxSendRate>${perSecond}</MaxSendRate><Max24HourSend>${perDay}</Max24HourSend><SentLast24Hours>${sent}</SentLast24Hours>`;

function refuse(response: ServerResponse, status: number, code: string, message: string): void {
  const fault = status >= 500 ? "Receiver" : "Sender";
  const body = `<ErrorResponse ${namespace}><Error><Type>${fault}</Type><Code>${code}</Code><Message>${message}</Message></Error>${requestId}</ErrorResponse>`;
  response.writeHead(status, xmlHeaders).end(body);
}
