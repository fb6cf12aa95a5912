import { beforeEach, describe, expect, it } from "vitest";
import type { Cloud, Key } from "../../functions/cloud/cloud.ts";
import { evidenceOf } from "../../functions/records/consents.ts";
import { journalPages } from "../../functions/records/journal.ts";
import { savePublication } from "../../functions/records/publications.ts";
import {
  askFor,
  confirmReader,
  dataOf,
  eraseReader,
  moveReader,
  noteMail,
  savePreferences,
  undoLeaving,
} from "../../functions/records/readers.ts";
import { leave, suppressedAmong } from "../../functions/records/subscribers.ts";
import { suppress } from "../../functions/records/suppressions.ts";
import { type TestCloud, testCloud } from "../cloud/test-cloud.ts";
import { aPublication } from "../people-and-papers.ts";
import {
  almut,
  asks,
  asksToMove,
  at,
  becomesReader,
  form,
  foundPapers,
  linkFor,
  paper,
  signUp,
  sister,
} from "./a-reader.ts";
import { keyOf } from "./an-issue-to-send.ts";

let cloud: TestCloud;
let almutKey: string;
beforeEach(async () => {
  cloud = testCloud();
  await foundPapers(cloud);
  almutKey = await keyOf(cloud, almut);
});
const minutes = (count: number): void => cloud.clock.advance({ minutes: count });
const days = (count: number): void => cloud.clock.advance({ days: count });
const kinds = async (key = almutKey): Promise<string[]> => (await evidenceOf(cloud, key)).map(({ kind }) => kind);
const journal = async (): Promise<string[]> =>
  (await Array.fromAsync(journalPages(cloud))).flat().map(({ kind }) => kind);
const link = async (given: Parameters<typeof asks>[1] = {}): Promise<string> => {
  const token = await asks(cloud, given);
  return token ?? expect.unreachable("no mail went out");
};

describe("asking", () => {
  it("makes nobody a reader: the request waits for seven days, and is gone the moment they are over", async () => {
    await link();
    expect(await at(cloud, almut)).toMatchObject({ state: "pending", address: almut, form });
    days(7);
    expect(await at(cloud, almut)).toBeUndefined();
    expect(await kinds()).toEqual(["requested"]);
  });

  it("twice by the same message is one request, whatever became of it meanwhile", async () => {
    const message = await signUp(cloud);
    const first = await askFor(cloud, message);
    minutes(1);
    expect(await askFor(cloud, message)).toEqual(first);
    expect(await kinds()).toEqual(["requested"]);
    await confirmReader(cloud, await linkFor(cloud, first));
    expect(await askFor(cloud, message)).toMatchObject({ publications: [] });
    await leave(cloud, paper, almutKey);
    expect(await askFor(cloud, message)).toMatchObject({ publications: [] });
    expect(await at(cloud, almut)).toMatchObject({ state: "unsubscribed" });
  });

  it("again takes the newest wishes, and either link confirms them", async () => {
    const early = await link({ name: "Almut" });
    minutes(5);
    await link({ name: "Dr. Almut Weiß", format: "text" });
    expect(await confirmReader(cloud, early)).toMatchObject({ publications: [paper] });
    expect(await at(cloud, almut)).toMatchObject({ state: "confirmed", name: "Dr. Almut Weiß", format: "text" });
  });

  it("is nothing new for a reader", async () => {
    await becomesReader(cloud);
    minutes(1);
    expect(await asks(cloud)).toBeUndefined();
    expect(await kinds()).toEqual(["requested", "confirmed"]);
  });

  it("for several publications is one link, and a reader of one is asked for the other alone", async () => {
    await becomesReader(cloud, { publications: [sister] });
    minutes(1);
    const message = await signUp(cloud, { publications: [paper, sister], topics: { [paper]: ["kitas", "wasser"] } });
    const taken = await askFor(cloud, message);
    expect(taken.publications).toEqual([paper]);
    await confirmReader(cloud, await linkFor(cloud, taken));
    expect(await at(cloud, almut)).toMatchObject({ state: "confirmed", topics: ["kitas"] });
  });

  it("is refused with words nobody was shown, or that were shown for another publication", async () => {
    const message = await signUp(cloud, { wording: "0123456789abcdef" });
    await expect(askFor(cloud, message)).rejects.toMatchObject({ code: "wording-unknown" });
    await savePublication(cloud, aPublication({ id: "bergbote" }));
    const other = await signUp(cloud, { publications: ["bergbote"] });
    await expect(askFor(cloud, other)).rejects.toMatchObject({ code: "wording-unknown" });
  });

  it("never makes anybody forget that a reader left: who asks in their name changes nothing", async () => {
    await becomesReader(cloud);
    minutes(1);
    await leave(cloud, paper, almutKey);
    minutes(1);
    await link();
    expect(await at(cloud, almut)).toMatchObject({ state: "unsubscribed" });
    days(8);
    expect(await at(cloud, almut)).toMatchObject({ state: "unsubscribed" });
    expect((await dataOf(cloud, almutKey)).waiting).toEqual([]);
  });
});

