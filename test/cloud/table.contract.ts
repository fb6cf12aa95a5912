import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Change, Conflict, type Item, type Key, type Query, type Table } from "../../functions/cloud/cloud.ts";
import { fresh, groups, type Made, type Reach } from "./contract.ts";

export interface MadeTable extends Made {
  readonly table: Table;
  /** A second client on the same rows, as the server and the command line are. */
  readonly another?: Table;
  /** Another table, brought back from a copy of this one. Left out where there is no copying. */
  readonly copied?: () => Promise<{ readonly table: Table } & Made>;
}

const longAgo = "2001-01-01T00:00:00.000Z";
const farAhead = "2999-01-01T00:00:00.000Z";

export function tableContract(name: string, make: () => Promise<MadeTable>, reach: Reach = {}): void {
  const { everywhere, twinAndRealAws } = groups(reach);

  describe(`table, ${name}`, () => {
    let made: MadeTable;
    let table: Table;
    beforeAll(async () => {
      made = await make();
      table = made.table;
    });
    afterAll(() => made?.end?.());

    const one = async (key: Key): Promise<Item | undefined> => (await table.get([key], { consistent: true }))[0];
    const conflictOf = async (changes: readonly Change[]): Promise<Conflict> => {
      const outcome = await table.write(changes).then(
        () => "done",
        (fault) => fault,
      );
      expect(outcome).toBeInstanceOf(Conflict);
      return outcome as Conflict;
    };
    const rows = async (pk: string, names: readonly string[]): Promise<void> => {
      await table.each(names.map((sk) => ({ put: { pk, sk, name: sk } })));
    };
    /** Follows `next` to the end. */
    const walk = async (query: Query): Promise<{ items: Item[]; pages: number }> => {
      const items: Item[] = [];
      let after: string | undefined;
      for (let pages = 1; ; pages++) {
        const page = await table.query({ ...query, ...(after !== undefined && { after }) });
        items.push(...page.items);
        if (page.next === undefined) return { items, pages };
        expect(page.items.length).toBeLessThanOrEqual(query.limit);
        expect(pages).toBeLessThan(1000);
        after = page.next;
      }
    };

    everywhere("reading and writing", () => {
      it("finds nothing where nothing was put", async () => {
        expect(await table.get([{ pk: fresh("no"), sk: "no" }])).toEqual([undefined]);
        expect(await table.get([])).toEqual([]);
      });

      it("gives a row back as it was put, whatever its fields hold", async () => {
        const row: Item = {
          ...{ pk: fresh("värde"), sk: "Ä/ß#ü ☕ 😀" },
          ...{ text: "Grüße\n\t„Hallo“ 😀\u0000", nothing: "", none: null, yes: true, no: false },
          ...{ zero: 0, minus: -17, part: 0.1, large: 9007199254740991, small: 1e-12 },
          ...{ list: [1, "zwei", null, [true, {}], []], map: { "a.b": { c: [{ d: "" }] } } },
          expiresAt: farAhead,
        };
        await table.write([{ put: row }]);
        expect(await one(row)).toEqual(row);
      });

      it("leaves out a field that is undefined", async () => {
        const key = { pk: fresh("row"), sk: "a" };
        await table.write([{ put: { ...key, here: 1, gone: undefined } }]);
        expect(Object.keys((await one(key)) ?? {}).sort()).toEqual(["here", "pk", "sk"]);
      });

      it("takes any field name, also the words a database keeps for itself", async () => {
        const key = { pk: fresh("row"), sk: "a" };
        const fields = { name: 1, status: 2, values: 3, "a-b": 4, "c.d": 5, "e f": 6, größe: 7, "#g": 8, ":h": 9 };
        await table.write([{ patch: key, set: fields }]);
        await table.write([{ patch: key, set: { state: 1 }, remove: ["a-b", "c.d"], if: { ...fields } }]);
        const { "a-b": _, "c.d": __, ...left } = fields;
        expect(await one(key)).toEqual({ ...key, ...left, state: 1 });
      });

      it("answers any number of keys in their order, gaps and repetitions included", async () => {
        const pk = fresh("many");
        const names = Array.from({ length: 230 }, (_, index) => String(index).padStart(4, "0"));
        await rows(pk, names);
        const asked = [...names, "missing", "0007", "0007"].reverse();
        const answers = await table.get(asked.map((sk) => ({ pk, sk })));
        expect(answers.map((row) => row?.sk ?? "missing")).toEqual(asked);
      });

      it("replaces a whole row by put, and only the named fields by patch", async () => {
        const key = { pk: fresh("row"), sk: "a" };
        await table.write([{ put: { ...key, old: 1, kept: 2 } }]);
        await table.write([{ put: { ...key, kept: 3 } }]);
        expect(await one(key)).toEqual({ ...key, kept: 3 });
        await table.write([{ patch: key, set: { added: "x" }, remove: ["kept", "never there"] }]);
        expect(await one(key)).toEqual({ ...key, added: "x" });
      });

      it("makes the row when an unconditional patch finds none", async () => {
        const key = { pk: fresh("row"), sk: "a" };
        await table.write([{ patch: key, set: { turn: 1 } }]);
        expect(await one(key)).toEqual({ ...key, turn: 1 });
      });

      it("removes, and does not mind when there is nothing to remove", async () => {
        const key = { pk: fresh("row"), sk: "a" };
        await table.write([{ put: { ...key, a: 1 } }]);
        await table.write([{ remove: key }]);
        await table.write([{ remove: key }]);
        expect(await one(key)).toBeUndefined();
      });

      it("writes nothing when given nothing", async () => {
        await table.write([]);
        expect(await table.each([])).toEqual([]);
      });

      it("refuses what no row can hold", async () => {
        const key = { pk: fresh("row"), sk: "a" };
        await expect(table.write([{ put: { pk: key.pk, sk: "" } }])).rejects.toThrow();
        await expect(table.write([{ put: { ...key, number: Number.NaN } }])).rejects.toThrow();
        await expect(table.write([{ put: { ...key, text: "x".repeat(420_000) } }])).rejects.toThrow();
        await expect(table.write([{ patch: key, set: { sk: "b" } }])).rejects.toThrow();
        expect(await one(key)).toBeUndefined();
      });
    });

    everywhere("conditions", () => {
      const held = { status: "built", version: 3, open: true };

      it.each([
        ["absent", undefined, "absent", true],
        ["absent", held, "absent", false],
        ["present", held, "present", true],
        ["present", undefined, "present", false],
        ["the same fields", held, { status: "built", version: 3, open: true }, true],
        ["another value", held, { status: "built", version: 4 }, false],
        ["the same figure as text", held, { version: "3" }, false],
        ["a field that is absent", held, { heldUntil: null }, true],
        ["a field that should be absent", held, { version: null }, false],
        ["fields of a row that is not there", undefined, { status: "built" }, false],
        ["an absent field of a row that is not there", undefined, { heldUntil: null }, false],
      ] as const)("hold or fail alike for every kind of change: %s", async (_, standing, condition, holds) => {
        const kinds: ((key: Key) => Change)[] = [
          (key) => ({ put: { ...key, new: 1 }, if: condition }),
          (key) => ({ patch: key, set: { new: 1 }, if: condition }),
          (key) => ({ remove: key, if: condition }),
          (key) => ({ check: key, if: condition }),
        ];
        for (const change of kinds) {
          const key = { pk: fresh("row"), sk: "a" };
          const found = standing && { ...key, ...standing };
          if (found) await table.write([{ put: found }]);
          if (holds) await table.write([change(key)]);
          else {
            expect((await conflictOf([change(key)])).failed).toEqual([{ index: 0, found }]);
            expect(await one(key)).toEqual(found);
          }
        }
      });

      it("shows a writer whose first try had succeeded its own row", async () => {
        const claim = { pk: fresh("issue"), sk: "delivery", attempt: "a1", state: "sending" };
        await table.write([{ put: claim, if: "absent" }]);
        expect((await conflictOf([{ put: claim, if: "absent" }])).failed).toEqual([{ index: 0, found: claim }]);
        expect(await one(claim)).toEqual(claim);
      });

      it("changes nothing by a check", async () => {
        const row = { pk: fresh("row"), sk: "a", state: "open" };
        await table.write([{ put: row }]);
        await table.write([{ check: row, if: { state: "open" } }]);
        expect(await one(row)).toEqual(row);
      });
    });

    everywhere("several changes at once", () => {
      it("writes all or nothing, and names every change that failed with what stood there", async () => {
        const pk = fresh("all");
        const b = { pk, sk: "b", version: 2 };
        await table.write([{ put: b }]);
        const conflict = await conflictOf([
          { put: { pk, sk: "a" }, if: "absent" },
          { patch: { pk, sk: "b" }, set: { version: 9 }, if: { version: 1 } },
          { remove: { pk, sk: "c" }, if: "present" },
          { put: { pk, sk: "d" } },
        ]);
        expect(conflict.failed).toEqual([
          { index: 1, found: b },
          { index: 2, found: undefined },
        ]);
        expect((await table.query({ pk, limit: 10, consistent: true })).items).toEqual([b]);
      });

      it("takes a hundred changes of every kind together", async () => {
        const pk = fresh("hundred");
        await rows(pk, ["checked", "patched", "removed"]);
        const puts = Array.from({ length: 97 }, (_, n): Change => ({ put: { pk, sk: `n${n}` }, if: "absent" }));
        await table.write([
          ...puts,
          { check: { pk, sk: "checked" }, if: { name: "checked" } },
          { patch: { pk, sk: "patched" }, set: { name: "new" } },
          { remove: { pk, sk: "removed" }, if: "present" },
        ]);
        const { items } = await walk({ pk, limit: 200, consistent: true });
        expect(items).toHaveLength(99);
        expect(items.find(({ sk }) => sk === "patched")?.name).toBe("new");
      });

      it("refuses more than a hundred, and two changes of one row", async () => {
        const pk = fresh("many");
        const puts = Array.from({ length: 101 }, (_, n): Change => ({ put: { pk, sk: `n${n}` } }));
        await expect(table.write(puts)).rejects.toThrow();
        const twice: Change[] = [{ put: { pk, sk: "a" } }, { check: { pk, sk: "a" }, if: "absent" }];
        await expect(table.write(twice)).rejects.toThrow();
        expect((await table.query({ pk, limit: 10, consistent: true })).items).toEqual([]);
      });
    });

    everywhere("many single writes", () => {
      it("puts each on its own feet: outcomes stand in the order of the changes", async () => {
        const pk = fresh("each");
        const taken = { pk, sk: "0005", attempt: "another" };
        await table.write([{ put: taken }]);
        const names = Array.from({ length: 130 }, (_, index) => String(index).padStart(4, "0"));
        const outcomes = await table.each(
          names.map((sk) => ({ put: { pk, sk, attempt: "mine" }, if: "absent" as const })),
        );
        expect(outcomes.filter((outcome) => outcome === "done")).toHaveLength(129);
        expect(outcomes[5]).toBeInstanceOf(Conflict);
        expect((outcomes[5] as Conflict).failed).toEqual([{ index: 5, found: taken }]);
        expect((await walk({ pk, limit: 500, consistent: true })).items).toHaveLength(130);
      });
    });

    everywhere("ranges", () => {
      const inByteOrder = ["A", "Z", "a", "aa", "a~", "b", "z", "ä", "ö", "\uffee", "😀"];

      it("come in byte order, first or newest first", async () => {
        const pk = fresh("order");
        await rows(pk, inByteOrder.toReversed());
        const forward = await table.query({ pk, limit: 100 });
        expect(forward.items.map(({ sk }) => sk)).toEqual(inByteOrder);
        expect(forward.next).toBeUndefined();
        const back = await table.query({ pk, limit: 100, newestFirst: true });
        expect(back.items.map(({ sk }) => sk)).toEqual(inByteOrder.toReversed());
      });

      it.each([
        [{ from: "a", to: "b" }, ["a", "aa", "a~", "b"]],
        [{ from: "ä" }, ["ä", "ö", "\uffee", "😀"]],
        [{ to: "Z" }, ["A", "Z"]],
        [{ from: "aaa", to: "a}" }, []],
        [{ from: "z", to: "a" }, []],
      ])("include both ends: %j", async (range, expected) => {
        const pk = fresh("range");
        await rows(pk, inByteOrder);
        await rows(`${pk}x`, ["a", "aa"]);
        const found = (await table.query({ pk, ...range, limit: 100 })).items.map(({ sk }) => sk);
        expect(found).toEqual(expected);
        const back = await table.query({ pk, ...range, limit: 100, newestFirst: true });
        expect(back.items.map(({ sk }) => sk)).toEqual(expected.toReversed());
      });

      it.each([false, true])("page with next until all was shown once (newest first: %s)", async (newestFirst) => {
        const pk = fresh("pages");
        const names = Array.from({ length: 23 }, (_, index) => `n${String(index).padStart(2, "0")}`);
        await rows(pk, names);
        const { items, pages } = await walk({ pk, from: "n01", to: "n21", limit: 5, newestFirst });
        const expected = names.slice(1, 22);
        expect(items.map(({ sk }) => sk)).toEqual(newestFirst ? expected.toReversed() : expected);
        expect(pages).toBeGreaterThanOrEqual(5);
      });

      it("pages on where the row it stood on has gone", async () => {
        const pk = fresh("pages");
        await rows(pk, ["a", "b", "c", "d"]);
        const first = await table.query({ pk, limit: 2 });
        await table.write([{ remove: { pk, sk: "b" } }]);
        const second = await table.query({ pk, limit: 2, ...(first.next !== undefined && { after: first.next }) });
        expect(second.items.map(({ sk }) => sk)).toEqual(["c", "d"]);
      });

      it("answers a page larger than a megabyte", async () => {
        const pk = fresh("large");
        await table.each(
          Array.from({ length: 8 }, (_, n): Change => ({ put: { pk, sk: `n${n}`, text: "x".repeat(200_000) } })),
        );
        const { items } = await walk({ pk, limit: 8 });
        expect(items.map(({ text }) => (text as string).length)).toEqual(Array(8).fill(200_000));
      });
    });

    everywhere("rows whose time has passed", () => {
      it("are in no answer", async () => {
        const pk = fresh("lapsed");
        const trouble = fresh("trouble");
        const kept = { pk, sk: "b", trouble, expiresAt: farAhead };
        await table.write([{ put: { pk, sk: "a", trouble, expiresAt: longAgo } }]);
        await table.write([{ put: kept }]);
        expect(await table.get([{ pk, sk: "a" }, kept])).toEqual([undefined, kept]);
        expect((await walk({ pk, limit: 1 })).items).toEqual([kept]);
        expect((await walk({ pk: trouble, index: "byTrouble", limit: 1 })).items).toEqual([kept]);
      });

      it("count as absent for every condition", async () => {
        const key = { pk: fresh("lapsed"), sk: "a" };
        const lapsed: Change = { put: { ...key, version: 1, expiresAt: longAgo } };
        await table.write([lapsed]);
        expect((await conflictOf([{ patch: key, set: { a: 1 }, if: "present" }])).failed).toEqual([
          { index: 0, found: undefined },
        ]);
        await conflictOf([{ remove: key, if: { version: 1 } }]);
        await table.write([{ put: { ...key, version: 2 }, if: "absent" }]);
        expect(await one(key)).toEqual({ ...key, version: 2 });
      });

      it("leave nothing behind for a patch or a count", async () => {
        const pk = fresh("lapsed");
        for (const sk of ["patched", "counted"])
          await table.write([{ put: { pk, sk, used: 7, old: true, expiresAt: longAgo } }]);
        await table.write([{ patch: { pk, sk: "patched" }, set: { new: true } }]);
        expect(await one({ pk, sk: "patched" })).toEqual({ pk, sk: "patched", new: true });
        expect(await table.count({ pk, sk: "counted" }, "used", 1)).toBe(1);
      });
    });

    everywhere("the index byTrouble", () => {
      it("holds the rows that have trouble, in the order of their sort keys, each once", async () => {
        const trouble = `${fresh("issue")}#bounced`;
        const pks = [fresh("issue#a"), fresh("issue#b")];
        for (const pk of pks) {
          await table.write([{ put: { pk, sk: "delivery#1", trouble } }]);
          await table.write([{ put: { pk, sk: "delivery#2", trouble } }]);
          await table.write([{ put: { pk, sk: "delivery#3" } }]);
        }
        await table.write([{ patch: { pk: pks[0] ?? "", sk: "delivery#3" }, set: { trouble } }]);
        await table.write([{ patch: { pk: pks[1] ?? "", sk: "delivery#2" }, set: {}, remove: ["trouble"] }]);
        const expected = ["delivery#1", "delivery#1", "delivery#2", "delivery#3"];
        await expect
          .poll(async () => (await walk({ pk: trouble, index: "byTrouble", limit: 1 })).items.map(({ sk }) => sk))
          .toEqual(expected);
        const back = await walk({ pk: trouble, index: "byTrouble", limit: 3, newestFirst: true });
        expect(back.items.map(({ sk }) => sk)).toEqual(expected.toReversed());
        expect(new Set(back.items.map(({ pk, sk }) => pk + sk)).size).toBe(4);
        const range = await walk({ pk: trouble, index: "byTrouble", from: "delivery#2", to: "delivery#2", limit: 9 });
        expect(range.items).toEqual([{ pk: pks[0], sk: "delivery#2", trouble }]);
      });
    });

    everywhere("counting", () => {
      it("adds to what is there, from nothing too, and answers the new value", async () => {
        const key = { pk: fresh("cap"), sk: "hour" };
        expect(await table.count(key, "used", 1)).toBe(1);
        expect(await table.count(key, "used", 41)).toBe(42);
        expect(await table.count(key, "used", -2)).toBe(40);
        expect(await table.count(key, "status", 5, { expiresAt: farAhead })).toBe(5);
        expect(await one(key)).toEqual({ ...key, used: 40, status: 5, expiresAt: farAhead });
      });

      it("keeps the other fields, and lapses when its time has passed", async () => {
        const key = { pk: fresh("cap"), sk: "hour" };
        await table.write([{ put: { ...key, limit: 10 } }]);
        await table.count(key, "used", 1);
        expect(await one(key)).toEqual({ ...key, limit: 10, used: 1 });
        await table.count(key, "used", 1, { expiresAt: longAgo });
        expect(await one(key)).toBeUndefined();
      });
    });

    twinAndRealAws("which table it is", () => {
      it("has one id, whoever asks and however often", async () => {
        const id = await table.id();
        expect(id).not.toBe("");
        expect([await table.id(), await (made.another ?? table).id()]).toEqual([id, id]);
      });

      it("is told from a copy of it", async ({ skip }) => {
        if (!made.copied) return skip();
        const { table: copy, end } = await made.copied();
        expect(await copy.id()).not.toBe(await table.id());
        await end?.();
      });
    });

    twinAndRealAws("two writers at once", () => {
      const writers = (): Table[] => [table, made.another ?? table];

      it("let one of many claims win, and show it to the others", async () => {
        const key = { pk: fresh("claim"), sk: "a" };
        const outcomes = await Promise.all(
          Array.from({ length: 20 }, async (_, n) => {
            const outcome = await writers()[n % 2]?.each([{ put: { ...key, attempt: n }, if: "absent" }]);
            return outcome?.[0];
          }),
        );
        const winner = await one(key);
        expect(outcomes.filter((outcome) => outcome === "done")).toHaveLength(1);
        expect(outcomes[winner?.attempt as number]).toBe("done");
        for (const outcome of outcomes)
          if (outcome instanceof Conflict) expect(outcome.failed[0]?.found).toEqual(winner);
      });

      it("lose no count", async () => {
        const key = { pk: fresh("cap"), sk: "hour" };
        const answers = await Promise.all(
          Array.from({ length: 40 }, (_, n) => (writers()[n % 2] ?? table).count(key, "used", 1)),
        );
        expect(answers.sort((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, n) => n + 1));
      });

      it("never see half of what was written together", async () => {
        const pk = fresh("pair");
        const version = async (): Promise<number> => Number((await one({ pk, sk: "a" }))?.version ?? 0);
        const step = async (writer: Table): Promise<void> => {
          for (let done = 0; done < 5; ) {
            const now = await version();
            const condition = now === 0 ? ("absent" as const) : { version: now };
            const set = { version: now + 1 };
            const changes: Change[] = ["a", "b"].map((sk) => ({ patch: { pk, sk }, set, if: condition }));
            const outcome = await writer.write(changes).catch((fault: unknown) => fault);
            if (outcome === undefined) done++;
            else expect(outcome).toBeInstanceOf(Conflict);
          }
        };
        await Promise.all(writers().map(step));
        expect((await walk({ pk, limit: 9, consistent: true })).items.map((row) => row.version)).toEqual([10, 10]);
      });

      it("take the same changes handed over twice at once as one", async () => {
        const pk = fresh("twice");
        const changes: Change[] = ["a", "b"].map((sk) => ({ put: { pk, sk, by: "me" }, if: "absent" }));
        const outcomes = await Promise.allSettled(writers().map((writer) => writer.write(changes)));
        const lost = outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [outcome.reason as unknown] : []));
        expect(lost).toEqual([expect.any(Conflict)]);
        expect((lost as Conflict[]).flatMap(({ failed }) => failed.map(({ found }) => found?.by))).toEqual([
          "me",
          "me",
        ]);
      });
    });
  });
}
