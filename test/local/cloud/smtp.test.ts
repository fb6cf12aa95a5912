import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { Closed, Doubtful, Rejected, Throttled } from "../../../functions/cloud/cloud.ts";
import type { Manners } from "../../cloud/loopback-smtp.ts";
import { type OwnCertificate, ownCertificate } from "../../cloud/own-certificate.ts";
import { aLetter, openRelayedMail, relayAt, relayed } from "./smtp-relay.ts";

const answers = { Closed, Throttled, Rejected, Doubtful };

/** What became of one letter, and whether the relay has it. */
async function outcome(manners: Manners, body?: string) {
  const { relay, mail } = await relayed();
  relay.behave(manners);
  const trouble = await mail.send(aLetter(body ? { body } : {})).then(
    () => undefined,
    (fault: Error) => fault,
  );
  return { trouble, relay };
}

describe("a letter that has certainly not left", () => {
  it.each<[string, Manners, keyof typeof answers, string]>([
    ["turned away at the door for good", { greeting: "554 5.7.1 go away" }, "Closed", "554 5.7.1"],
    ["turned away at the door for now", { greeting: "421 4.7.0 too many lines" }, "Throttled", "421 4.7.0"],
    ["never greeted", { greeting: "hang" }, "Closed", "ETIMEDOUT"],
    ["cut off instead of greeted", { greeting: "reset" }, "Closed", "ECONNRESET"],
    ["hung up on instead of greeted", { greeting: "close" }, "Closed", "ECONNECTION"],
    ["refused its hello", { ehlo: "421 4.3.2 closing" }, "Throttled", "421 4.3.2"],
    ["cut off at its hello", { ehlo: "close" }, "Closed", "ECONNECTION"],
    ["refused for its sender", { mail: "550 5.1.8 not from there" }, "Closed", "550 5.1.8"],
    ["refused because nobody has logged in", { mail: "530 5.7.0 log in first" }, "Closed", "530 5.7.0"],
    ["asked to come again with its sender", { mail: "451 4.3.0 later" }, "Throttled", "451 4.3.0"],
    ["refused for its size before it came", { mail: "552 5.3.4 too large" }, "Rejected", "552 5.3.4"],
    ["cut off at its sender", { mail: "reset" }, "Throttled", "ECONNRESET"],
    ["hung up on at its recipient", { rcpt: "close" }, "Throttled", "ECONNECTION"],
    ["never answered at its recipient", { rcpt: "hang" }, "Throttled", "ETIMEDOUT"],
    ["refused for its recipient", { rcpt: "550 5.1.1 <x@y>: no such person" }, "Rejected", "550 5.1.1"],
    ["refused for its recipient without a reason", { rcpt: "550 no" }, "Rejected", "550"],
    ["refused by its recipient's own rules", { rcpt: "554 5.7.1 <x@relay.example>: no mail" }, "Rejected", "554 5.7.1"],
    ["refused because we may not relay", { rcpt: "554 5.7.1 <x@y>: Relay access denied" }, "Closed", "554 5.7.1"],
    ["refused because we may not relay, in other words", { rcpt: "550 relay not permitted" }, "Closed", "550"],
    ["refused at its recipient for want of a login", { rcpt: "530 5.7.1 please" }, "Closed", "530 5.7.1"],
    ["asked to come again with its recipient", { rcpt: "450 4.2.1 busy" }, "Throttled", "450 4.2.1"],
    ["asked to come again with so many", { rcpt: "452 4.5.3 too many" }, "Throttled", "452 4.5.3"],
    ["refused before it began", { data: "554 5.5.1 no" }, "Rejected", "554 5.5.1"],
    ["put off before it began", { data: "421 4.4.2 closing" }, "Throttled", "421 4.4.2"],
    ["cut off before it began", { data: "reset" }, "Throttled", "ECONNRESET"],
    ["never asked for", { data: "hang" }, "Throttled", "ETIMEDOUT"],
    ["refused for its content", { end: "554 5.6.0 broken" }, "Rejected", "554 5.6.0"],
    ["refused for its size", { end: "552 too large" }, "Rejected", "552"],
    ["refused for what we sign with", { end: "550 5.7.26 unauthenticated" }, "Closed", "550 5.7.26"],
    ["refused because we may not send so", { end: "550 5.7.1 sender not allowed" }, "Closed", "550 5.7.1"],
    ["refused because the day is full", { end: "550 5.4.5 daily limit" }, "Closed", "550 5.4.5"],
    ["put off after it was read", { end: "451 4.3.0 later" }, "Throttled", "451 4.3.0"],
    ["put off by a relay that closes", { end: "421 4.3.2 closing" }, "Throttled", "421 4.3.2"],
    ["put off for want of room", { end: "452 4.3.1 disk full" }, "Throttled", "452 4.3.1"],
  ])("is %s", async (_, manners, answer, reason) => {
    const { trouble, relay } = await outcome(manners);
    expect(trouble).toBeInstanceOf(answers[answer]);
    expect(trouble?.message).toBe(reason);
    expect(relay.taken).toEqual([]);
  });

  it.each<[string, Manners]>([
    ["cut off", { letter: "reset" }],
    ["hung up on", { letter: "close" }],
    ["never read to its end", { letter: "hang" }],
  ])("is %s half way: without its last dot no relay takes it", async (_, manners) => {
    const { trouble, relay } = await outcome(manners, `${"x".repeat(70)}\r\n`.repeat(95_000));
    expect(trouble).toBeInstanceOf(Throttled);
    expect(relay.taken).toEqual([]);
  });

  it("is not one line long too long: the relay has said how much it takes", async () => {
    const { relay, mail } = await relayed({ extensions: ["SIZE 100"] });
    await expect(mail.send(aLetter({ body: "x\r\n".repeat(100) }))).rejects.toThrow(Rejected);
    expect(relay.letters()).toBe(0);
  });
});

