import PostalMime from "postal-mime";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Ask } from "../../core/subscriber/ask.ts";
import { mostPerHour } from "../../core/subscriber/protection.ts";
import { ask } from "../../functions/ask.ts";
import {
  Closed,
  type Cloud,
  Doubtful,
  type Letter,
  Rejected,
  Throttled,
  type Value,
} from "../../functions/cloud/cloud.ts";
import { countOne, isFormClosed } from "../../functions/records/caps.ts";
import { readMail } from "../../functions/records/confirm-mails.ts";
import { evidenceOf } from "../../functions/records/consents.ts";
import { takeFence } from "../../functions/records/fence.ts";
import { confirmMailKey } from "../../functions/records/keys.ts";
import { requirePublication, savePublication } from "../../functions/records/publications.ts";
import { readRate } from "../../functions/records/rate.ts";
import { confirmReader, eraseReader, moveReader } from "../../functions/records/readers.ts";
import { putOnShelf } from "../../functions/records/shelf.ts";
import { leave } from "../../functions/records/subscribers.ts";
import { suppress } from "../../functions/records/suppressions.ts";
import { workUntilQuiet } from "../../local/wiring.ts";
import { type TestCloud, testCloud } from "../cloud/test-cloud.ts";
import { almut, at, becomesReader, foundPapers, paper, signUp, sister } from "./a-reader.ts";
import { keyOf, scheduleSpring } from "./an-issue-to-send.ts";

let cloud: TestCloud;
beforeEach(async () => {
  for (const way of ["info", "warn", "error"] as const) vi.spyOn(console, way).mockImplementation(() => {});
  cloud = testCloud();
  await foundPapers(cloud);
});

const deadline = () => ({ deadline: new Date(cloud.clock.now().getTime() + 60_000) });
/** One run of the function over one message, by this cloud. */
const hear = (message: Ask, by: Cloud = cloud) =>
  ask(by)({ Records: [{ messageId: "1", body: JSON.stringify(message) }] }, deadline());
/** A wish goes all its way. */
const settle = async (...messages: Ask[]): Promise<void> => {
  if (messages.length > 0) await cloud.queues.confirmations.add(messages as unknown as Value[]);
  await workUntilQuiet(cloud);
};
const mails = async (to = almut) => {
  const { letters } = cloud.outbox.list({ limit: 50, to });
  return Promise.all(
    letters.reverse().map(async (letter) => ({ ...letter, mail: await PostalMime.parse(cloud.outbox.source(letter)) })),
  );
};
const subjects = async (to = almut) => (await mails(to)).map(({ mail }) => mail.subject);
const linkIn = (text = "", path = "c") => new RegExp(`https://\\S+/${path}/(\\S+)`).exec(text)?.[1] ?? "";
const lastMail = async (to = almut) => (await mails(to)).at(-1)?.mail;
const waiting = (): number => cloud.work.nextAt(["confirmations"]) ?? 0;
const withCarrier = (answer: (letter: Letter) => void): Cloud => ({
  ...cloud,
  mail: {
    ...cloud.mail,
    send: async (letter) => {
      answer(letter);
      return cloud.mail.send(letter);
    },
  },
});

