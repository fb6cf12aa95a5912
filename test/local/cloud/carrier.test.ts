import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import { messageOf } from "../../../core/delivery/message.ts";
import { Doubtful, type Letter, Throttled } from "../../../functions/cloud/cloud.ts";
import { usualManner } from "../../../local/cloud/carrier-manner.ts";
import { outboxReports, reportsSchema } from "../../../local/cloud/carrier-reports.ts";
import { openDatabase } from "../../../local/cloud/database.ts";
import { type LocalCloud, localCloud } from "../../../local/cloud/local-cloud.ts";
import { type TestCloud, testCloud } from "../../cloud/test-cloud.ts";

const from = "redaktion@elbland.example";
const message = messageOf(Buffer.from(`From: ${from}\r\nSubject: Hallo\r\n\r\nGuten Tag\r\n`));
const letter = (to = "jana@elbland.example", delivery = "abc"): Letter => ({
  ...{ stream: "editions", from, to, message },
  tags: { delivery, attempt: `${delivery}-1`, issue: "elblandbote-2026-01" },
});

interface Told {
  readonly eventType: string;
  readonly mail: { readonly messageId: string; readonly tags: { readonly delivery: readonly string[] } };
  readonly bounce?: object;
}
/** What lies below `feedback/`, file by file. */
async function files(cloud: Pick<LocalCloud, "files">): Promise<Told[][]> {
  const keys = (await cloud.files.list("feedback/")).map(({ key }) => key);
  const bodies = await Promise.all(keys.map((key) => cloud.files.read(key)));
  return bodies.map((file) => {
    const lines = Buffer.from(file?.body ?? [])
      .toString()
      .split("\n");
    expect(lines.pop()).toBe("");
    return lines.map((line) => JSON.parse(line) as Told);
  });
}
const told = async (cloud: Pick<LocalCloud, "files">): Promise<Told[]> => (await files(cloud)).flat();
const clear = async (cloud: LocalCloud): Promise<void> =>
  cloud.files.remove((await cloud.files.list("feedback/")).map(({ key }) => key));

/** Everything told within the next seconds. */
async function toldAfter(cloud: TestCloud, seconds: number): Promise<Told[]> {
  await clear(cloud);
  cloud.clock.advance({ seconds });
  await cloud.carrier.report();
  return told(cloud);
}

