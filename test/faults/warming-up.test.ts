import { beforeEach, describe, expect, it, vi } from "vitest";
import { Throttled } from "../../functions/cloud/cloud.ts";
import { plan } from "../../functions/plan.ts";
import { workUntilQuiet } from "../../local/wiring.ts";
import type { TestCloud } from "../cloud/test-cloud.ts";
import { letters, someReaders, wake } from "../functions/an-issue-to-send.ts";
import { anIssueFor, carriedBy, deadline } from "./an-issue-in-trouble.ts";

/** Two hundred letters on the first day, none more and hardly any fewer: a day that shows little lets the next not grow. */

beforeEach(() => {
  vi.spyOn(console, "error").mockImplementation(() => {});
});

const judged = (cloud: TestCloud, perSecond: number): TestCloud => ({
  ...cloud,
  mail: {
    ...cloud.mail,
    isJudged: true,
    quota: async () => ({ perSecond, perDay: Number.POSITIVE_INFINITY, sentInLastDay: 0 }),
  },
});

async function firstDay(perSecond: number, answer: () => void): Promise<number> {
  const { cloud } = await anIssueFor(() => someReaders(400));
  const slow = carriedBy(cloud, async () => {
    await cloud.clock.sleep(120);
    answer();
  });
  const carrier = judged(slow, perSecond);
  await plan(carrier)(wake, deadline(cloud));
  await workUntilQuiet(carrier, { waitSeconds: 60 });
  return Object.keys(letters(cloud)).length;
}

describe("a sender's domain nobody knows yet uses its day", () => {
  it.each([14, 50, 200, 500])(
    "at %i letters a second, whoever of its rounds finds it full first",
    async (perSecond) => {
      const count = await firstDay(perSecond, () => {});
      expect(count).toBeGreaterThan(180);
      expect(count).toBeLessThanOrEqual(200);
    },
  );

  it("though every tenth letter is throttled", async () => {
    let tried = 0;
    const count = await firstDay(50, () => {
      if (++tried % 10 === 0) throw new Throttled("too fast");
    });
    expect(count).toBeGreaterThan(180);
    expect(count).toBeLessThanOrEqual(200);
  });
});