describe("somebody who signs up", () => {
  it("gets one confirm mail, by its own stream, whose link makes them a reader", async () => {
    await settle(await signUp(cloud));
    const [letter] = await mails();
    expect(letter).toMatchObject({ stream: "confirmations", from: "post@elblandbote.example" });
    expect(letter?.mail.subject).toBe("Bitte bestätigen: ELBLANDbote");
    expect(await confirmReader(cloud, linkIn(letter?.mail.text))).toMatchObject({ publications: [paper] });
    expect(await at(cloud, almut)).toMatchObject({ state: "confirmed" });
  });

  it("confirms several publications by one mail, in their own language", async () => {
    await settle(
      await signUp(cloud, { publications: [paper, sister], language: "en", topics: { [paper]: ["kitas"] } }),
    );
    const mail = await lastMail();
    expect(mail?.subject).toBe("Please confirm: ELBLANDbote");
    expect(mail?.text).toContain("- ELBLANDbote\n  Topics: Kitas und Schulen\n\n- Heidekurier");
    expect(await confirmReader(cloud, linkIn(mail?.text))).toMatchObject({ publications: [paper, sister] });
  });

  it("never sees a name or a word of the form in the mail", async () => {
    await settle(await signUp(cloud, { name: "Kaufen Sie Gold bei gold.example" }));
    expect(Buffer.from(cloud.outbox.source((await mails())[0] as never)).toString()).not.toMatch(/gold/i);
  });

  it("is one mail however often the queue hands the message over, also at once", async () => {
    const message = await signUp(cloud);
    await Promise.all([hear(message), hear(message), hear(message)]);
    await hear(message);
    await settle();
    expect(await subjects()).toHaveLength(1);
  });

  it("has the mail's id and acceptance among the evidence", async () => {
    await settle(await signUp(cloud));
    const [letter] = await mails();
    const evidence = await evidenceOf(cloud, await keyOf(cloud, almut));
    expect(evidence.map(({ kind }) => kind)).toEqual(["requested", "mailed"]);
    expect(evidence[1]).toMatchObject({ mail: letter?.messageId });
  });

  it("gets the evidence completed by the next run when one died before it", async () => {
    const message = await signUp(cloud);
    const broken: Cloud = {
      ...cloud,
      table: {
        ...cloud.table,
        each: async (changes) => {
          if (JSON.stringify(changes).includes('"kind":"mailed"')) throw new Error("gone");
          return cloud.table.each(changes);
        },
      },
    };
    await hear(message, broken);
    expect(await evidenceOf(cloud, await keyOf(cloud, almut))).toHaveLength(1);
    await hear(message);
    expect(await evidenceOf(cloud, await keyOf(cloud, almut))).toHaveLength(2);
    expect(await subjects()).toHaveLength(1);
  });
});

describe("what an address is to us", () => {
  it("shows in the mailbox alone: a reader is told that they are one, with the way to their preferences", async () => {
    await becomesReader(cloud);
    await settle(await signUp(cloud));
    const mail = await lastMail();
    expect(mail?.subject).toBe("Schon bestellt: ELBLANDbote");
    expect(linkIn(mail?.text, "e")).not.toBe("");
    expect(linkIn(mail?.text)).toBe("");
  });

  it("asks a reader of one publication to confirm the other alone", async () => {
    await becomesReader(cloud);
    await settle(await signUp(cloud, { publications: [paper, sister] }));
    expect((await lastMail())?.text).toContain("- Heidekurier");
    expect((await lastMail())?.text).not.toContain("- ELBLANDbote");
  });

  it("asks whoever left before again", async () => {
    await leave(cloud, paper, await becomesReader(cloud));
    cloud.clock.advance({ minutes: 1 });
    await settle(await signUp(cloud));
    expect(await subjects()).toEqual(["Bitte bestätigen: ELBLANDbote"]);
  });

  it.each(["complained", "asked"] as const)("writes to nobody who %s", async (reason) => {
    await suppress(cloud, new Map([[await keyOf(cloud, almut), reason]]));
    await settle(await signUp(cloud));
    expect(await mails()).toEqual([]);
    expect(await at(cloud, almut)).toBeUndefined();
  });

  it("asks a mailbox that once came back: it may have opened again", async () => {
    await suppress(cloud, new Map([[await keyOf(cloud, almut), "bounced"]]));
    await settle(await signUp(cloud));
    expect(await mails()).toHaveLength(1);
  });
});

