import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { systemClock } from "../../../functions/cloud/clock.ts";
import { type Clock, Conflict, type Item, type Table } from "../../../functions/cloud/cloud.ts";
import { dynamoTable } from "../../../functions/cloud/table.ts";
import { startScript, type Told } from "../../cloud/loopback-json.ts";

const claim: Item = { pk: "issue#elb-2026-01#a", sk: "delivery#x", attempt: "mine", share: 1e-12 };
const claimed = {
  pk: { S: claim.pk },
  sk: { S: claim.sk },
  attempt: { S: "mine" },
  share: { N: "0.000000000001" },
};
const taken = { ...claimed, attempt: { S: "another" } };
const failed = (row?: object): Told => ({ code: "ConditionalCheckFailedException", more: { Item: row } });
const canceled = (...reasons: object[]): Told => ({
  code: "TransactionCanceledException",
  more: { CancellationReasons: reasons },
});
const ok: Told = { ok: {} };

let service: Awaited<ReturnType<typeof startScript>> | undefined;
let waits: number[];

/** Time passes at once; what was waited for is kept. */
const quick: Clock = {
  ...systemClock,
  sleep: async (milliseconds) => {
    waits.push(milliseconds);
  },
};
async function tableTold(...script: Told[]): Promise<Table> {
  service = await startScript(script);
  process.env.AWS_ENDPOINT_URL_DYNAMODB = service.url;
  return dynamoTable("kurier", quick);
}
const asked = () => service?.asked ?? [];

beforeEach(() => {
  Object.assign(process.env, { AWS_REGION: "eu-central-1", AWS_ACCESS_KEY_ID: "key", AWS_SECRET_ACCESS_KEY: "secret" });
  waits = [];
});
afterEach(async () => {
  await service?.stop();
  delete process.env.AWS_ENDPOINT_URL_DYNAMODB;
});

describe("a single write", () => {
  it.each(["TransactionConflictException", "ThrottlingException", "ProvisionedThroughputExceededException"])(
    "comes again after %s, which is no conflict",
    async (code) => {
      const table = await tableTold({ code }, ok);
      await table.write([{ put: claim, if: "absent" }]);
      expect(asked()).toHaveLength(2);
    },
  );

  it("waits longer, and by lot, from one try to the next", async () => {
    const conflict: Told = { code: "TransactionConflictException" };
    const table = await tableTold(...Array<Told>(10).fill(conflict), ok);
    await table.write([{ put: claim }]);
    expect(waits).toHaveLength(10);
    for (const [tries, wait] of waits.entries()) expect(wait).toBeLessThanOrEqual(Math.min(50 * 2 ** tries, 4_000));
    expect(Math.max(...waits)).toBeGreaterThan(100);
    expect(new Set(waits).size).toBe(10);
  });

  it("gives up in the end, and says with what", async () => {
    const table = await tableTold(...Array<Told>(12).fill({ code: "TransactionConflictException" }), ok);
    await expect(table.write([{ put: claim, if: "absent" }])).rejects.toThrow("TransactionConflictException");
    expect(asked()).toHaveLength(12);
  });

  it("knows its own row when the first try had succeeded and its answer was lost", async () => {
    const table = await tableTold({ status: 500, code: "InternalServerError" }, failed(claimed));
    await table.write([{ put: claim, if: "absent" }]);
    expect(asked()).toHaveLength(2);
  });

  it("knows its own patch and its own removal then, too", async () => {
    const lost: Told = { status: 500, code: "InternalServerError" };
    const table = await tableTold(lost, failed({ ...claimed, turn: { N: "8" } }), lost, failed());
    await table.write([{ patch: claim, set: { turn: 8 }, remove: ["heldUntil"], if: { turn: 7 } }]);
    await table.write([{ remove: claim, if: "present" }]);
    expect(asked()).toHaveLength(4);
  });

  it("does not take another's row for its own, not even after a lost answer", async () => {
    const table = await tableTold({ status: 500, code: "InternalServerError" }, failed(taken));
    await expect(table.write([{ put: claim, if: "absent" }])).rejects.toThrow(Conflict);
  });

  it("does not take an equal row for its own when no answer was lost", async () => {
    const table = await tableTold(failed(claimed));
    await expect(table.write([{ put: claim, if: "absent" }])).rejects.toThrow(Conflict);
  });

  it("keeps the instant for us and a number for DynamoDB's sweep", async () => {
    const table = await tableTold(ok, ok);
    await table.write([{ put: { pk: "a", sk: "b", expiresAt: "2026-11-23T12:00:00.500Z" } }]);
    await table.write([{ patch: { pk: "a", sk: "b" }, set: {}, remove: ["expiresAt"] }]);
    expect(asked()[0]?.body.Item).toEqual({
      pk: { S: "a" },
      sk: { S: "b" },
      expiresAt: { S: "2026-11-23T12:00:00.500Z" },
      ttl: { N: String(Date.parse("2026-11-23T12:00:01Z") / 1000) },
    });
    expect(Object.values(asked()[1]?.body.ExpressionAttributeNames ?? {})).toContain("ttl");
  });
});