describe("what the carrier tells", () => {
  it("is in SES's own words, an event a line, with the letter's tags", async () => {
    const cloud = testCloud();
    const { messageId } = await cloud.mail.send(letter());
    const mail = {
      ...{ timestamp: "2026-11-23T08:00:00.000Z", messageId, source: from, destination: ["jana@elbland.example"] },
      commonHeaders: { from: [from], to: ["jana@elbland.example"], messageId, subject: "Hallo" },
      tags: {
        "ses:configuration-set": ["editions"],
        "ses:from-domain": ["elbland.example"],
        delivery: ["abc"],
        attempt: ["abc-1"],
        issue: ["elblandbote-2026-01"],
      },
    };
    expect(await toldAfter(cloud, 1)).toMatchObject([
      { eventType: "Send", mail, send: {} },
      {
        ...{ eventType: "Delivery", mail },
        delivery: { timestamp: "2026-11-23T08:00:01.000Z", processingTimeMillis: 1000, recipients: mail.destination },
      },
    ]);
  });

  it("comes when it is due and not before, once", async () => {
    const cloud = testCloud({ manner: { eventSeconds: 5 } });
    expect(cloud.carrier.nextAt()).toBeUndefined();
    await cloud.mail.send(letter());
    expect(cloud.carrier.nextAt()).toBe(cloud.clock.now().getTime() + 5000);
    expect(await toldAfter(cloud, 4.999)).toEqual([]);
    expect(await toldAfter(cloud, 0.001)).toHaveLength(2);
    expect(cloud.carrier.nextAt()).toBeUndefined();
    expect(await toldAfter(cloud, 3600)).toEqual([]);
  });

  it.each<[string, string[], string[], object]>([
    ["success", ["Send", "Delivery"], [], {}],
    ["bounce", ["Send", "Bounce"], [], { bounceType: "Permanent", bounceSubType: "General" }],
    ["suppressionlist", ["Send", "Bounce"], [], { bounceType: "Permanent", bounceSubType: "Suppressed" }],
    ["complaint", ["Send", "Delivery"], ["Complaint"], {}],
    ["ooto", ["Send", "Delivery"], ["Bounce"], { bounceType: "Transient", bounceSubType: "General" }],
  ])("of %s@simulator.amazonses.com is what SES tells, whatever label it has", async (who, soon, late, bounce) => {
    const cloud = testCloud();
    await cloud.mail.send(letter(`${who}@simulator.amazonses.com`, "plain"));
    await cloud.mail.send(letter(`${who.toUpperCase()}+18@Simulator.AmazonSES.com`, "label"));
    const first = await toldAfter(cloud, 1);
    const later = await toldAfter(cloud, 1);
    for (const delivery of ["plain", "label"]) {
      const of = (events: Told[]) => events.filter(({ mail }) => mail.tags.delivery[0] === delivery);
      expect(of(first).map(({ eventType }) => eventType)).toEqual(soon);
      expect(of(later).map(({ eventType }) => eventType)).toEqual(late);
      for (const event of [...first, ...later])
        if (event.eventType === "Bounce") expect(event.bounce).toMatchObject(bounce);
    }
  });

  it("names no failure when a reader's absence answers: the letter arrived", async () => {
    const cloud = testCloud();
    await cloud.mail.send(letter("ooto@simulator.amazonses.com"));
    await toldAfter(cloud, 1);
    const [answer] = await toldAfter(cloud, 1);
    expect(answer?.bounce).toMatchObject({ bouncedRecipients: [{ emailAddress: "ooto@simulator.amazonses.com" }] });
    expect(JSON.stringify(answer?.bounce)).not.toMatch(/status|action|diagnostic/);
  });

  it.each<[string, string[], string[]]>([
    ["bounced", ["Send", "Bounce"], []],
    ["softBounced", ["Send", "DeliveryDelay"], ["Bounce"]],
    ["complained", ["Send", "Delivery"], ["Complaint"]],
    ["delayed", ["Send", "DeliveryDelay"], ["Delivery"]],
    ["rejected", ["Reject"], []],
  ])("of readers who are %s comes on demand", async (share, soon, late) => {
    const cloud = testCloud({ manner: { [share]: 1 } });
    await cloud.mail.send(letter());
    expect((await toldAfter(cloud, 1)).map(({ eventType }) => eventType)).toEqual(soon);
    expect((await toldAfter(cloud, 1)).map(({ eventType }) => eventType)).toEqual(late);
  });

  it("befalls the share asked for, and the same addresses again", async () => {
    const cloud = testCloud({ manner: { bounced: 0.2 } });
    const bouncing = async (issue: number): Promise<string[]> => {
      for (let n = 0; n < 150; n++) await cloud.mail.send(letter(`leser${n}@elbland.example`, `${n}-${issue}`));
      const events = (await toldAfter(cloud, 1)).filter(({ eventType }) => eventType === "Bounce");
      return events.map(({ mail }) => mail.tags.delivery[0]?.split("-")[0] ?? "").sort();
    };
    const first = await bouncing(1);
    expect(first.length).toBeGreaterThan(15);
    expect(first.length).toBeLessThan(45);
    expect(await bouncing(2)).toEqual(first);
  });

  it("is a few files, however many letters there were", async () => {
    const cloud = testCloud();
    for (let n = 0; n < 1010; n++) await cloud.mail.send(letter(`leser${n}@elbland.example`, `${n}`));
    cloud.clock.advance({ seconds: 1 });
    await cloud.carrier.report();
    const all = await files(cloud);
    expect(all.map(({ length }) => length).sort()).toEqual([1000, 1000, 20]);
    expect(new Set(all.flat().map(({ mail }) => mail.tags.delivery[0])).size).toBe(1010);
  });

  it("is made good after a restart, of letters whose sender never heard", async () => {
    const cloud = testCloud({ manner: { doubtful: 1 } });
    const taken: string[] = [];
    for (let n = 0; n < 40; n++) {
      const before = cloud.outbox.count();
      await expect(cloud.mail.send(letter(`leser${n}@elbland.example`, `${n}`))).rejects.toThrow(Doubtful);
      if (cloud.outbox.count() > before) taken.push(`${n}`);
    }
    expect(taken.length).toBeGreaterThan(10);
    expect(taken.length).toBeLessThan(30);
    cloud.clock.advance({ seconds: 1 });
    const again = localCloud({ folder: cloud.folder, clock: cloud.clock, isDurable: false });
    await again.carrier.report();
    again.close();
    const sent = (await told(cloud)).filter(({ eventType }) => eventType === "Send");
    expect(sent.map(({ mail }) => mail.tags.delivery[0])).toEqual(taken);
    expect(await toldAfter(cloud, 1)).toEqual([]);
  });

  it("survives a restart between the first word and the last", async () => {
    const cloud = testCloud({ manner: { complained: 1 } });
    await cloud.mail.send(letter());
    await toldAfter(cloud, 1);
    await clear(cloud);
    const again = localCloud({ folder: cloud.folder, clock: cloud.clock, isDurable: false });
    expect(again.carrier.nextAt()).toBe(cloud.clock.now().getTime() + 1000);
    cloud.clock.advance({ seconds: 1 });
    await again.carrier.report();
    again.close();
    expect((await told(cloud)).map(({ eventType }) => eventType)).toEqual(["Complaint"]);
  });

  it("is told again, word for word, when nobody noted that it was told", async () => {
    const cloud = testCloud();
    await cloud.mail.send(letter());
    cloud.clock.advance({ seconds: 1 });
    const database = openDatabase(join(cloud.folder, "outbox.db"), reportsSchema, "OFF");
    const dying = {
      write: async (...written: Parameters<LocalCloud["files"]["write"]>) => {
        await cloud.files.write(...written);
        throw new Error("killed");
      },
    };
    const parts = { outbox: cloud.outbox, files: dying, manner: usualManner };
    await expect(outboxReports(database, cloud.clock, parts).report()).rejects.toThrow("killed");
    database.close();
    const once = await files(cloud);
    await cloud.carrier.report();
    expect(once).toHaveLength(1);
    expect(await files(cloud)).toEqual(once);
  });

  it("does not wait for a clock that was set back", async () => {
    const cloud = testCloud();
    await cloud.mail.send(letter("jana@elbland.example", "future"));
    cloud.clock.set("2026-11-23T07:00:00.000Z");
    await cloud.mail.send(letter("jana@elbland.example", "now"));
    const events = await toldAfter(cloud, 1);
    expect(new Set(events.map(({ mail }) => mail.tags.delivery[0]))).toEqual(new Set(["future", "now"]));
  });

  it("is told to the end when another carrier has taken over", async () => {
    const cloud = testCloud();
    await cloud.mail.send(letter());
    const mail = { ...cloud.mail, reports: false, send: async () => ({ messageId: "elsewhere" }) };
    const relaying = localCloud({ folder: cloud.folder, clock: cloud.clock, isDurable: false, mail });
    await relaying.mail.send(letter("enno@elbland.example", "relayed"));
    cloud.clock.advance({ seconds: 1 });
    await relaying.carrier.report();
    relaying.close();
    expect((await told(cloud)).map(({ mail }) => mail.tags.delivery[0])).toEqual(["abc", "abc"]);
  });
});

