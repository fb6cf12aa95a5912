import { createServer, type Socket } from "node:net";
import { SESClient, SendRawEmailCommand } from "@aws-sdk/client-ses";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { bytesOf, messageOf, prepare, prepareText, write } from "../../../core/delivery/message.ts";
import { slot } from "../../../core/edition/slots.ts";
import { systemClock } from "../../../functions/cloud/clock.ts";
import type { Letter } from "../../../functions/cloud/cloud.ts";
import { type SesMail, sesMail } from "../../../functions/cloud/mail.ts";
import { readyBodies } from "../../../functions/cloud/ready-body.ts";
import { type LoopbackSes, startLoopbackSes } from "../../cloud/loopback-ses.ts";
import { aPublication } from "../../people-and-papers.ts";

const content = `${slot("greeting")}Straßen & Wege? ~> ${"Kleine Orte, große Wege. ".repeat(300)}\n${slot("leaveUrl")} ${slot("preferencesUrl")}\n`;
const writing = {
  ...{ publication: aPublication(), language: "de", fingerprint: "0123456789abcdef", subject: "Größe" },
  ...{ html: `<p>${content}</p>`, text: content },
};
const shared = [prepare(writing), prepareText(writing)] as const;

const names = ["", "Ö", "Jördis Mühlbach", "李小龍", "a>>>???~~~", "👩‍👩‍👧‍👦", "x".repeat(120), "+/=&%20"];
const set = "kurier-editions";

/** Readers whose addresses differ in length, so that every piece begins at each place of its three bytes. */
function letter(reader: number): Letter {
  const name = names[reader % names.length] ?? "";
  const leaveUrl = `https://elblandbote.example/u/${"k".repeat(reader % 7)}.${reader}`;
  const to = `leser-${reader}@${"stadt".repeat(1 + (reader % 3))}.example`;
  const addressee = { address: to, name, greeting: name && `Guten Tag, ${name},`, leaveUrl, preferencesUrl: leaveUrl };
  return {
    ...{ stream: "editions", from: "ELBLANDbote <post@elblandbote.example>", to },
    message: write(shared[reader % 2 ? 1 : 0], addressee),
    tags: { delivery: `d_${reader}`, attempt: "a-1", issue: "elb-2026-01" },
  };
}

let ses: LoopbackSes;
let mail: SesMail;
beforeEach(async () => {
  ses = await startLoopbackSes();
  Object.assign(process.env, { AWS_REGION: "eu-central-1", AWS_ACCESS_KEY_ID: "key", AWS_SECRET_ACCESS_KEY: "secret" });
  process.env.AWS_ENDPOINT_URL_SES = ses.url;
  mail = sesMail({ editions: set, confirmations: "kurier-confirmations" });
});
afterEach(async () => {
  mail.renewSockets();
  await ses.stop();
  delete process.env.AWS_ENDPOINT_URL_SES;
});

/** The reference: the client as it comes, given the whole message. */
const sendPlainly = (plain: SESClient, { from, to, message, tags }: Letter) =>
  plain.send(
    new SendRawEmailCommand({
      ...{ Source: from, Destinations: [to], RawMessage: { Data: bytesOf(message) }, ConfigurationSetName: set },
      Tags: Object.entries(tags).map(([Name, Value]) => ({ Name, Value })),
    }),
  );