describe("a letter nobody can tell of", () => {
  it.each<[string, Manners]>([
    ["cut off after its dot", { end: "reset" }],
    ["cut off after its dot, and taken", { end: "reset", takes: true }],
    ["hung up on after its dot", { end: "close" }],
    ["never answered", { end: "hang", takes: true }],
    ["answered with half a number", { end: { half: "25" }, takes: true }],
    ["answered with half a yes", { end: { half: "250 2.0.0 o" }, takes: true }],
    ["answered with half of many lines", { end: { half: "250-ok\r\n250-and" }, takes: true }],
    ["answered with what only looks like a yes", { end: "2" }],
    ["answered with what is no answer", { end: "354 go ahead" }],
    ["answered with words", { end: "Danke schön" }],
  ])("is %s", async (_, manners) => {
    const { trouble, relay } = await outcome(manners);
    expect(trouble).toBeInstanceOf(Doubtful);
    expect(relay.letters()).toBe(1);
  });
});

describe("reaching the relay", () => {
  const refusedBy = async (relay: Parameters<typeof relayAt>[1], smtp = {}) => {
    const { mail, end } = openRelayedMail({ relay: relayAt({ port: 9 }, relay), ...smtp });
    onTestFinished(end);
    return mail.send(aLetter()).then(
      () => undefined,
      (fault: Error) => fault,
    );
  };

  it("closes where nobody listens", async () => {
    expect(await refusedBy({ port: 1 })).toMatchObject({ name: "Closed", message: "ECONNREFUSED" });
  });

  it("closes where the name leads nowhere", async () => {
    const patience = { connect: 3000, answer: 300, wait: 4000, idle: 100 };
    expect(await refusedBy({ host: "relay.invalid" }, { patience })).toBeInstanceOf(Closed);
  });

  it("closes where another service answers", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    onTestFinished(() => void other.close());
    await new Promise((listening) => other.once("listening", listening));
    expect(await refusedBy({ port: (other.address() as AddressInfo).port })).toBeInstanceOf(Closed);
  });

  describe("with TLS", () => {
    let certificate: OwnCertificate;
    beforeAll(() => {
      certificate = ownCertificate();
    });
    const trust = () => ({ smtp: { trust: { ca: certificate.cert } } });
    const login = { user: "bote", password: "p@ss: wört" };

    it.each(["always", "offered"] as const)("encrypts, logs in and sends (%s)", async (tls) => {
      const asked = tls === "always" ? ("always" as const) : ("required" as const);
      const { relay, mail } = await relayed({ certificate, tls, login, relay: { tls: asked, login }, ...trust() });
      await mail.send(aLetter());
      expect(relay.taken).toHaveLength(1);
    });

    it.each(["always", "required"] as const)("closes where nobody vouches for the relay (%s)", async (tls) => {
      const side = tls === "always" ? "always" : "offered";
      const { relay, mail } = await relayed({ certificate, tls: side, login, relay: { tls, login } });
      await expect(mail.send(aLetter())).rejects.toThrow(Closed);
      expect(relay.heard.filter((line) => /^(AUTH|MAIL)/.test(line))).toEqual([]);
    });

    it("closes where TLS is required and not offered, and shows no password", async () => {
      const { relay, mail } = await relayed({ login, relay: { tls: "required", login } });
      relay.behave({ startTls: "502 5.5.1 no" });
      await expect(mail.send(aLetter())).rejects.toThrow(Closed);
      expect(relay.heard.filter((line) => line.startsWith("AUTH"))).toEqual([]);
    });

    it("closes where TLS never comes up", async () => {
      const { mail } = await relayed({ relay: { tls: "always" } });
      await expect(mail.send(aLetter())).rejects.toThrow(Closed);
    });
  });

  it("closes where the password is wrong, and waits where the relay cannot look it up", async () => {
    const login = { user: "bote", password: "richtig" };
    const wrong = await relayed({ login, relay: { login: { ...login, password: "falsch" } } });
    await expect(wrong.mail.send(aLetter())).rejects.toThrow(new Closed("535 5.7.8"));
    wrong.relay.behave({ auth: "454 4.7.0 later" });
    await expect(wrong.mail.send(aLetter())).rejects.toThrow(Throttled);
  });

  it("closes where a password is given and no login is offered", async () => {
    const { relay, mail } = await relayed({ relay: { login: { user: "bote", password: "x" } } });
    relay.behave({ auth: "502 5.5.1 no such command" });
    await expect(mail.send(aLetter())).rejects.toThrow(Closed);
  });
});