describe("one address", () => {
  it("gets one mail in a day, and three in thirty, over all publications and kinds", async () => {
    const days: number[] = [];
    for (let day = 0; day < 32; day++) {
      await settle(await signUp(cloud, { publications: [day % 2 ? paper : sister] }));
      await settle(await signUp(cloud, { publications: [day % 2 ? sister : paper] }));
      days.push((await mails()).length);
      cloud.clock.advance({ hours: 24, seconds: 1 });
    }
    expect(days.slice(0, 4)).toEqual([1, 2, 3, 3]);
    expect(days[29]).toBe(3);
    expect(days[30]).toBe(4);
  }, 60_000);

  it("gets none once its reader asked to be forgotten, whatever waited in the queue, also a second time", async () => {
    for (const _ of ["first", "second"]) {
      const key = await becomesReader(cloud);
      cloud.clock.advance({ minutes: 1 });
      const wish = await signUp(cloud, { publications: [sister] });
      cloud.clock.advance({ minutes: 1 });
      await eraseReader(cloud, key);
      await hear(wish);
      expect([await mails(), await at(cloud, almut, sister)]).toEqual([[], undefined]);
      cloud.clock.advance({ minutes: 1 });
    }
  });

  it("has nothing written down of a wish that gets no mail", async () => {
    await settle(await signUp(cloud));
    cloud.clock.advance({ minutes: 1 });
    await settle(await signUp(cloud, { publications: [sister] }));
    expect(await at(cloud, almut, sister)).toBeUndefined();
    expect(await evidenceOf(cloud, await keyOf(cloud, almut))).toHaveLength(2);
  });

  it("gets one of ten thousand wishes", async () => {
    const message = await signUp(cloud);
    const wishes = Array.from({ length: 10_000 }, (_, index) => ({ ...message, id: `wish-${index}` }));
    const Records = wishes.map((one, index) => ({ messageId: String(index), body: JSON.stringify(one) }));
    await ask(cloud)({ Records }, deadline());
    await settle();
    expect(await mails()).toHaveLength(1);
  });
});

describe("whoever moves", () => {
  const move = async (from: string, address = "neu@auenrode.example"): Promise<Ask> => ({
    ...{
      v: 1,
      is: "move",
      id: cloud.clock.id(),
      at: cloud.clock.now().toISOString(),
      publication: paper,
      from,
      address,
    },
  });

  it("confirms at the new address, and nothing goes to the old one", async () => {
    const from = await becomesReader(cloud);
    await settle(await move(from));
    const mail = await lastMail("neu@auenrode.example");
    expect(mail?.subject).toBe("Bitte bestätigen: ELBLANDbote an diese Adresse");
    expect(await mails(almut)).toEqual([]);
    expect(await moveReader(cloud, linkIn(mail?.text))).toMatchObject({ publication: paper });
  });

  it("names a few addresses an hour, no more: their link leads past the door", async () => {
    const from = await becomesReader(cloud);
    for (let n = 0; n < 8; n++) await settle(await move(from, `opfer${n}@ort${n}.example`));
    expect(cloud.outbox.count()).toBe(5);
  });
});

describe("a carrier in trouble", () => {
  const row = async (message: Ask & { at: string }) =>
    readMail(cloud, confirmMailKey(await keyOf(cloud, almut), paper, message.at));

  it.each([new Closed("Paused"), new Throttled("Throttling")])(
    "takes nothing, and the wish comes back: %s",
    async (trouble) => {
      const message = await signUp(cloud);
      await hear(
        message,
        withCarrier(() => {
          throw trouble;
        }),
      );
      expect(await row(message)).toBeUndefined();
      expect(waiting()).toBeGreaterThan(cloud.clock.now().getTime());
      cloud.clock.advance({ minutes: 15 });
      await settle();
      expect(await mails()).toHaveLength(1);
    },
  );

  it("slows only the confirm mails down when it says too fast", async () => {
    await hear(
      await signUp(cloud),
      withCarrier(() => {
        throw new Throttled("Throttling");
      }),
    );
    expect((await readRate(cloud, "confirmations"))?.share).toBeLessThan(1);
    expect(await readRate(cloud, "editions")).toBeUndefined();
  });

  it("is asked again about a mail nobody can tell the fate of, twice at most", async () => {
    let tries = 0;
    const doubtful = withCarrier(() => {
      tries++;
      throw new Doubtful("lost");
    });
    const message = await signUp(cloud);
    for (let n = 0; n < 5; n++) {
      await hear(message, doubtful);
      cloud.clock.advance({ minutes: 2 });
    }
    expect(tries).toBe(3);
    expect(await row(message)).toMatchObject({ state: "uncertain", attemptNo: 3 });
  });

  it("is asked again by one run, not by two at once", async () => {
    const message = await signUp(cloud);
    const lost = withCarrier(() => {
      throw new Doubtful("lost");
    });
    await hear(message, lost);
    cloud.clock.advance({ minutes: 2 });
    await Promise.all([hear(message), hear(message)]);
    expect(await mails()).toHaveLength(1);
  });

  it("is not asked again when it rejects the mail", async () => {
    let tries = 0;
    const message = await signUp(cloud);
    const rejecting = withCarrier(() => {
      tries++;
      throw new Rejected("not for almut@auenrode.example");
    });
    await hear(message, rejecting);
    await hear(message, rejecting);
    expect(tries).toBe(1);
    expect(await row(message)).toMatchObject({ state: "rejected", reason: "Rejected: not for …@…" });
  });

  it("that is closed for a week lets the wish lapse", async () => {
    const message = await signUp(cloud);
    cloud.clock.advance({ days: 7 });
    await settle(message);
    expect(cloud.outbox.count()).toBe(0);
    expect(waiting()).toBe(0);
  });
});

