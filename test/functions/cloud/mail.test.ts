import { createServer, type Server, type Socket } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { bytesOf, messageOf } from "../../../core/delivery/message.ts";
import { systemClock } from "../../../functions/cloud/clock.ts";
import type { Letter } from "../../../functions/cloud/cloud.ts";
import { type SesMail, sesMail } from "../../../functions/cloud/mail.ts";
import { type Answer, type LoopbackSes, startLoopbackSes } from "../../cloud/loopback-ses.ts";

const letter: Letter = {
  stream: "editions",
  from: "Elbauenbote <post@elbauen.example>",
  to: "zoe.mueller@leser.example",
  message: messageOf(Buffer.from("From: x\r\nTo: y\r\n\r\nGuten Tag =3D &+%\r\n")),
  tags: { delivery: "abc_DEF-123", issue: "elb-2026-01" },
};
const sets = { editions: "kurier-editions", confirmations: "kurier-confirmations" };

let ses: LoopbackSes;
let mail: SesMail;

const credentials = { AWS_REGION: "eu-central-1", AWS_ACCESS_KEY_ID: "key", AWS_SECRET_ACCESS_KEY: "secret" };

/** A carrier at another address, with little patience; but a busy machine may well stand still for half a second. */
function mailTo(url: string, answer = 1200): SesMail {
  process.env.AWS_ENDPOINT_URL_SES = url;
  return sesMail(sets, { connect: 1200, answer, idle: 100 });
}

/** Which of the four it became: `Doubtful ECONNRESET`. */
const answerOf = (sending: Promise<unknown>): Promise<string> =>
  sending.then(
    () => "accepted",
    (trouble: Error) => `${trouble.name} ${trouble.message}`,
  );

beforeEach(async () => {
  Object.assign(process.env, credentials);
  ses = await startLoopbackSes();
  mail = mailTo(ses.url);
});
afterEach(async () => {
  mail.renewSockets();
  await ses.stop();
  delete process.env.AWS_ENDPOINT_URL_SES;
});