describe("confirming", () => {
  it("makes a reader, with the words, the times and the mail as evidence", async () => {
    const taken = await askFor(cloud, await signUp(cloud));
    minutes(1);
    const token = await linkFor(cloud, taken);
    await noteMail(cloud, taken, { id: "ses-4711", acceptedAt: "2026-11-23T08:01:00.000Z" });
    minutes(9);
    expect(await confirmReader(cloud, token)).toEqual({ publications: [paper], addressKey: almutKey });
    expect(await at(cloud, almut)).toMatchObject({ state: "confirmed", consentSource: form, language: "de" });
    const requestedAt = "2026-11-23T08:00:00.000Z";
    const { wording } = taken;
    expect(await evidenceOf(cloud, almutKey)).toEqual([
      { kind: "requested", publication: paper, at: requestedAt, wording, language: "de", form },
      {
        ...{ kind: "confirmed", publication: paper, at: "2026-11-23T08:10:00.000Z", requestedAt, wording },
        ...{ mail: "ses-4711", mailAcceptedAt: "2026-11-23T08:01:00.000Z" },
      },
      { kind: "mailed", publication: paper, at: "2026-11-23T08:01:00.000Z", requestedAt, mail: "ses-4711" },
    ]);
    const { wordings } = await dataOf(cloud, almutKey);
    expect(wordings[wording]).toContain("ELBLANDbote");
    expect(JSON.stringify(await evidenceOf(cloud, almutKey))).not.toContain("auenrode");
  });

  it("works once: who presses again hears that it is done", async () => {
    const token = await link();
    await confirmReader(cloud, token);
    expect(await confirmReader(cloud, token)).toBe("used");
    minutes(1);
    await leave(cloud, paper, almutKey);
    expect(await confirmReader(cloud, token)).toBe("used");
    expect(await at(cloud, almut)).toMatchObject({ state: "unsubscribed" });
  });

  it("works for one of two who press at the same moment", async () => {
    const token = await link();
    const both = await Promise.all([confirmReader(cloud, token), confirmReader(cloud, token)]);
    expect(both.filter((one) => one === "used")).toHaveLength(1);
    expect(await kinds()).toEqual(["requested", "confirmed"]);
  });

  it("knows no link that was never made, is of another kind, or too old", async () => {
    const token = await link();
    expect(await confirmReader(cloud, `${token}A`)).toBeUndefined();
    expect(await confirmReader(cloud, "A".repeat(43))).toBeUndefined();
    expect(await moveReader(cloud, token)).toBeUndefined();
    days(7);
    expect(await confirmReader(cloud, token)).toBeUndefined();
  });

  it("is worth nothing once its reader has left: the withdrawal outweighs every older link", async () => {
    const [first, second] = [await link(), await link()];
    await confirmReader(cloud, first);
    minutes(1);
    await leave(cloud, paper, almutKey);
    expect(await confirmReader(cloud, second)).toBeUndefined();
    minutes(1);
    await link();
    expect(await confirmReader(cloud, second)).toBeUndefined();
    expect(await at(cloud, almut)).toMatchObject({ state: "unsubscribed" });
  });

  it.each(["bounced", "complained", "asked"] as const)(
    "ends a suppression whose reason was %s, by the reader's own hand alone",
    async (reason) => {
      await becomesReader(cloud);
      await suppress(cloud, new Map([[almutKey, reason]]));
      minutes(1);
      const token = await link();
      expect((await suppressedAmong(cloud, [almutKey])).size).toBe(1);
      expect(await at(cloud, almut)).toMatchObject({ state: "confirmed" });
      await confirmReader(cloud, token);
      expect((await suppressedAmong(cloud, [almutKey])).size).toBe(0);
      expect(await journal()).toEqual(["suppressed", "unsuppressed"]);
    },
  );

  it("asks for the welcome where the publication has one", async () => {
    const added: unknown[] = [];
    const queue = { add: async (messages: readonly unknown[]) => void added.push(...messages) };
    const listening: Cloud = { ...cloud, queues: { ...cloud.queues, confirmations: queue } };
    await savePublication(cloud, aPublication({ welcome: true }));
    await confirmReader(listening, await link({ publications: [paper, sister] }));
    expect(added).toMatchObject([{ is: "welcome", publication: paper, addressKey: almutKey }]);
  });
});

