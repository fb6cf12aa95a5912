import { isAwaited } from "../core/article/asked-for.ts";
import type { CommissionAsk } from "../core/subscriber/ask.ts";
import type { Cloud, FunctionMaker, Item } from "./cloud/cloud.ts";
import { onAws } from "./cloud/on-aws.ts";
import { remindersPartition } from "./records/keys.ts";
import { readSubmission } from "./records/submissions.ts";

/**
 * Every hour: whose last day to hand in comes near hears of it, where nothing has come that could be read. The letter
 * goes out once for each last day, however often it was asked for.
 */
export const remind: FunctionMaker = (cloud) => async () => {
  const now = cloud.clock.now().toISOString();
  for (;;) {
    const due = { pk: remindersPartition, to: `${now}~`, limit: atOnce, consistent: true };
    const { items } = await cloud.table.query(due);
    if (items.length === 0) return;
    const asks = await Promise.all(items.map((row) => reminderOf(cloud, now, row)));
    const wanted = asks.flatMap((ask) => ask ?? []);
    if (wanted.length > 0) await cloud.queues.confirmations.add(wanted);
    await cloud.table.each(items.map(({ pk, sk }) => ({ remove: { pk, sk } })));
  }
};

const atOnce = 100;

async function reminderOf(cloud: Cloud, at: string, row: Item): Promise<CommissionAsk | undefined> {
  const [publication, submission] = [String(row.publication), String(row.submission)];
  const found = await readSubmission(cloud, publication, submission);
  const until = found?.desk?.asked?.until;
  // The day may have been moved since: it has a row of its own, and this one is of none any more.
  if (!found || until === undefined || until !== row.until || !isAwaited(found)) return undefined;
  return { v: 1, id: cloud.clock.id(), is: "commission", at, publication, submission, reminds: true, until };
}

export const handler = onAws(remind);
