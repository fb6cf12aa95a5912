import type { Payload } from "altcha-lib";
import { beforeEach, describe, expect, it, vi } from "vitest";
import {
  doorFields,
  type FormPost,
  mostPerAddress,
  mostPerDomain,
  mostPerHour,
  mostPerNetwork,
  mostStepsPerNetwork,
} from "../../../core/subscriber/protection.ts";
import type { Cloud } from "../../../functions/cloud/cloud.ts";
import { challenge, protect, secondStep } from "../../../functions/site/protect.ts";
import { type TestCloud, testCloud } from "../../cloud/test-cloud.ts";
import { calmTable, memoryTable } from "../../simulation/memory-table.ts";
import { aPost, easyWork, solve, withWork } from "./proofs.ts";

let cloud: TestCloud;
beforeEach(() => {
  vi.spyOn(console, "warn").mockImplementation(() => {});
  cloud = testCloud();
});

/** Fetches a challenge, types for a while, posts. */
async function workNow(seconds = 5): Promise<FormPost["fields"]> {
  const fields = await easyWork(cloud, cloud.clock.id());
  cloud.clock.advance({ seconds });
  return fields;
}
const read = (fields: FormPost["fields"]): Payload =>
  JSON.parse(Buffer.from(fields[doorFields.work] ?? "", "base64").toString()) as Payload;

describe("a challenge", () => {
  it("that a browser solves lets a post pass", async () => {
    const fields = await solve(await challenge(cloud));
    cloud.clock.advance({ seconds: 5 });
    expect(await protect(cloud, aPost({ fields }))).toBe("pass");
  });

  it("is about a second of work, and never much more", async () => {
    const { parameters } = await challenge(cloud);
    expect(parameters.cost).toBe(2000);
    const counters = await Promise.all(
      Array.from({ length: 3 }, async () => read(await solve(await challenge(cloud))).solution.counter),
    );
    for (const counter of counters) expect(counter).toBeGreaterThanOrEqual(250);
    for (const counter of counters) expect(counter).toBeLessThan(1000);
  });

  it("is worth nothing solved for one address and posted for another", async () => {
    const fields = await workNow();
    expect(await protect(cloud, aPost({ fields }))).toBe("pass");
    expect(await protect(cloud, aPost({ fields, address: "bea@stadt.example" }))).toBe("slow");
  });

  it("counts once for who presses twice", async () => {
    const fields = await workNow();
    expect(await protect(cloud, aPost({ fields }))).toBe("pass");
    expect(await protect(cloud, aPost({ fields }))).toBe("pass");
  });

  it("solved sooner than anybody types, or too long ago, is no proof", async () => {
    expect(await protect(cloud, aPost({ fields: await workNow(1) }))).toBe("slow");
    expect(await protect(cloud, aPost({ fields: await workNow(601) }))).toBe("slow");
    expect(await protect(cloud, aPost({ fields: await workNow(600) }))).toBe("pass");
  });

  it.each([
    [
      "another time",
      (one: Payload) => ({
        ...one,
        challenge: {
          ...one.challenge,
          parameters: { ...one.challenge.parameters, data: { ...one.challenge.parameters.data, at: 1 } },
        },
      }),
    ],
    [
      "another id",
      (one: Payload) => ({
        ...one,
        challenge: {
          ...one.challenge,
          parameters: { ...one.challenge.parameters, data: { ...one.challenge.parameters.data, id: "x" } },
        },
      }),
    ],
    [
      "less work",
      (one: Payload) => ({
        ...one,
        challenge: { ...one.challenge, parameters: { ...one.challenge.parameters, keyPrefix: "00" } },
      }),
    ],
    ["no signature", (one: Payload) => ({ ...one, challenge: { parameters: one.challenge.parameters } })],
    ["no solution", (one: Payload) => ({ ...one, solution: { ...one.solution, derivedKey: "00".repeat(32) } })],
  ])("with %s is forged", async (_, forge) => {
    const fields = await workNow();
    expect(await protect(cloud, aPost({ fields: withWork(forge(read(fields)) as Payload) }))).toBe("slow");
  });

  it.each([
    "",
    "{}",
    "null",
    "[]",
    "%%%",
    Buffer.from("{}").toString("base64"),
    Buffer.from('{"challenge":{"parameters":{},"signature":"a"},"solution":{}}').toString("base64"),
    "A".repeat(100_000),
  ])("is none: %.40s", async (text) => {
    expect(await protect(cloud, aPost({ fields: { [doorFields.work]: text } }))).toBe("slow");
  });
});

