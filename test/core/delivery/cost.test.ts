import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  actualCost,
  costOf,
  deliverGigabytes,
  estimateCost,
  feedbackGigabytes,
  type Usage,
} from "../../../core/delivery/cost.ts";
import type { Delivered } from "../../../core/delivery/delivery.ts";
import { type Item, priceList, prices } from "../../../core/delivery/prices.ts";
import { rowOfDelivery } from "../../../functions/records/deliveries.ts";

const nothing = Object.fromEntries(Object.keys(prices).map((item) => [item, 0])) as Usage;
const million = { readers: 1_000_000, letterBytes: 60_000, perSecond: 50 };

describe("what an issue costs", () => {
  it("takes every item at its list price and parts the bill", () => {
    const cost = costOf({ ...nothing, letters: 1000, writes: 1_000_000, rowBytes: 2 ** 30 });
    expect(cost.ses).toBeCloseTo(0.1, 10);
    expect(cost.beside).toBeCloseTo(0.7625, 10);
    expect(cost.rows).toBeCloseTo(0.306, 10);
    expect(cost.total).toBeCloseTo(0.1 + 0.7625 + 0.306, 10);
  });

  it("says for which region and when", () => {
    expect(priceList).toEqual({ region: "eu-central-1", date: "2026-11", currency: "USD" });
    for (const item of Object.keys(prices) as Item[]) expect(prices[item].price).toBeGreaterThan(0);
  });

  it("asks for every letter once and for the table about as much as the design reckoned", () => {
    const { items } = estimateCost(million);
    expect(items.letters).toBeCloseTo(100, 6);
    expect(items.writes / prices.writes.price / million.readers).toBeGreaterThan(3);
    expect(items.writes / prices.writes.price / million.readers).toBeLessThan(3.3);
  });

  it("grows with the readers and with nothing else", () => {
    const [one, ten] = [estimateCost(million), estimateCost({ ...million, readers: 10_000_000 })];
    expect(ten.total / one.total).toBeCloseTo(10, 1);
  });

  it("costs more beside SES the slower letters leave: walks are paid by the second", () => {
    const beside = [1, 14, 50, 500].map((perSecond) => estimateCost({ ...million, perSecond }).beside);
    expect(beside).toEqual([...beside].sort((a, b) => b - a));
  });

  it("keeps the rows for less than 0.6 % of what SES asks", () => {
    expect(estimateCost(million).rows / estimateCost(million).items.letters).toBeLessThan(0.006);
  });

  it("reckons a row as large as one really is", () => {
    const at = "2026-11-23T08:00:00.000Z";
    const delivery: Delivered = {
      ...{ v: 1, addressKey: "k".repeat(22), attempt: "a".repeat(22), attemptNo: 1, claimedAt: at, expiresAt: at },
      ...{ messageId: "m".repeat(60), acceptedAt: at, deliveredAt: at, state: "delivered" },
    };
    const row = rowOfDelivery({ publication: "elblandbote", issue: "2026-01" }, delivery);
    // DynamoDB counts names and values.
    const bytes = Object.entries(row).reduce((sum, [name, value]) => sum + name.length + String(value).length, 0);
    const reckoned = costOfRows(1) - 100 - 1100 / 40;
    expect(reckoned / bytes).toBeGreaterThan(1);
    expect(reckoned / bytes).toBeLessThan(1.3);
  });

  it("reckons with the memory the functions really have", () => {
    const memory = (file: string): number =>
      Number(/memorySize: (\d+)/.exec(readFileSync(join(import.meta.dirname, "../../../infra", file), "utf8"))?.[1]);
    expect([memory("deliver.ts") / 1024, memory("record-feedback.ts") / 1024]).toEqual([
      deliverGigabytes,
      feedbackGigabytes,
    ]);
  });
});

/** Bytes a reader leaves in the table. */
const costOfRows = (readers: number): number =>
  estimateCost({ ...million, readers }).rows / prices.rowBytes.price / (100 / 30);

describe("what an issue did cost", () => {
  const counted = {
    ...{ accepted: 1000, planned: 1100, letterBytes: 60_000, turns: 32, reported: 990, troubles: 10, seconds: 60 },
    spent: { milliseconds: 100_000, reads: 3000, writes: 2200 },
  };

  it("is reckoned by its own counts", () => {
    const { items } = actualCost(counted);
    const units = (item: Item): number => items[item] / prices[item].price;
    expect(units("letters")).toBeCloseTo(1000, 6);
    expect(units("writes")).toBeCloseTo(2200 + 1100 / 40 + 64 + 990, 6);
    expect(units("workerSeconds")).toBeGreaterThan(100 * deliverGigabytes);
    expect(units("notices")).toBeCloseTo(10, 6);
  });

  it("asks nothing of SES for letters it never took", () => {
    expect(actualCost({ ...counted, accepted: 0 }).ses).toBe(0);
  });

  it("comes out near what was estimated when all goes as planned", () => {
    const plan = { readers: 100_000, letterBytes: 60_000, perSecond: 50 };
    const estimated = estimateCost(plan);
    const walked = 4 * (plan.readers / plan.perSecond);
    const actual = actualCost({
      ...{ accepted: plan.readers, planned: plan.readers, letterBytes: plan.letterBytes, turns: 400 },
      spent: { milliseconds: walked * 1000, reads: 2.25 * plan.readers + 2 * walked, writes: 2.1 * plan.readers },
      ...{ reported: plan.readers, troubles: 0.02 * plan.readers, seconds: plan.readers / plan.perSecond },
    });
    expect(actual.beside / estimated.beside).toBeGreaterThan(0.95);
    expect(actual.beside / estimated.beside).toBeLessThan(1.05);
  });
});