describe("choosing", () => {
  const choice = { topics: ["kitas"], format: "text", language: "en", awayUntil: undefined } as const;

  it("takes topics, form and language, and a time away by the publication's clock", async () => {
    await becomesReader(cloud);
    const chosen = await savePreferences(cloud, paper, almutKey, { ...choice, awayUntil: "2026-12-24" });
    expect(chosen).toMatchObject({ topics: ["kitas"], format: "text", language: "en" });
    expect(await at(cloud, almut)).toMatchObject({ pausedUntil: "2026-12-24T23:00:00.000Z" });
    await savePreferences(cloud, paper, almutKey, choice);
    expect(await at(cloud, almut)).not.toHaveProperty("pausedUntil");
  });

  it("is for readers alone", async () => {
    await link();
    expect(await savePreferences(cloud, paper, almutKey, choice)).toBeUndefined();
    expect(await at(cloud, almut)).toMatchObject({ state: "pending", format: "html" });
  });
});

describe("moving", () => {
  const neu = "almut@neu.example";

  it("leaves the old row without an address, pointing to the new one", async () => {
    await becomesReader(cloud, { topics: { [paper]: ["bauen"] } });
    minutes(1);
    const token = await asksToMove(cloud, almutKey, neu);
    expect(await at(cloud, neu)).toBeUndefined();
    expect(await moveReader(cloud, token ?? "")).toEqual({ publication: paper, addressKey: await keyOf(cloud, neu) });
    const movedTo = await keyOf(cloud, neu);
    expect(JSON.stringify(await at(cloud, almut))).not.toMatch(/almut@|Weiß/);
    expect(await at(cloud, almut)).toMatchObject({ state: "moved", movedTo });
    expect(await at(cloud, neu)).toMatchObject({
      ...{ state: "confirmed", address: neu, name: "Almut Weiß", topics: ["bauen"], movedFrom: [almutKey] },
    });
    expect(await journal()).toEqual(["moved"]);
    expect(await kinds()).toContain("moved");
    expect(await kinds(movedTo)).toEqual(["moved"]);
    expect(await moveReader(cloud, token ?? "")).toBe("used");
  });

  it("keeps links of the old mails working: they leave, and take it back, at the new address", async () => {
    await becomesReader(cloud);
    minutes(1);
    await moveReader(cloud, (await asksToMove(cloud, almutKey, neu)) ?? "");
    minutes(1);
    await leave(cloud, paper, almutKey);
    expect(await at(cloud, neu)).toMatchObject({ state: "unsubscribed" });
    expect(await undoLeaving(cloud, paper, almutKey)).toBe(true);
    expect(await at(cloud, neu)).toMatchObject({ state: "confirmed", address: neu });
  });

  it("is worth nothing once the reader has left", async () => {
    await becomesReader(cloud);
    const token = await asksToMove(cloud, almutKey, neu);
    minutes(1);
    await leave(cloud, paper, almutKey);
    expect(await moveReader(cloud, token ?? "")).toBeUndefined();
    expect(await at(cloud, neu)).toBeUndefined();
  });

  it("there and back again ends where it began, in no circle", async () => {
    await becomesReader(cloud);
    minutes(1);
    await moveReader(cloud, (await asksToMove(cloud, almutKey, neu)) ?? "");
    minutes(1);
    await moveReader(cloud, (await asksToMove(cloud, await keyOf(cloud, neu), almut)) ?? "");
    expect(await at(cloud, almut)).toMatchObject({ state: "confirmed", movedFrom: [await keyOf(cloud, neu)] });
    expect(await at(cloud, neu)).toMatchObject({ state: "moved", movedTo: almutKey });
  });

  it("to an address that reads already leaves one reader, with what was chosen there", async () => {
    await becomesReader(cloud);
    await becomesReader(cloud, { address: neu, format: "text" });
    minutes(1);
    await moveReader(cloud, (await asksToMove(cloud, almutKey, neu)) ?? "");
    expect(await at(cloud, almut)).toMatchObject({ state: "moved" });
    expect(await at(cloud, neu)).toMatchObject({ state: "confirmed", format: "text", movedFrom: [almutKey] });
  });

  it("is nothing for who is no reader, or stays where they are", async () => {
    expect(await asksToMove(cloud, almutKey, neu)).toBeUndefined();
    await becomesReader(cloud);
    expect(await asksToMove(cloud, almutKey, almut)).toBeUndefined();
  });
});