describe("a relay that says later", () => {
  const other = "leser@auenrode.example";

  it("is believed for ten minutes; then it means everybody when it took nobody", async () => {
    const { relay, mail, clock } = await relayed();
    relay.behave({ rcpt: "450 4.7.1 slow down" });
    for (let minute = 0; minute < 10; minute++) {
      await expect(mail.send(aLetter())).rejects.toThrow(Throttled);
      clock.advance({ minutes: 1 });
    }
    await expect(mail.send(aLetter())).rejects.toThrow(new Closed("450 4.7.1"));
    await expect(mail.send(aLetter())).rejects.toThrow(Throttled);
  });

  it.each([
    ["450 4.2.1", 2],
    ["450 4.7.1", 60],
    ["452", 60],
  ] as const)("means the address when it took others meanwhile (%s)", async (answer, minutes) => {
    const { relay, mail, clock } = await relayed();
    relay.behave((to) => (to === other ? { rcpt: `${answer} later` } : {}));
    for (let minute = 0; minute < minutes; minute += minutes / 20) {
      await expect(mail.send(aLetter({ to: other }))).rejects.toThrow(Throttled);
      await mail.send(aLetter());
      clock.advance({ seconds: minutes * 3 });
    }
    await expect(mail.send(aLetter({ to: other }))).rejects.toThrow(new Rejected(answer));
  });

  it("is not held to what it said an hour ago", async () => {
    const { relay, mail, clock } = await relayed();
    relay.behave({ rcpt: "450 4.2.1 busy" });
    await expect(mail.send(aLetter())).rejects.toThrow(Throttled);
    clock.advance({ minutes: 60 });
    await expect(mail.send(aLetter())).rejects.toThrow(Throttled);
  });

  it("means everybody when it lets nobody in for ten minutes", async () => {
    const { relay, mail, clock } = await relayed();
    relay.behave({ greeting: "421 4.7.0 too many lines" });
    await expect(mail.send(aLetter())).rejects.toThrow(Throttled);
    clock.advance({ minutes: 5 });
    await expect(mail.send(aLetter({ to: other }))).rejects.toThrow(Throttled);
    clock.advance({ minutes: 5 });
    await expect(mail.send(aLetter({ to: "dritte@auenrode.example" }))).rejects.toThrow(Closed);
  });
});

