import { describe, expect, it } from "vitest";
import type { Cloud } from "../../functions/cloud/cloud.ts";
import { evidenceOf } from "../../functions/records/consents.ts";
import { askFor, confirmReader, eraseReader, moveReader, undoLeaving } from "../../functions/records/readers.ts";
import { leave, suppressedAmong } from "../../functions/records/subscribers.ts";
import { suppress } from "../../functions/records/suppressions.ts";
import { type Death, Killed, mortal } from "../cloud/mortal-cloud.ts";
import { type TestCloud, testCloud } from "../cloud/test-cloud.ts";
import { almut, asks, asksToMove, at, becomesReader, foundPapers, paper, signUp, sister } from "./a-reader.ts";
import { keyOf } from "./an-issue-to-send.ts";

/** The process dies before or after each of its effects, and somebody tries again. */

const neu = "almut@neu.example";
const both = { publications: [paper, sister] };

interface Deed {
  /** What was there before; answers what is tried, and tried again. */
  readonly prepare: (cloud: TestCloud, key: string) => Promise<(cloud: Cloud) => Promise<unknown>>;
  readonly leaves: Readonly<Record<string, string | undefined>>;
}
const deeds: Readonly<Record<string, Deed>> = {
  asking: {
    prepare: async (cloud) => {
      const message = await signUp(cloud, both);
      return (mortalCloud) => askFor(mortalCloud, message);
    },
    leaves: { old: "pending", evidence: "requested" },
  },
  confirming: {
    prepare: async (cloud, key) => {
      await suppress(cloud, new Map([[key, "bounced"]]));
      const token = (await asks(cloud, both)) ?? "";
      return (mortalCloud) => confirmReader(mortalCloud, token);
    },
    leaves: { old: "confirmed", evidence: "requested confirmed" },
  },
  moving: {
    prepare: async (cloud, key) => {
      await becomesReader(cloud, both);
      const token = (await asksToMove(cloud, key, neu)) ?? "";
      return (mortalCloud) => moveReader(mortalCloud, token);
    },
    leaves: { old: "moved", new: "confirmed", evidence: "requested confirmed moved" },
  },
  leaving: {
    prepare: async (cloud, key) => {
      await becomesReader(cloud, both);
      return (mortalCloud) => leave(mortalCloud, paper, key);
    },
    leaves: { old: "unsubscribed", evidence: "requested confirmed withdrawn" },
  },
  "taking it back": {
    prepare: async (cloud, key) => {
      await becomesReader(cloud, both);
      cloud.clock.advance({ minutes: 1 });
      await leave(cloud, paper, key);
      return (mortalCloud) => undoLeaving(mortalCloud, paper, key);
    },
    leaves: { old: "confirmed", evidence: "requested confirmed withdrawn returned" },
  },
  erasing: {
    prepare: async (cloud, key) => {
      await becomesReader(cloud, both);
      return (mortalCloud) => eraseReader(mortalCloud, key);
    },
    leaves: { old: "unsubscribed", evidence: "requested confirmed withdrawn" },
  },
};

describe.each(Object.entries(deeds))("%s", (_, { prepare, leaves }) => {
  it("is done whole, whenever it was interrupted and tried again", async () => {
    let deaths = 0;
    for (let effect = 1, isAlive = false; !isAlive; effect++) {
      for (const when of ["before", "after"] as const) {
        const cloud = testCloud();
        await foundPapers(cloud);
        const key = await keyOf(cloud, almut);
        const deed = await prepare(cloud, key);
        cloud.clock.advance({ minutes: 1 });
        isAlive = !(await dies(cloud, deed, { effect, when }));
        deaths += isAlive ? 0 : 1;
        cloud.clock.advance({ minutes: 1 });
        await deed(cloud);
        expect(await stateOf(cloud, key), `${when} effect ${effect}`).toEqual({ new: undefined, ...leaves });
      }
    }
    expect(deaths).toBeGreaterThan(1);
  });
});

async function dies(cloud: TestCloud, deed: (cloud: Cloud) => Promise<unknown>, death: Death): Promise<boolean> {
  const doomed = mortal(cloud, death);
  await deed(doomed).catch((fault: unknown) => {
    if (!(fault instanceof Killed)) throw fault;
  });
  return doomed.isDead();
}

async function stateOf(cloud: TestCloud, key: string): Promise<Record<string, string | undefined>> {
  expect((await suppressedAmong(cloud, [key])).size).toBe(0);
  const evidence = (await evidenceOf(cloud, key)).filter(({ publication }) => publication === paper);
  return {
    old: (await at(cloud, almut))?.state,
    new: (await at(cloud, neu))?.state,
    evidence: evidence.map(({ kind }) => kind).join(" "),
  };
}