describe("leaving", () => {
  it("can be taken back for ten minutes, with everything that was chosen", async () => {
    await becomesReader(cloud, { topics: { [paper]: ["kitas"] } });
    const before = await at(cloud, almut);
    minutes(1);
    await leave(cloud, paper, almutKey, "one-click");
    minutes(9);
    expect(await undoLeaving(cloud, paper, almutKey)).toBe(true);
    const returnedAt = cloud.clock.now().toISOString();
    expect(await at(cloud, almut)).toEqual({ ...before, version: 4, returnedAt });
    expect(await undoLeaving(cloud, paper, almutKey)).toBe(false);
    expect(await kinds()).toEqual(["requested", "confirmed", "withdrawn", "returned"]);
    expect(await evidenceOf(cloud, almutKey)).toContainEqual(
      expect.objectContaining({ kind: "withdrawn", form: "one-click", language: "de" }),
    );
  });

  it("cannot be taken back any later, nor after the reader was erased", async () => {
    await becomesReader(cloud);
    minutes(1);
    await leave(cloud, paper, almutKey);
    minutes(10);
    expect(await undoLeaving(cloud, paper, almutKey)).toBe(false);
    await becomesReader(cloud);
    minutes(1);
    await leave(cloud, paper, almutKey);
    await eraseReader(cloud, almutKey);
    expect(await undoLeaving(cloud, paper, almutKey)).toBe(false);
  });

  it.each(["leaving", "erasing"])(
    "and confirming anew at the same moment never ends in a reader who was told otherwise: %s",
    async (name) => {
      await becomesReader(cloud);
      minutes(1);
      await leave(cloud, paper, almutKey);
      minutes(1);
      const token = await link();
      minutes(1);
      const { table } = cloud;
      // Whoever confirms is overtaken between looking and writing; and the other way round.
      const late = (overtake: () => Promise<unknown>): Cloud => {
        let isOver = false;
        const first = async (): Promise<void> => {
          if (isOver) return;
          isOver = true;
          await overtake();
        };
        const write: Cloud["table"]["write"] = async (changes) => {
          await first();
          return table.write(changes);
        };
        return { ...cloud, table: { ...table, write } };
      };
      const goes = (by: Cloud) => (name === "leaving" ? leave(by, paper, almutKey) : eraseReader(by, almutKey));
      await goes(late(() => confirmReader(cloud, token)));
      expect(await at(cloud, almut)).toMatchObject({ state: "unsubscribed" });
      minutes(1);
      const second = await link();
      minutes(1);
      expect(
        await confirmReader(
          late(() => goes(cloud)),
          second,
        ),
      ).toBeUndefined();
      expect(await at(cloud, almut)).toMatchObject({ state: "unsubscribed" });
    },
  );

  it("takes back a request that still waits", async () => {
    const token = await link();
    minutes(1);
    await leave(cloud, paper, almutKey);
    expect(await confirmReader(cloud, token)).toBeUndefined();
    minutes(1);
    const second = await link();
    await leave(cloud, paper, almutKey);
    expect(await confirmReader(cloud, second)).toBeUndefined();
    expect(await at(cloud, almut)).toMatchObject({ state: "unsubscribed" });
  });
});

