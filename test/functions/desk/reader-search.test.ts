import { beforeEach, describe, expect, it, vi } from "vitest";
import { operator } from "../../../core/rights.ts";
import { startOfWalk, type WalkPosition } from "../../../core/subscriber/walk.ts";
import { findReaders, readerKey } from "../../../functions/desk/reader-search.ts";
import { listSuppressions } from "../../../functions/desk/suppression-list.ts";
import { liftSuppression, suppressAddress, suppressKey } from "../../../functions/desk/suppressions.ts";
import { forget } from "../../../functions/forget.ts";
import { countGrowth, readGrowth } from "../../../functions/records/growth.ts";
import { suppressionsPartition } from "../../../functions/records/keys.ts";
import { savePublication } from "../../../functions/records/publications.ts";
import { leave } from "../../../functions/records/subscribers.ts";
import { listOlderSuppressions } from "../../../functions/records/suppression-list.ts";
import { suppress } from "../../../functions/records/suppressions.ts";
import { type TestCloud, testCloud } from "../../cloud/test-cloud.ts";
import { aPublication } from "../../people-and-papers.ts";
import { keyOf, someReaders, takeIn } from "../an-issue-to-send.ts";

const paper = "elblandbote";
const publisher = { id: "henrike", roles: ["publisher"], home: paper } as const;
const editor = { id: "guelsen", roles: ["editor"], home: paper } as const;

let cloud: TestCloud;
beforeEach(async () => {
  cloud = testCloud();
  await savePublication(cloud, aPublication());
});

/** Every piece of a walk. */
async function walk(wanted: Parameters<typeof findReaders>[3] = {}) {
  const pieces = [];
  for (let from: WalkPosition | undefined = startOfWalk; from; ) {
    const piece = await findReaders(cloud, publisher, paper, wanted, from);
    pieces.push(piece);
    from = piece.next;
  }
  return pieces;
}

describe("looking through all readers", () => {
  it("meets everybody once, fifty a page, and says how far it got", async () => {
    const readers = someReaders(130);
    await takeIn(cloud, readers);
    const pieces = await walk();
    expect(pieces.map(({ readers: found }) => found.length)).toEqual([50, 50, 30]);
    const met = pieces.flatMap((piece) => piece.readers.map((one) => ("address" in one ? one.address : "")));
    expect(met.sort()).toEqual([...readers].sort());
    const shares = pieces.map(({ share }) => share);
    expect(shares).toEqual([...shares].sort());
    expect(shares.at(-1)).toBe(1);
  });

  it("finds who left since a day, by state", async () => {
    await takeIn(cloud, someReaders(20));
    cloud.clock.advance({ days: 10 });
    await leave(cloud, paper, await keyOf(cloud, "leserin3@auenrode.example"));
    const since = "2026-12-01T00:00:00.000Z";
    const [found] = await walk({ states: new Set(["unsubscribed"] as const), since });
    expect(found?.readers).toHaveLength(1);
    expect((await walk({ until: since }))[0]?.readers).toHaveLength(19);
  });

  it("leads to a reader by their whole address", async () => {
    expect(await readerKey(cloud, publisher, paper, " Leserin1@AUENRODE.example ")).toBe(
      await keyOf(cloud, "leserin1@auenrode.example"),
    );
    await expect(readerKey(cloud, publisher, paper, "auenrode")).rejects.toMatchObject({ code: "address-at" });
  });

  it("is nothing for editors", async () => {
    await expect(findReaders(cloud, editor, paper, {}, startOfWalk)).rejects.toMatchObject({ code: "not-allowed" });
    await expect(listSuppressions(cloud, editor, paper, { limit: 10 })).rejects.toMatchObject({ code: "not-allowed" });
  });
});