describe("who has no script", () => {
  const step = async (given: Partial<FormPost> = {}) => ({ [doorFields.step]: await secondStep(cloud, aPost(given)) });

  it("passes by a second step, ten seconds later", async () => {
    expect(await protect(cloud, aPost())).toBe("slow");
    const fields = await step();
    cloud.clock.advance({ seconds: 10 });
    expect(await protect(cloud, aPost({ fields }))).toBe("pass");
  });

  it("waits on with the same step when they were too quick", async () => {
    const fields = await step();
    cloud.clock.advance({ seconds: 6 });
    expect(await protect(cloud, aPost({ fields }))).toBe("slow");
    expect(await secondStep(cloud, aPost({ fields }))).toBe(fields[doorFields.step]);
    cloud.clock.advance({ seconds: 4 });
    expect(await protect(cloud, aPost({ fields }))).toBe("pass");
  });

  it("may come back to it for an hour", async () => {
    const fields = await step();
    cloud.clock.advance({ minutes: 60, seconds: 1 });
    expect(await protect(cloud, aPost({ fields }))).toBe("slow");
    expect(await secondStep(cloud, aPost({ fields }))).not.toBe(fields[doorFields.step]);
  });

  it("has fewer tries an hour than who works", async () => {
    const answers: string[] = [];
    for (let n = 0; n <= mostStepsPerNetwork; n++) {
      const address = `a${n}@ort.example`;
      const fields = await step({ address });
      cloud.clock.advance({ seconds: 11 });
      answers.push(await protect(cloud, aPost({ fields, address })));
    }
    expect(answers).toEqual([...Array.from({ length: mostStepsPerNetwork }, () => "pass"), "closed"]);
  });
});

describe("where nobody can tell who posts", () => {
  it("the whole world is not one network with five tries an hour", async () => {
    for (let n = 0; n <= mostStepsPerNetwork; n++) {
      const post = aPost({ address: `a${n}@ort.example`, ip: "" });
      const fields = { [doorFields.step]: await secondStep(cloud, post) };
      cloud.clock.advance({ seconds: 11 });
      expect(await protect(cloud, { ...post, fields })).toBe("pass");
    }
  });
});

describe("the door", () => {
  it("drops whoever fills in what nobody sees, without a word", async () => {
    const fields = { ...(await workNow()), [doorFields.trap]: "https://gold.example" };
    expect(await protect(cloud, aPost({ fields }))).toBe("drop");
  });

  it("is closed to a network that posts too often, and open to the others", async () => {
    for (let n = 0; n < mostPerNetwork; n++) await protect(cloud, aPost());
    const fields = await workNow();
    expect(await protect(cloud, aPost({ fields, ip: "203.0.113.99" }))).toBe("closed");
    expect(await protect(cloud, aPost({ fields, ip: "198.51.100.1" }))).toBe("pass");
    cloud.clock.advance({ hours: 1 });
    expect(await protect(cloud, aPost({ fields: await workNow() }))).toBe("pass");
  });

  it("drops what comes for one address again and again, so that one address closes it for nobody", async () => {
    const answers: string[] = [];
    for (let n = 0; n <= mostPerAddress; n++) answers.push(await protect(cloud, aPost({ fields: await workNow() })));
    expect(answers.at(-1)).toBe("drop");
    expect(answers.slice(0, -1)).toEqual(Array.from({ length: mostPerAddress }, () => "pass"));
  });

  it("is closed to a domain that gets too many, and open to the others", async () => {
    for (let n = 0; n < mostPerDomain; n++)
      await protect(cloud, aPost({ fields: await workNow(3), address: `a${n}@amt.example`, ip: `10.0.${n}.1` }));
    expect(await protect(cloud, aPost({ fields: await workNow(), address: "z@amt.example" }))).toBe("closed");
    expect(await protect(cloud, aPost({ fields: await workNow() }))).toBe("pass");
  });

  it("keeps no address and no network where anybody could read them", async () => {
    const written: string[] = [];
    const { table } = cloud;
    const listening: Cloud = {
      ...cloud,
      table: {
        ...table,
        each: (changes) => {
          written.push(JSON.stringify(changes));
          return table.each(changes);
        },
        count: (...given) => {
          written.push(JSON.stringify(given));
          return table.count(...given);
        },
      },
    };
    expect(await protect(listening, aPost({ fields: await workNow() }))).toBe("pass");
    expect(written.join()).not.toMatch(/203\.0|ada|stadt/);
    expect(written.length).toBeGreaterThan(3);
  });
});

describe("an attack", () => {
  it("of a hundred thousand posts from everywhere stops at the hour's cap", { timeout: 60_000 }, async () => {
    const table = calmTable(memoryTable(() => cloud.clock.now().getTime()));
    const fast: Cloud = { ...cloud, table };
    const works: FormPost["fields"][] = [];
    for (let n = 0; n < 2_000; n++) works.push(await easyWork(fast, `work-${n}`));
    cloud.clock.advance({ seconds: 5 });
    const answers: Record<string, number> = {};
    for (let n = 0; n < 100_000; n++) {
      const fields =
        n % 2 === 0 ? (works[(n / 2) % works.length] ?? {}) : n % 3 === 0 ? { [doorFields.trap]: "x" } : {};
      const ip = `10.${(n >> 4) % 256}.${(n >> 12) % 256}.${n % 256}`;
      const answer = await protect(fast, aPost({ fields, ip, address: `opfer${n}@ort${n % 400}.example` }));
      answers[answer] = (answers[answer] ?? 0) + 1;
    }
    expect(answers.pass).toBe(mostPerHour);
    expect(answers.closed).toBeGreaterThan(60_000);
    expect(console.warn).toHaveBeenCalledExactlyOnceWith({ formClosed: "hour", until: "2026-11-23T09:00:00.000Z" });
    cloud.clock.advance({ hours: 1 });
    const fields = await easyWork(fast, "after");
    cloud.clock.advance({ seconds: 5 });
    expect(await protect(fast, aPost({ fields }))).toBe("pass");
  });
});