describe("a body that stands ready", () => {
  it("is on the wire, byte for byte, what the client alone would send", async () => {
    const plain = new SESClient({ maxAttempts: 1 });
    const letters = Array.from({ length: 60 }, (_, reader) => letter(reader));
    for (const one of letters) {
      await mail.send(one);
      await sendPlainly(plain, one);
    }
    const [ours, theirs] = [0, 1].map((side) => ses.accepted.filter((_, index) => index % 2 === side));
    expect(ours?.map(({ form }) => form)).toEqual(theirs?.map(({ form }) => form));
    expect(ours?.map(({ raw }) => raw.toString())).toEqual(letters.map(({ message }) => bytesOf(message).toString()));
    plain.destroy();
  });

  it("is signed at the time of the clock it is given, whatever the machine's says", async () => {
    const ahead = { now: () => new Date("2027-01-02T03:04:05.000Z") };
    const timed = sesMail({ editions: set, confirmations: "" }, undefined, ahead);
    await timed.send(letter(1));
    expect(ses.accepted.at(-1)?.signedAt).toMatch(/^20270102T0304/);
    timed.renewSockets();
  });

  it("is what the signature is over: with another's secret nobody may send", async () => {
    process.env.AWS_SECRET_ACCESS_KEY = "guessed";
    const stranger = sesMail({ editions: set, confirmations: "kurier-confirmations" });
    await expect(stranger.send(letter(1))).rejects.toThrow("SignatureDoesNotMatch");
    stranger.renewSockets();
  });

  it("holds one letter alone, with many on their way and answers of every kind", async () => {
    const answers = [
      "slow",
      { status: 400, code: "Throttling" },
      { status: 500, code: "InternalFailure" },
      "accept",
    ] as const;
    ses.answer(({ tags }) => answers[Number(tags.delivery?.slice(2)) % 5] ?? "accept");
    const letters = Array.from({ length: 200 }, (_, reader) => letter(reader));
    for (let at = 0; at < letters.length; at += 50)
      await Promise.allSettled(letters.slice(at, at + 50).map((one) => mail.send(one)));
    expect(ses.requests()).toBe(200);
    expect(ses.accepted).toHaveLength(120);
    for (const { raw, tags } of ses.accepted)
      expect(raw.equals(bytesOf(letters[Number(tags.delivery?.slice(2))]?.message ?? messageOf(raw)))).toBe(true);
  });

  it("stays as it is while the socket may still read it, even when SES answers in mid letter", async () => {
    const carrier = await hastyCarrier();
    process.env.AWS_ENDPOINT_URL_SES = carrier.url;
    const hasty = sesMail({ editions: set, confirmations: "" }, { connect: 250, answer: 500, idle: 100 });
    const large = (sign: string): Letter => ({ ...letter(1), message: messageOf(Buffer.alloc(6_000_000, sign)) });
    await expect(hasty.send(large("AAA"))).rejects.toThrow("Throttling");
    await hasty.send(large("BBB")).catch(() => {});
    expect(await carrier.firstBody()).not.toContain("QkJC");
    hasty.renewSockets();
    carrier.stop();
  });

  it("uses a buffer again once its letter was accepted, and not before", () => {
    const bodies = readyBodies();
    const fill = () => {
      const body = bodies(letter(1).message);
      return { body, buffer: body.fill("Action=A&RawMessage.Data=&Source=b").buffer };
    };
    const [one, other] = [fill(), fill()];
    expect(other.buffer).not.toBe(one.buffer);
    one.body.giveBack();
    expect(fill().buffer).toBe(one.buffer);
    expect(fill().buffer).not.toBe(one.buffer);
  });

  it("is never made when the client leaves no place for it", () => {
    expect(() => readyBodies()(letter(1).message).fill("Action=SendRawEmail")).toThrow("no place");
  });
});

/** Answers "too fast" to the first letter before it has read it, and reads the rest a moment later. */
async function hastyCarrier(): Promise<{ url: string; firstBody(): Promise<string>; stop(): void }> {
  const whole = Promise.withResolvers<string>();
  const sockets: Socket[] = [];
  const xml = "<ErrorResponse><Error><Code>Throttling</Code><Message>slow down</Message></Error></ErrorResponse>";
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.on("error", () => {});
    if (sockets.length > 1) return;
    let text = "";
    const done = () => whole.resolve(text);
    socket.once("data", async (part) => {
      text = part.toString("latin1");
      socket.pause();
      socket.write(`HTTP/1.1 400 Bad Request\r\nContent-Length: ${xml.length}\r\n\r\n${xml}`);
      await systemClock.sleep(300);
      socket.on("data", (more) => {
        text += more.toString("latin1");
      });
      socket.resume();
      await systemClock.sleep(300);
      done();
    });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as { port: number };
  return {
    url: `http://127.0.0.1:${port}`,
    firstBody: () => whole.promise,
    stop: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