describe("the list of suppressions", () => {
  it("has the newest first, page by page, with the address of who is known here", async () => {
    await takeIn(cloud, someReaders(3));
    for (const address of someReaders(4)) {
      cloud.clock.advance({ minutes: 1 });
      await suppressAddress(cloud, operator, address, "asked");
    }
    const first = await listSuppressions(cloud, publisher, paper, { limit: 3 });
    expect(first.suppressions.map(({ address }) => address)).toEqual([
      null,
      "leserin3@auenrode.example",
      "leserin2@auenrode.example",
    ]);
    const after = first.next ?? "";
    const second = await listSuppressions(cloud, publisher, paper, { limit: 3, after });
    expect(second.suppressions.map(({ address }) => address)).toEqual(["leserin1@auenrode.example"]);
  });

  it("loses who may be written to again, and keeps the first reason of two", async () => {
    const key = await keyOf(cloud, "leserin1@auenrode.example");
    await suppress(cloud, new Map([[key, "bounced"]]));
    await suppress(cloud, new Map([[key, "complained"]]));
    const list = async () => (await listSuppressions(cloud, publisher, paper, { limit: 9 })).suppressions;
    expect((await list()).map(({ reason }) => reason)).toEqual(["bounced"]);
    await liftSuppression(cloud, publisher, key, "slip");
    expect(await list()).toEqual([]);
    await expect(liftSuppression(cloud, publisher, key, "slip")).rejects.toMatchObject({ code: "not-suppressed" });
  });
});

describe("suppressions from before there was a list", () => {
  const night = (minutes = 5) =>
    forget(cloud)({}, { deadline: new Date(cloud.clock.now().getTime() + minutes * 60_000) });
  const listed = async () => (await listSuppressions(cloud, publisher, paper, { limit: 20 })).suppressions;
  /** As it was left behind then: no line of any list. */
  const unlisted = async (keys: readonly string[]): Promise<void> => {
    for (const key of keys) {
      cloud.clock.advance({ minutes: 1 });
      await suppress(cloud, new Map([[key, "bounced"]]));
    }
    const { items } = await cloud.table.query({ pk: suppressionsPartition, limit: 50 });
    await cloud.table.each(items.map(({ pk, sk }) => ({ remove: { pk, sk } })));
  };

  it("come onto it in a night, each once and in the order of time; who may be mailed again does not", async () => {
    const keys = await Promise.all(someReaders(5).map((one) => keyOf(cloud, one)));
    await unlisted(keys);
    await liftSuppression(cloud, operator, keys[1] ?? "", "works");
    expect(await listed()).toEqual([]);
    await night();
    const order = [4, 3, 2, 0].map((index) => keys[index]);
    expect((await listed()).map(({ addressKey }) => addressKey)).toEqual(order);
    await night();
    expect(await listed()).toHaveLength(4);
  });

  it("come piece by piece where there are many: what a night did is not done again", async () => {
    const keys = await Promise.all(someReaders(3).map((one) => keyOf(cloud, one)));
    await unlisted(keys);
    expect(await listOlderSuppressions(cloud, () => true)).toBe(false);
    let pieces = 0;
    const onePiece = () => pieces++ > 0;
    expect(await listOlderSuppressions(cloud, onePiece)).toBe(false);
    expect(await listed()).toHaveLength(3);
    const read = vi.spyOn(cloud.files, "read");
    expect(await listOlderSuppressions(cloud, () => false)).toBe(true);
    expect(await listOlderSuppressions(cloud, () => false)).toBe(true);
    expect(read).not.toHaveBeenCalled();
  });

  it("are on it at once from then on, whoever made them", async () => {
    const [one = "", two = "", three = ""] = await Promise.all(someReaders(3).map((each) => keyOf(cloud, each)));
    await suppress(cloud, new Map([[one, "complained"]]));
    await suppressKey(cloud, operator, two, "asked");
    await suppressKey(cloud, publisher, three, "asked");
    expect((await listed()).map(({ addressKey }) => addressKey).sort()).toEqual([one, two, three].sort());
  });
});

describe("how many readers there are", () => {
  it("is counted at night", async () => {
    await takeIn(cloud, someReaders(30));
    await leave(cloud, paper, await keyOf(cloud, "leserin3@auenrode.example"));
    expect(await readGrowth(cloud, paper)).toBeUndefined();
    await forget(cloud)({}, { deadline: new Date(cloud.clock.now().getTime() + 300_000) });
    expect(await readGrowth(cloud, paper)).toMatchObject({
      ...{ readers: 29, confirmed: { "2026-11": 29 }, left: { "2026-11": 1 } },
      ...{ since: "2026-11", months: { "2026-11": 29 } },
    });
  });

  it("is counted on where a night was too short", async () => {
    await takeIn(cloud, someReaders(30));
    let runs = 0;
    while (!(await countGrowth(cloud, paper, () => true))) runs += 1;
    expect(runs).toBe(15);
    expect((await readGrowth(cloud, paper))?.readers).toBe(30);
  });
});
