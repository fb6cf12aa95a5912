import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import PostalMime from "postal-mime";
import { describe, expect, it } from "vitest";
import { messageOf } from "../../../core/delivery/message.ts";
import { Closed, type Letter, Rejected, Throttled } from "../../../functions/cloud/cloud.ts";
import { localCloud } from "../../../local/cloud/local-cloud.ts";
import { testCloud } from "../../cloud/test-cloud.ts";

const head = "From: Elblandbote <redaktion@elbland.example>\r\nTo: jana@elbland.example\r\nSubject: Hallo\r\n";

const message = (source: string) => messageOf(Buffer.from(source));
const letter = (changes: Partial<Letter> = {}): Letter => ({
  ...{ stream: "editions", from: "redaktion@elbland.example", to: "jana@elbland.example" },
  message: message(`${head}\r\nGuten Tag\r\n`),
  tags: { delivery: "abc" },
  ...changes,
});
const withBody = (body: string): Letter => letter({ message: message(`${head}\r\n${body}`) });

describe("the outbox", () => {
  it("keeps every letter as a message any mail program can open", async () => {
    const cloud = testCloud();
    const { messageId } = await cloud.mail.send(letter());
    const [name = ""] = readdirSync(cloud.outboxFolder("editions"));
    const message = await PostalMime.parse(readFileSync(join(cloud.outboxFolder("editions"), name)));
    expect(message).toMatchObject({ subject: "Hallo", date: "2026-11-23T08:00:00.000Z", text: "Guten Tag\n" });
    expect(message.messageId).toBe(`<${messageId}@elbland.example>`);
  });

  it("names letters by their time, in order, and never by an address", async () => {
    const cloud = testCloud();
    for (const subject of ["eins", "zwei", "drei"]) {
      await cloud.mail.send(letter({ message: message(`${head.replace("Hallo", subject)}\r\n`) }));
      cloud.clock.advance({ milliseconds: 5 });
    }
    const names = readdirSync(cloud.outboxFolder("editions")).sort();
    const subjects = names.map(
      (name) => /Subject: (.*)\r/.exec(readFileSync(join(cloud.outboxFolder("editions"), name), "utf8"))?.[1],
    );
    expect(subjects).toEqual(["eins", "zwei", "drei"]);
    for (const name of names) expect(name).toMatch(/^20261123T0800000\d\dZ-[A-Za-z0-9_-]{22}\.eml$/);
  });

  it("keeps the streams in folders of their own", async () => {
    const cloud = testCloud();
    await cloud.mail.send(letter({ stream: "confirmations" }));
    expect(readdirSync(cloud.outboxFolder("confirmations"))).toHaveLength(1);
    expect(readdirSync(cloud.outboxFolder("editions"))).toEqual([]);
  });

  it("lists letters newest first, page by page, each once", async () => {
    const cloud = testCloud();
    const sent: string[] = [];
    for (let n = 0; n < 25; n++) {
      sent.unshift((await cloud.mail.send(letter({ to: `leser${n % 5}@elbland.example` }))).messageId);
      if (n % 3 === 0) cloud.clock.advance({ milliseconds: 1 });
    }
    const seen: string[] = [];
    for (let page = cloud.outbox.list({ limit: 10 }); ; page = cloud.outbox.list({ limit: 10, before: page.next })) {
      seen.push(...page.letters.map(({ messageId }) => messageId));
      if (page.next === undefined) break;
    }
    expect(seen.toSorted()).toEqual(sent.toSorted());
    expect(seen[0]).toBe(sent[0]);
    expect(cloud.outbox.list({ limit: 10, to: "leser3@elbland.example" }).letters).toHaveLength(5);
    expect(cloud.outbox.count()).toBe(25);
  });

  it("knows the subject as it stands in the header, unfolded", async () => {
    const cloud = testCloud();
    const subject = "Subject: =?utf-8?Q?Sachsen?=\r\n =?utf-8?Q?_und_mehr?=\r\n";
    const { messageId } = await cloud.mail.send(
      letter({
        message: message(`${head.replace("Subject: Hallo\r\n", subject)}\r\nSubject: im Text\r\n`),
      }),
    );
    expect(cloud.outbox.find(messageId)?.subject).toBe("=?utf-8?Q?Sachsen?= =?utf-8?Q?_und_mehr?=");
  });

  it("is found again after a restart, a closed stream still closed", async () => {
    const cloud = testCloud();
    const { messageId } = await cloud.mail.send(letter());
    await cloud.mail.close("editions");
    const again = localCloud({ folder: cloud.folder, clock: cloud.clock });
    expect(again.outbox.find(messageId)).toMatchObject({ to: "jana@elbland.example", tags: { delivery: "abc" } });
    await expect(again.mail.send(letter())).rejects.toThrow(Closed);
    again.close();
  });

  it.each([
    ["is not 7-bit", withBody("Grüße\r\n")],
    ["has a line of 999 octets", withBody(`${"x".repeat(999)}\r\n`)],
    ["has a long line between short ones", withBody(`kurz\r\n${"x".repeat(2000)}\r\nkurz\r\n`)],
    ["ends in a long line", withBody(`kurz\r\n${"x".repeat(999)}`)],
    ["has no header", letter({ message: message("Guten Tag") })],
    ["has no sender in its header", letter({ message: message("Subject: Hallo\r\n\r\nGuten Tag\r\n") })],
    ["brings a date", letter({ message: message(`Date: today\r\n${head}\r\n`) })],
    ["brings a Message-ID", letter({ message: message(`${head}message-id: <a@b>\r\n\r\n`) })],
    ["is larger than ten megabytes in base64", withBody("Guten Tag\r\n".repeat(720_000))],
    ["goes to a name with umlauts", letter({ to: "jürgen@elbland.example" })],
    ["comes from nowhere", letter({ from: "" })],
  ])("rejects a letter that %s", async (_, rejected) => {
    const cloud = testCloud();
    await expect(cloud.mail.send(rejected)).rejects.toThrow(Rejected);
    expect(cloud.outbox.count()).toBe(0);
    expect(readdirSync(cloud.outboxFolder("editions"))).toEqual([]);
  });

  it.each([
    ["lines of 998 octets", `${`${"x".repeat(998)}\r\n`.repeat(3)}`],
    ["a last line of 998 octets", `kurz\r\n${"x".repeat(998)}`],
    ["many short lines", "ja\r\n".repeat(3000)],
  ])("takes %s", async (_, body) => {
    const cloud = testCloud();
    await cloud.mail.send(withBody(body));
    expect(cloud.outbox.count()).toBe(1);
  });

  it("never tells an address when it rejects", async () => {
    const cloud = testCloud();
    const trouble = await cloud.mail
      .send(letter({ to: "a@x.example,b@x.example" }))
      .catch((fault: Error) => fault.message);
    expect(trouble).not.toContain("x.example");
  });

  it("keeps to a quota when it has one", async () => {
    const cloud = testCloud({ manner: { perSecond: 2, perDay: 3 } });
    await cloud.mail.send(letter());
    await cloud.mail.send(letter());
    await expect(cloud.mail.send(letter())).rejects.toThrow(Throttled);
    cloud.clock.advance({ seconds: 2 });
    await cloud.mail.send(letter());
    cloud.clock.advance({ seconds: 2 });
    await expect(cloud.mail.send(letter())).rejects.toThrow(/day/);
    expect(await cloud.mail.quota()).toEqual({ perSecond: 2, perDay: 3, sentInLastDay: 3 });
    cloud.clock.advance({ days: 1 });
    await cloud.mail.send(letter());
  });

  it("stays empty when another carrier takes the letters", async () => {
    let taken = 0;
    const send = async () => ({ messageId: `m${taken++}` });
    const quota = async () => ({ perSecond: 1, perDay: 1, sentInLastDay: 0 });
    const cloud = testCloud({
      mail: { reports: false, isJudged: false, send, quota, close: async () => {}, open: async () => {} },
    });
    await cloud.mail.send(letter());
    expect([taken, cloud.outbox.count()]).toEqual([1, 0]);
  });
});