describe("several changes at once", () => {
  const changes = [{ put: claim, if: "absent" as const }, { put: { ...claim, sk: "delivery#y" } }];

  it("come again when another transaction was at a row, under the same token", async () => {
    const table = await tableTold(canceled({ Code: "None" }, { Code: "TransactionConflict" }), ok);
    await table.write(changes);
    const tokens = asked().map(({ body }) => body.ClientRequestToken);
    expect(tokens).toEqual([expect.stringMatching(/^[\w-]{22}$/), tokens[0]]);
  });

  it("are in conflict by the conditions that failed alone", async () => {
    const reasons = [{ Code: "ConditionalCheckFailed", Item: taken }, { Code: "TransactionConflict" }];
    const table = await tableTold(canceled(...reasons));
    const conflict = await table.write(changes).catch((fault: unknown) => fault);
    expect(conflict).toBeInstanceOf(Conflict);
    expect((conflict as Conflict).failed).toEqual([{ index: 0, found: { ...claim, attempt: "another" } }]);
  });

  it("fail when DynamoDB finds fault with them", async () => {
    const table = await tableTold(canceled({ Code: "ValidationError" }, { Code: "None" }));
    await expect(table.write(changes)).rejects.not.toThrow(Conflict);
    expect(asked()).toHaveLength(1);
  });
});

describe("many single writes", () => {
  it("are all finished before a fault is thrown", async () => {
    const denied: Told = { code: "AccessDeniedException" };
    const table = await tableTold(ok, denied, ok, ok);
    const puts = ["a", "b", "c", "d"].map((sk) => ({ put: { pk: "p", sk } }));
    await expect(table.each(puts)).rejects.toThrow("AccessDenied");
    expect(asked()).toHaveLength(4);
  });
});

describe("reading", () => {
  it("asks again, after a pause, for the keys DynamoDB did not get to", async () => {
    const keys = ["a", "b"].map((sk) => ({ pk: "p", sk }));
    const rows = keys.map(({ pk, sk }) => ({ pk: { S: pk }, sk: { S: sk } }));
    const table = await tableTold(
      { ok: { Responses: { kurier: [rows[1]] }, UnprocessedKeys: { kurier: { Keys: [rows[0]] } } } },
      { ok: { Responses: { kurier: [rows[0]] } } },
    );
    expect(await table.get(keys, { consistent: true })).toEqual(keys);
    expect(asked()[1]?.body.RequestItems).toEqual({ kurier: { Keys: [rows[0]], ConsistentRead: true } });
    expect(waits).toHaveLength(1);
  });

  it("goes on past a page that holds lapsed rows alone", async () => {
    const key = { pk: { S: "p" }, sk: { S: "a" } };
    const table = await tableTold(
      { ok: { Items: [{ ...key, expiresAt: { S: "2001-01-01T00:00:00.000Z" } }], LastEvaluatedKey: key } },
      { ok: { Items: [{ ...key, sk: { S: "b" } }] } },
    );
    expect(await table.query({ pk: "p", limit: 5 })).toEqual({ items: [{ pk: "p", sk: "b" }] });
    expect(asked()[1]?.body).toMatchObject({ ExclusiveStartKey: key, Limit: 5 });
  });
});

describe("which table it is", () => {
  it("is told by the id AWS gave it, not by its name", async () => {
    const table = await tableTold({ ok: { Table: { TableName: "kurier", TableId: "0e1a-77" } } });
    expect(await table.id()).toBe("0e1a-77");
    expect(asked()).toEqual([{ action: "DescribeTable", body: { TableName: "kurier" } }]);
  });

  it("is never guessed: a table without an id is a fault", async () => {
    const table = await tableTold({ ok: { Table: { TableName: "kurier" } } });
    await expect(table.id()).rejects.toThrow("table kurier has no id");
  });
});