describe("a letter to SES", () => {
  it("goes to one address with its bytes, its set and its tags, and comes back with a message id", async () => {
    expect(await mail.send(letter)).toEqual({ messageId: "0107-000001" });
    expect(ses.accepted).toMatchObject([
      {
        source: letter.from,
        destinations: [letter.to],
        set: "kurier-editions",
        tags: letter.tags,
        raw: bytesOf(letter.message),
      },
    ]);
  });

  const refused: readonly [string, Answer, string][] = [
    // The letter or its address
    [
      "a rejected letter",
      { status: 400, code: "MessageRejected", message: "Address blacklisted." },
      "Rejected MessageRejected",
    ],
    [
      "a bad address",
      { status: 400, code: "InvalidParameterValue", message: "Missing final '@domain': zoe.mueller" },
      "Rejected InvalidParameterValue",
    ],
    [
      "a malformed member",
      {
        status: 400,
        code: "ValidationError",
        message: "Value at 'destinations.1.member' failed to satisfy constraint",
      },
      "Rejected ValidationError",
    ],
    [
      "a recipient the sandbox does not know",
      {
        status: 400,
        code: "MessageRejected",
        message:
          "Email address is not verified. The following identities failed the check in region EU-CENTRAL-1: Zoe.Mueller@leser.example",
      },
      "Rejected MessageRejected",
    ],
    // Nobody may send now
    [
      "an unverified sender",
      {
        status: 400,
        code: "MessageRejected",
        message:
          "Email address is not verified. The following identities failed the check in region EU-CENTRAL-1: Elbauenbote &lt;post@elbauen.example&gt;, post@elbauen.example",
      },
      "Closed SenderNotVerified",
    ],
    [
      "a suspended account",
      { status: 400, code: "MessageRejected", message: "Sending suspended for this account." },
      "Closed AccountSendingPaused",
    ],
    [
      "a paused account",
      { status: 400, code: "AccountSendingPausedException" },
      "Closed AccountSendingPausedException",
    ],
    [
      "a paused set",
      { status: 400, code: "ConfigurationSetSendingPausedException" },
      "Closed ConfigurationSetSendingPausedException",
    ],
    [
      "a missing set",
      { status: 400, code: "ConfigurationSetDoesNotExist" },
      "Closed ConfigurationSetDoesNotExistException",
    ],
    [
      "a MAIL FROM without its record",
      { status: 400, code: "MailFromDomainNotVerifiedException" },
      "Closed MailFromDomainNotVerifiedException",
    ],
    ["a right that is missing", { status: 403, code: "AccessDenied" }, "Closed AccessDenied"],
    ["expired credentials", { status: 403, code: "ExpiredToken" }, "Closed ExpiredToken"],
    ["an unknown refusal", { status: 400, code: "SomethingNew" }, "Closed SomethingNew"],
    ["a proxy's page", { status: 407, body: "<html><p>Please sign in" }, "Closed"],
    // Too fast
    [
      "too many a second",
      { status: 400, code: "Throttling", message: "Maximum sending rate exceeded." },
      "Throttled Throttling",
    ],
    [
      "the day's quota",
      { status: 454, code: "Throttling", message: "Daily message quota exceeded." },
      "Throttled Throttling",
    ],
    ["a 429", { status: 429, code: "TooManyRequests" }, "Throttled TooManyRequests"],
    // Who knows
    ["an inner fault", { status: 500, code: "InternalFailure" }, "Doubtful InternalFailure"],
    ["an outage", { status: 503, code: "ServiceUnavailable" }, "Doubtful ServiceUnavailable"],
    ["a throttle that came as 5xx", { status: 503, code: "Throttling" }, "Doubtful Throttling"],
    ["a gateway's page", { status: 502, body: "<html>Bad Gateway</html>" }, "Doubtful"],
    ["a 200 nobody can read", { status: 200, body: "<SendRawEmailResp" }, "Doubtful"],
    ["a 200 without an id", { status: 200, body: "<SendRawEmailResponse/>" }, "Doubtful"],
    ["a line reset in mid letter", "reset-in-letter", "Doubtful ECONNRESET"],
    ["a line reset after the letter", "reset-after-letter", "Doubtful ECONNRESET"],
    ["a line closed after the letter", "close-after-letter", "Doubtful ECONNRESET"],
    ["an answer cut in half", "cut-in-answer", "Doubtful ECONNRESET"],
    ["an answer that stalls", "stall-in-answer", "Doubtful"],
    ["no answer at all", "hang", "Doubtful TimeoutError"],
  ];
  it.each(refused)("takes %s for what it is, and asks once", async (_, how, what) => {
    ses.answer(how);
    const answer = await answerOf(mail.send(letter));
    expect(answer.startsWith(what) ? what : answer).toBe(what);
    expect(ses.requests()).toBe(1);
    expect(answer).not.toMatch(/@|zoe|mueller/i);
  });

  it("does not keep SES's sentence about an address anywhere in the trouble", async () => {
    ses.answer({ status: 400, code: "MessageRejected", message: "Not to zoe.mueller@leser.example" });
    const trouble = await mail.send(letter).catch((thrown: Error) => thrown);
    expect(JSON.stringify([trouble, { ...trouble }, (trouble as Error).cause])).not.toContain("leser.example");
  });

  it("is doubtful on a reused line as on a new one", async () => {
    await mail.send(letter);
    ses.answer("reset-after-letter");
    expect(await answerOf(mail.send(letter))).toBe("Doubtful ECONNRESET");
    expect([ses.connections(), ses.requests()]).toEqual([1, 2]);
  });

  it("does not trust a line that lay unused", async () => {
    await mail.send(letter);
    await systemClock.sleep(200);
    await mail.send(letter);
    expect(ses.connections()).toBe(2);
  });

  it("waits on, whatever a line may idle, for an answer that is slow", async () => {
    ses.answer("slow");
    expect(await answerOf(mail.send(letter))).toBe("accepted");
  });

  it("has a line of its own while others are on their way", async () => {
    ses.answer({ together: 60 });
    const patient = mailTo(ses.url, 20_000);
    await Promise.all(Array.from({ length: 60 }, () => patient.send(letter)));
    patient.renewSockets();
    expect([ses.connections(), ses.accepted.length]).toEqual([60, 60]);
  });

  it("takes a new line in a new invocation", async () => {
    await mail.send(letter);
    await mail.send(letter);
    mail.renewSockets();
    await mail.send(letter);
    expect(ses.connections()).toBe(2);
  });
});