describe("a run that died while it was sending", () => {
  it("is waited for, and then sent again", async () => {
    const message = await signUp(cloud);
    const dying = withCarrier(() => {
      throw new Error("killed");
    });
    const dead: Cloud = {
      ...dying,
      table: {
        ...cloud.table,
        each: async (changes) => {
          if (JSON.stringify(changes).includes('"remove":{"pk":"address#')) throw new Error("killed");
          return cloud.table.each(changes);
        },
      },
    };
    await hear(message, dead);
    await hear(message);
    expect(await mails()).toEqual([]);
    cloud.clock.advance({ minutes: 3 });
    await settle();
    expect(await mails()).toHaveLength(1);
  });
});

describe("a table that is not ours", () => {
  it("sends no mail, and keeps the wish", async () => {
    const message = await signUp(cloud);
    const copied = testCloud();
    await takeFence(cloud, []);
    const foreign: Cloud = { ...cloud, table: { ...cloud.table, id: () => copied.table.id() } };
    await hear(message, foreign);
    expect(cloud.outbox.count()).toBe(0);
    expect(waiting()).toBeGreaterThan(0);
  });
});

describe("more mails than the hour has room for", () => {
  it("close the form, and wait for the next hour", async () => {
    for (let n = 0; n < mostPerHour - 1; n++) await countOne(cloud, { what: "mail", ours: "all" });
    for (const name of ["ada", "bela", "carl"]) await settle(await signUp(cloud, { address: `${name}@ort.example` }));
    expect(cloud.outbox.count()).toBe(1);
    expect(await isFormClosed(cloud)).toBe(true);
    cloud.clock.advance({ hours: 1 });
    expect(await isFormClosed(cloud)).toBe(false);
    await settle();
    expect(cloud.outbox.count()).toBe(3);
  });
});

describe("a new reader", () => {
  const welcoming = async (): Promise<string> => {
    await scheduleSpring(cloud);
    await savePublication(cloud, { ...(await requirePublication(cloud, paper)), welcome: true });
    const addressKey = await becomesReader(cloud);
    return addressKey;
  };

  it("is welcomed with the current issue and the way out, once", async () => {
    await welcoming();
    await putOnShelf(
      cloud,
      { publication: paper, issue: "2026-01", fingerprint: "f".repeat(64), language: "de" },
      "2026-03-02T08:00:00.000Z",
    );
    await settle();
    const mail = await lastMail();
    expect(mail?.subject).toBe("Willkommen bei ELBLANDbote");
    expect(mail?.text).toContain("https://elblandbote.example/ausgaben/2026-01/");
    expect(mail?.headers.some(({ key }) => key === "list-unsubscribe")).toBe(true);
    await settle({ v: 1, is: "welcome", id: "again", publication: paper, addressKey: await keyOf(cloud, almut) });
    expect(await mails()).toHaveLength(1);
  });

  it("is not welcomed where no issue has appeared yet", async () => {
    await welcoming();
    await settle();
    expect(await mails()).toEqual([]);
  });
});