/** A cloud that remembers which rows were ever written. */
function watched(keys: Map<string, Key>): Cloud {
  const see = (changes: Parameters<Cloud["table"]["write"]>[0]): void => {
    for (const change of changes) {
      const { pk, sk } = "put" in change ? change.put : "patch" in change ? change.patch : { pk: "", sk: "" };
      if (pk) keys.set(`${pk} ${sk}`, { pk, sk });
    }
  };
  const { table } = cloud;
  return {
    ...cloud,
    table: {
      ...table,
      write: async (changes) => {
        see(changes);
        await table.write(changes);
      },
      each: async (changes) => {
        see(changes);
        return table.each(changes);
      },
    },
  };
}

describe("erasing", () => {
  it("leaves the key, the evidence and no address in any row, at the address they moved to as well", async () => {
    const keys = new Map<string, Key>();
    const seen = watched(keys);
    const neu = "almut@neu.example";
    await becomesReader(seen, { publications: [paper, sister] });
    minutes(1);
    await moveReader(seen, (await asksToMove(seen, almutKey, neu)) ?? "");
    minutes(1);
    await leave(seen, sister, almutKey);
    minutes(1);
    await asks(seen, { publications: [sister] });
    const evidence = (await evidenceOf(cloud, almutKey)).length;
    minutes(1);
    await eraseReader(seen, almutKey);
    const rows = await cloud.table.get([...keys.values()]);
    expect(rows.length).toBeGreaterThan(15);
    expect(JSON.stringify(rows)).not.toMatch(/almut@|Almut/);
    expect(await at(cloud, neu)).toMatchObject({ state: "unsubscribed" });
    expect((await evidenceOf(cloud, almutKey)).length).toBeGreaterThanOrEqual(evidence);
    expect(await journal()).toEqual(["moved", "left", "erased", "erased"]);
  });

  it("lets its reader, and nobody else, come back", async () => {
    const old = await link();
    minutes(1);
    await eraseReader(cloud, almutKey);
    expect(await confirmReader(cloud, old)).toBeUndefined();
    minutes(1);
    await confirmReader(cloud, await link());
    expect(await at(cloud, almut)).toMatchObject({ state: "confirmed" });
  });

  it("may be done twice", async () => {
    await becomesReader(cloud);
    minutes(1);
    await eraseReader(cloud, almutKey);
    await eraseReader(cloud, almutKey);
    expect(await kinds()).toEqual(["requested", "confirmed", "withdrawn"]);
  });
});

describe("what we hold of a reader", () => {
  it("is handed out whole", async () => {
    await becomesReader(cloud);
    minutes(1);
    await asks(cloud, { publications: [sister] });
    await suppress(cloud, new Map([[almutKey, "bounced"]]));
    expect(await dataOf(cloud, almutKey)).toMatchObject({
      addressKey: almutKey,
      subscriptions: [
        { publication: paper, state: "confirmed", address: almut },
        { publication: sister, state: "pending", address: almut },
      ],
      suppression: { reason: "bounced" },
      waiting: [],
      letters: [],
    });
  });
});
