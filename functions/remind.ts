import type { CommissionAsk } from "../core/subscriber/ask.ts";
import type { Cloud, FunctionMaker } from "./cloud/cloud.ts";
import { onAws } from "./cloud/on-aws.ts";
import { remindersPartition } from "./records/keys.ts";

/**
 * Every hour: whose last day to hand in comes near hears of it. Whether anything is still missing is looked at when the
 * letter is written; it goes out once, however often it was asked for.
 */
export const remind: FunctionMaker = (cloud) => async () => {
  const now = cloud.clock.now().toISOString();
  for (;;) {
    const { items } = await cloud.table.query({
      pk: remindersPartition,
      to: `${now}~`,
      limit: atOnce,
      consistent: true,
    });
    if (items.length === 0) return;
    await cloud.queues.confirmations.add(items.map((row) => reminderOf(cloud, now, row)));
    await cloud.table.each(items.map(({ pk, sk }) => ({ remove: { pk, sk } })));
  }
};

const atOnce = 100;

const reminderOf = ({ clock }: Cloud, at: string, row: Readonly<Record<string, unknown>>): CommissionAsk => ({
  ...{ v: 1, id: clock.id(), is: "commission", at, reminds: true },
  ...{ publication: String(row.publication), submission: String(row.submission) },
});

export const handler = onAws(remind);
