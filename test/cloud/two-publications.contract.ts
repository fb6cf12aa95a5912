import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { operator, type Person } from "../../core/rights.ts";
import type { Cloud } from "../../functions/cloud/cloud.ts";
import { eraseAddress, whoIsErased } from "../../functions/desk/erase.ts";
import { addPerson } from "../../functions/desk/people.ts";
import { readerFileOf } from "../../functions/desk/reader.ts";
import { importSubscribers } from "../../functions/desk/subscribers.ts";
import { listSuppressions } from "../../functions/desk/suppression-list.ts";
import { liftSuppression, suppressionSeen, suppressKey } from "../../functions/desk/suppressions.ts";
import { latestActs } from "../../functions/records/acts.ts";
import { readErasure } from "../../functions/records/erasures.ts";
import { requirePerson } from "../../functions/records/people-listed.ts";
import { savePublication } from "../../functions/records/publications.ts";
import { readSubscriber } from "../../functions/records/subscribers.ts";
import { readSuppression, suppress } from "../../functions/records/suppressions.ts";
import { keyOf } from "../functions/an-issue-to-send.ts";
import { aPublication } from "../people-and-papers.ts";
import { fresh, groups, type Made, type Reach } from "./contract.ts";
import type { FakeClock } from "./fake-clock.ts";

/** Two publications of one deployment: what belongs to one is not for the people of the other to undo, or to learn of. */

const [bote, wald] = ["elblandbote", "waldbote"] as const;
type Home = typeof bote | typeof wald;
const both: readonly Home[] = [bote, wald];

export interface MadeCloud extends Made {
  readonly cloud: Cloud & { readonly clock: FakeClock };
}

let cloud: MadeCloud["cloud"];
/** Nobody's before: a rented table may be an old one. */
const lot = fresh("p").slice(0, 10);
const at = (home: Home): string => `${home}-${lot}`;
/** Every test has a reader of its own. */
let turn = 0;
const address = () => `leserin${turn}-${lot}@auenrode.example`;
const key = () => keyOf(cloud, address());
/** Henrike publishes in both, by the same address. */
let henrike: Record<Home, Person>;

async function henrikeAt(home: Home): Promise<Person> {
  const named = { address: "henrike@elbland.example", name: "Henrike", roles: ["publisher", "admin"] } as const;
  const { id } = await addPerson(cloud, operator, at(home), named);
  return requirePerson(cloud, at(home), id);
}

async function readsAt(...homes: readonly Home[]): Promise<void> {
  for (const home of homes) {
    const row = { line: 2, address: address(), name: "Jo", language: "de" } as const;
    await importSubscribers(cloud, operator, at(home), [row], { consentSource: "Liste" });
  }
}
const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => "done",
    ({ code }) => String(code),
  );
const lift = async (home: Home) => codeOf(liftSuppression(cloud, henrike[home], await key(), "slip"));
/** This reader, where the list has them. */
async function listedAt(home: Home): Promise<readonly string[]> {
  const { suppressions } = await listSuppressions(cloud, henrike[home], at(home), { limit: 50 });
  const theirs = await key();
  return suppressions.flatMap(({ addressKey }) => (addressKey === theirs ? addressKey : []));
}
const isMailable = async () => (await readSuppression(cloud, await key())) === undefined;
const actsOf = async (home: Home, act: string) =>
  (await latestActs(cloud, at(home), { limit: 50, filter: { id: await key() } })).acts.flatMap((one) =>
    one.act === act ? one.by : [],
  );

type Maker = Home | "feedback" | "operator";
async function suppressedBy(maker: Maker): Promise<void> {
  cloud.clock.advance({ minutes: 1 });
  if (maker === "feedback") return suppress(cloud, new Map([[await key(), "complained"]]));
  const person = maker === "operator" ? operator : henrike[maker];
  await suppressKey(cloud, person, await key(), "asked");
}