describe("the carrier's answers on demand", () => {
  it("are throttles for the share asked for; another attempt has another lot", async () => {
    const cloud = testCloud({ manner: { throttled: 0.5 } });
    const answers: string[] = [];
    for (let n = 0; n < 200; n++)
      answers.push(
        await cloud.mail.send(letter("jana@elbland.example", `${n}`)).then(
          () => "taken",
          (trouble: Error) => trouble.name,
        ),
      );
    expect(new Set(answers)).toEqual(new Set(["taken", Throttled.name]));
    expect(cloud.outbox.count()).toBe(answers.filter((answer) => answer === "taken").length);
    expect(cloud.outbox.count()).toBeGreaterThan(70);
    expect(cloud.outbox.count()).toBeLessThan(130);
  });

  it("count letters to the simulator for the second and not for the day", async () => {
    const cloud = testCloud({ manner: { perSecond: 2, perDay: 1 } });
    const simulated = letter("bounce+1@simulator.amazonses.com");
    await cloud.mail.send(simulated);
    await cloud.mail.send(simulated);
    await expect(cloud.mail.send(letter())).rejects.toThrow(/second/);
    cloud.clock.advance({ seconds: 1 });
    await cloud.mail.send(letter());
    await expect(cloud.mail.send(letter())).rejects.toThrow(/day/);
    expect(await cloud.mail.quota()).toEqual({ perSecond: 2, perDay: 1, sentInLastDay: 1 });
  });

  it("keep the day's quota over two processes and a restart", async () => {
    const cloud = testCloud({ manner: { perDay: 3 } });
    const other = localCloud({ folder: cloud.folder, clock: cloud.clock, isDurable: false, manner: { perDay: 3 } });
    await cloud.mail.send(letter());
    await other.mail.send(letter());
    cloud.clock.advance({ seconds: 1 });
    await cloud.mail.send(letter());
    await expect(cloud.mail.send(letter())).rejects.toThrow(/day/);
    other.close();
    const again = localCloud({ folder: cloud.folder, clock: cloud.clock, isDurable: false, manner: { perDay: 3 } });
    await expect(again.mail.send(letter())).rejects.toThrow(/day/);
    again.close();
  });

  it("are endless and fair when nobody asks for anything", async () => {
    const cloud = testCloud();
    for (let n = 0; n < 200; n++) await cloud.mail.send(letter("jana@elbland.example", `${n}`));
    expect(await cloud.mail.quota()).toEqual({
      perSecond: 10_000,
      perDay: Number.POSITIVE_INFINITY,
      sentInLastDay: 200,
    });
  });
});

describe("a process killed while letters leave", () => {
  let child: ChildProcessByStdio<null, Readable, null> | undefined;
  afterEach(() => child?.kill("SIGKILL"));

  it("leaves an outbox that tells of every letter it took, the unanswered one too", { timeout: 30_000 }, async () => {
    const cloud = testCloud();
    const sender = fileURLToPath(new URL("busy-sender.ts", import.meta.url));
    child = spawn(process.execPath, [sender, cloud.folder], { stdio: ["ignore", "pipe", "inherit"] });
    let text = "";
    child.stdout.setEncoding("utf8").on("data", (more: string) => {
      text += more;
      if (text.length > 2000) child?.kill("SIGKILL");
    });
    await once(child, "close");
    const heard = text.split("\n").slice(0, -1);
    cloud.clock.set(new Date(Date.now() + 60_000).toISOString());
    await cloud.carrier.report();
    const sent = (await told(cloud)).filter(({ eventType }) => eventType === "Send").map(({ mail }) => mail.messageId);
    expect(heard.filter((id) => !sent.includes(id))).toEqual([]);
    expect(sent.length).toBe(cloud.outbox.count());
    expect(sent.length - heard.length).toBeLessThanOrEqual(1);
  });
});