describe("lines to the relay", () => {
  it("carry one letter after the other, and end after fifty", async () => {
    const { relay, mail } = await relayed();
    for (let n = 0; n < 51; n++) await mail.send(aLetter());
    expect([relay.taken.length, relay.connections()]).toEqual([51, 2]);
  });

  it("are few at a time, and a letter waits only a moment for one", async () => {
    const { relay, mail } = await relayed({ smtp: { patience: { connect: 900, answer: 900, wait: 200, idle: 100 } } });
    relay.behave({ end: "250 ok", slow: 80 });
    const sent = await Promise.allSettled(Array.from({ length: 12 }, () => mail.send(aLetter())));
    const troubles = sent.flatMap((one) => (one.status === "rejected" ? [one.reason] : []));
    expect(relay.connections()).toBeLessThanOrEqual(5);
    expect(troubles.length).toBeGreaterThan(0);
    for (const trouble of troubles) expect(trouble).toBeInstanceOf(Throttled);
    expect(relay.taken).toHaveLength(12 - troubles.length);
  });

  it("are not used for a letter that waited too long for one, but for the next", async () => {
    const { relay, mail } = await relayed();
    relay.behave({ greeting: "220 hello", slow: 110 });
    await expect(mail.send(aLetter())).rejects.toThrow(Throttled);
    relay.behave({});
    await mail.send(aLetter());
    expect([relay.taken.length, relay.connections(), relay.letters()]).toEqual([1, 1, 1]);
  });

  it("are opened anew after any trouble", async () => {
    const { relay, mail } = await relayed();
    relay.behave((to) => (to === "" ? {} : { rcpt: "550 5.1.1 no" }));
    await expect(mail.send(aLetter())).rejects.toThrow(Rejected);
    relay.behave({});
    await mail.send(aLetter());
    expect(relay.connections()).toBe(2);
  });

  it("end when they lie unused", async () => {
    const { relay, mail } = await relayed({
      smtp: { patience: { connect: 300, answer: 300, wait: 200, idle: 30 } },
    });
    await mail.send(aLetter());
    await expect.poll(() => relay.heard.at(-1)).toBe("QUIT");
  });

  it("end even when the relay does not say goodbye", async () => {
    const { relay, mail } = await relayed();
    relay.behave({ quit: "hang" });
    await mail.send(aLetter());
    mail.hangUp();
    await expect.poll(() => relay.open(), { timeout: 3000 }).toBe(0);
  });

  it("never try a letter twice", async () => {
    const { relay, mail } = await relayed();
    relay.behave({ end: "reset" });
    await expect(mail.send(aLetter())).rejects.toThrow(Doubtful);
    await new Promise((passed) => setTimeout(passed, 100));
    expect([relay.letters(), relay.connections()]).toEqual([1, 1]);
  });
});

describe("the quota of a relay", () => {
  it("counts what left and what may have left, over 24 hours", async () => {
    const { relay, mail, clock } = await relayed({ relay: { perDay: 3 } });
    await mail.send(aLetter());
    relay.behave({ rcpt: "550 5.1.1 no" });
    await expect(mail.send(aLetter())).rejects.toThrow(Rejected);
    relay.behave({ end: "reset" });
    await expect(mail.send(aLetter())).rejects.toThrow(Doubtful);
    expect(await mail.quota()).toEqual({ perSecond: 1000, perDay: 3, sentInLastDay: 2 });
    relay.behave({});
    await mail.send(aLetter());
    await expect(mail.send(aLetter())).rejects.toThrow(Throttled);
    clock.advance({ minutes: 24 * 60 + 1 });
    await mail.send(aLetter());
    expect((await mail.quota()).sentInLastDay).toBe(1);
  });

  it("is not exceeded by letters that leave at once", async () => {
    const { relay, mail } = await relayed({ relay: { perDay: 3 } });
    await Promise.allSettled(Array.from({ length: 5 }, () => mail.send(aLetter())));
    expect(relay.taken).toHaveLength(3);
  });

  it("allows so many in a second", async () => {
    const { mail, clock } = await relayed({ relay: { perSecond: 2 } });
    await mail.send(aLetter());
    await mail.send(aLetter());
    await expect(mail.send(aLetter())).rejects.toThrow(Throttled);
    clock.advance({ seconds: 2 });
    await mail.send(aLetter());
  });
});

describe("what leaves", () => {
  it("names the bare sender on the envelope and nobody in what is thrown or logged", async () => {
    const said: unknown[] = [];
    const spies = (["log", "error", "warn", "info", "debug"] as const).map((level) =>
      vi.spyOn(console, level).mockImplementation((...words) => void said.push(...words)),
    );
    const login = { user: "bote", password: "streng geheim" };
    const { relay, mail } = await relayed({ login, relay: { login } });
    await mail.send(aLetter({ from: "ELBLANDbote <redaktion@elbland.example>" }));
    expect(relay.taken[0]?.from).toBe("redaktion@elbland.example");
    relay.behave({ rcpt: "550 5.1.1 <leserin@auenrode.example>: streng geheim" });
    const trouble = await mail.send(aLetter()).catch((fault: Error) => fault);
    expect(JSON.stringify([said, trouble, String(trouble)])).not.toMatch(/auenrode|geheim/);
    for (const spy of spies) spy.mockRestore();
  });

  it("tells later nothing, and is judged by others", async () => {
    const { mail } = await relayed();
    expect([mail.reports, mail.isJudged]).toEqual([false, true]);
  });
});