describe("a letter on a line that breaks", () => {
  /** Larger than what the sockets of both sides hold. */
  const large: Letter = { ...letter, message: messageOf(Buffer.alloc(8_000_000, "Guten Tag\r\n")) };

  const breaks: readonly [string, (socket: Socket) => void, RegExp][] = [
    ["is cut before a byte is read", cutUnread, /^Doubtful (ECONNRESET|EPIPE)$/],
    ["is cut in the middle of it", cutAfterFirstPart, /^Doubtful (ECONNRESET|EPIPE)$/],
    ["is closed in the middle of it", (socket) => socket.once("data", () => socket.destroy()), /^Doubtful E/],
    ["stalls in the middle of it", (socket) => socket.once("data", () => socket.pause()), /^Doubtful TimeoutError$/],
  ];
  it.each(breaks)("is doubtful when the line %s, and is not sent again", async (_, then, what) => {
    const { server, url, connections } = await listen(then, "http");
    expect(await answerOf(mailTo(url).send(large))).toMatch(what);
    expect(connections()).toBe(1);
    server.close();
  });

  function cutUnread(socket: Socket): void {
    socket.pause();
    setTimeout(() => socket.resetAndDestroy(), 50);
  }

  function cutAfterFirstPart(socket: Socket): void {
    socket.once("data", () => socket.resetAndDestroy());
  }
});

describe("a letter that cannot have left", () => {
  it("waits when SES has no address", async () => {
    expect(await answerOf(mailTo("http://nowhere.invalid").send(letter))).toMatch(/^Closed (ENOTFOUND|EAI_AGAIN)$/);
  });

  it("waits when nobody listens", async () => {
    await ses.stop();
    expect(await answerOf(mail.send(letter))).toBe("Closed ECONNREFUSED");
    ses = await startLoopbackSes();
  });

  it("waits when there are no credentials", async () => {
    delete process.env.AWS_ACCESS_KEY_ID;
    Object.assign(process.env, {
      AWS_EC2_METADATA_DISABLED: "true",
      AWS_SHARED_CREDENTIALS_FILE: "none",
      AWS_CONFIG_FILE: "none",
    });
    expect(await answerOf(mailTo(ses.url).send(letter))).toBe("Closed CredentialsProviderError");
    expect(ses.requests()).toBe(0);
  });

  const never: readonly [string, (socket: Socket) => void, string][] = [
    ["is cut", (socket) => socket.once("data", () => socket.resetAndDestroy()), "Closed ECONNRESET"],
    ["is nonsense", (socket) => socket.once("data", () => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n")), "Closed "],
    ["hangs", () => {}, "Closed TimeoutError"],
  ];
  it.each(never)("waits when the TLS handshake %s", async (_, then, what) => {
    const { server, url, connections } = await listen(then, "https");
    const answer = await answerOf(mailTo(url).send(letter));
    expect(answer.startsWith(what) ? what : answer).toBe(what);
    expect(connections()).toBe(1);
    server.close();
  });
});

describe("the carrier", () => {
  it("tells its quota", async () => {
    await mail.send(letter);
    expect(await mail.quota()).toEqual({ perSecond: 14, perDay: 50_000, sentInLastDay: 1 });
  });

  it("closes one stream and leaves the other open", async () => {
    await mail.close("editions");
    expect(await answerOf(mail.send(letter))).toBe("Closed ConfigurationSetSendingPausedException");
    expect(await answerOf(mail.send({ ...letter, stream: "confirmations" }))).toBe("accepted");
    await mail.open("editions");
    expect(await answerOf(mail.send(letter))).toBe("accepted");
  });
});

/** A listener that answers nothing of HTTP, and never speaks TLS. */
async function listen(
  then: (socket: Socket) => void,
  scheme: "http" | "https",
): Promise<{ server: Server; url: string; connections: () => number }> {
  let connections = 0;
  const server = createServer((socket) => {
    connections++;
    socket.on("error", () => {});
    then(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  return { server, url: `${scheme}://127.0.0.1:${port}`, connections: () => connections };
}