export function twoPublicationsContract(name: string, make: () => Promise<MadeCloud>, reach: Reach = {}): void {
  const { twinAndRealAws } = groups(reach);

  describe(`two publications, ${name}`, () => {
    let made: MadeCloud;
    beforeAll(async () => {
      made = await make();
      cloud = made.cloud;
      for (const home of both) await savePublication(cloud, { ...aPublication(), id: at(home) });
      henrike = { [bote]: await henrikeAt(bote), [wald]: await henrikeAt(wald) } as Record<Home, Person>;
    });
    afterAll(() => made?.end?.());
    beforeEach(() => {
      turn += 1;
    });

    describe("a suppression", () => {
      /** Who made it, whose reader it is of, and what a person of the ELBLANDbote then sees and may do. */
      const table: readonly (readonly [Maker, readonly Home[], "seen" | "unseen", string])[] = [
        [bote, [], "seen", "done"],
        [bote, [bote], "seen", "done"],
        [bote, [wald], "seen", "done"],
        [bote, both, "seen", "done"],
        [wald, [], "unseen", "not-suppressed"],
        [wald, [bote], "seen", "suppressed-elsewhere"],
        [wald, [wald], "unseen", "not-suppressed"],
        [wald, both, "seen", "suppressed-elsewhere"],
        ["feedback", [], "seen", "done"],
        ["feedback", [bote], "seen", "done"],
        ["feedback", [wald], "unseen", "not-suppressed"],
        ["feedback", both, "seen", "suppressed-elsewhere"],
        ["operator", [], "seen", "done"],
        ["operator", [bote], "seen", "done"],
        ["operator", [wald], "unseen", "not-suppressed"],
        ["operator", both, "seen", "suppressed-elsewhere"],
      ];
      it.each(table)("made by %s, of a reader of %j, is %s at the ELBLANDbote; lifting it: %s", async (...row) => {
        const [maker, readers, seen, lifting] = row;
        await readsAt(...readers);
        await suppressedBy(maker);
        expect(await isMailable()).toBe(false);
        expect(await listedAt(bote)).toEqual(seen === "seen" ? [await key()] : []);
        expect(await suppressionSeen(cloud, at(bote), await key())).toEqual(
          seen === "seen" ? expect.objectContaining({ isLiftable: lifting === "done" }) : undefined,
        );
        const file = readerFileOf(cloud, henrike[bote], await key(), [at(bote)]);
        expect(await codeOf(file)).toBe(seen === "seen" || readers.includes(bote) ? "done" : "reader-unknown");
        expect(await lift(bote)).toBe(lifting);
        expect(await isMailable()).toBe(lifting === "done");
        expect(await actsOf(wald, "unsuppress")).toEqual([]);
      });

      it("is among the acts of where it was done, and nowhere else", async () => {
        await readsAt(...both);
        await suppressedBy(bote);
        expect(await actsOf(bote, "suppress")).toEqual([henrike[bote].id]);
        expect(await actsOf(wald, "suppress")).toEqual([]);
      });

      it("of the operator is among the acts of who knows the address, and of all where nobody does", async () => {
        await suppressedBy("operator");
        expect([await actsOf(bote, "suppress"), await actsOf(wald, "suppress")]).toEqual([["operator"], ["operator"]]);
        await liftSuppression(cloud, operator, await key(), "slip");
        await readsAt(wald);
        await suppressedBy("operator");
        expect([await actsOf(bote, "suppress"), await actsOf(wald, "suppress")]).toEqual([
          ["operator"],
          ["operator", "operator"],
        ]);
      });

      it("that both made stands until both have taken it back", async () => {
        await readsAt(...both);
        await suppressedBy(wald);
        await suppressedBy(bote);
        expect(await liftSuppression(cloud, henrike[wald], await key(), "wish")).toMatchObject({ isMailable: false });
        expect(await isMailable()).toBe(false);
        expect(await lift(wald)).toBe("suppressed-elsewhere");
        expect(await liftSuppression(cloud, henrike[bote], await key(), "wish")).toMatchObject({ isMailable: true });
        expect(await isMailable()).toBe(true);
        expect([await listedAt(bote), await listedAt(wald)]).toEqual([[], []]);
      });

      it("looks the same to whoever makes it, whether others had or not", async () => {
        await suppressedBy(wald);
        cloud.clock.advance({ minutes: 1 });
        const now = cloud.clock.now().toISOString();
        const made = await suppressKey(cloud, henrike[bote], await key(), "bounced");
        expect(made).toEqual({ addressKey: await key(), reason: "bounced", at: now, isNew: true });
        expect(await suppressionSeen(cloud, at(bote), await key())).toMatchObject({ reason: "bounced", at: now });
        expect(await listedAt(bote)).toEqual([await key()]);
      });

      it("is lifted by the operator, whoever made it", async () => {
        await readsAt(...both);
        for (const maker of [bote, wald, "feedback"] as const) await suppressedBy(maker);
        await liftSuppression(cloud, operator, await key(), "works");
        expect(await isMailable()).toBe(true);
        for (const home of both) expect(await listedAt(home)).toEqual([]);
      });
    });

    twinAndRealAws("a suppression made at both desks at once", () => {
      it("keeps both words", async () => {
        await readsAt(...both);
        await Promise.all(both.map(async (home) => suppressKey(cloud, henrike[home], await key(), "asked")));
        expect((await readSuppression(cloud, await key()))?.words.map(({ publication }) => publication).sort()).toEqual(
          both.map(at).sort(),
        );
      });
    });

    describe("erasing at the desk", () => {
      const stateAt = async (home: Home) => (await readSubscriber(cloud, at(home), await key()))?.state;

      it.each([
        [bote, [bote], false],
        [bote, both, true],
        [wald, both, true],
      ] as const)(
        "at %s, of a reader of %j, says that others hold data: %s",
        async (home, readers, isHeldElsewhere) => {
          await readsAt(...readers);
          const told = await whoIsErased(cloud, henrike[home], address());
          expect(told).toMatchObject({ publications: [at(home)], addresses: [address()], isHeldElsewhere });
          expect(JSON.stringify(told)).not.toContain(home === bote ? wald : bote);
        },
      );

      it("forgets what is the publication's own and leaves the other's, and tells it nothing", async () => {
        await readsAt(...both);
        await eraseAddress(cloud, henrike[bote], address());
        expect([await stateAt(bote), await stateAt(wald)]).toEqual(["unsubscribed", "confirmed"]);
        expect([await actsOf(bote, "erase"), await actsOf(wald, "erase")]).toEqual([[henrike[bote].id], []]);
        // What the other's page of evidence would show as erased.
        expect(await readErasure(cloud, await key())).toBeUndefined();
        const again = await importSubscribers(
          ...[cloud, operator, at(bote), [{ line: 2, address: address(), name: "", language: "de" }] as const],
          { consentSource: "Liste" },
        );
        expect([again.added, await stateAt(bote)]).toEqual([0, "unsubscribed"]);
        await eraseAddress(cloud, henrike[wald], address());
        expect(await stateAt(wald)).toBe("unsubscribed");
      });

      it("forgets the whole of a reader nobody else knows", async () => {
        await readsAt(bote);
        await eraseAddress(cloud, henrike[bote], address());
        expect(await readErasure(cloud, await key())).toBeDefined();
      });

      it("knows nobody whom only the other publication knows", async () => {
        await readsAt(wald);
        expect(await codeOf(eraseAddress(cloud, henrike[bote], address()))).toBe("reader-unknown");
        expect(await stateAt(wald)).toBe("confirmed");
      });

      it("is everywhere at once for the operator", async () => {
        await readsAt(...both);
        await eraseAddress(cloud, operator, address());
        expect([await stateAt(bote), await stateAt(wald)]).toEqual(["unsubscribed", "unsubscribed"]);
      });
    });
  });
}
