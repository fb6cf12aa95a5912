import { build } from "../../core/edition/build.ts";
import { idOfIssue } from "../../core/issue/issue.ts";
import type { Cloud, Mail } from "../../functions/cloud/cloud.ts";
import { issueAccount } from "../../functions/records/account.ts";
import { listSubscribers } from "../../functions/records/subscribers.ts";
import { letterSink, sumOf } from "../letter-sink.ts";
import { type Figure, figureOf, median, round } from "./figure.ts";
import { twelveArticles } from "./twelve-articles.ts";
import { deliverWhole, type Editions } from "./whole-issue.ts";

const goals = { growth: 1.1, slower: 1.1, grownMegabytes: 5 };

/** What stood when a tenth of the letters had come. Milliseconds of this process at work, bytes. */
interface Tenth {
  readonly cpu: number;
  readonly heap: number;
}
const cpu = (): number => Object.values(process.cpuUsage()).reduce((sum, one) => sum + one, 0) / 1000;

/** Delivers one issue to ever more readers: what a reader costs must not grow with their number, nor the heap. */
export async function measureScale(sizes: readonly number[]): Promise<Figure[]> {
  const input = twelveArticles();
  const { editions } = await build(input);
  if (!editions) throw new Error("the issue of the bench was refused");
  const runs = [];
  // The first run warms up and is not looked at.
  await deliverTo(sizes[0] ?? 1000, input, editions);
  for (const readers of sizes) runs.push(await deliverTo(readers, input, editions));
  const [first, last] = [runs.at(-2), runs.at(-1)];
  if (!first || !last) throw new Error("two sizes at least");
  // The first tenth holds the import and the plan.
  const paces = last.tenths.slice(1).map((tenth, index) => tenth.cpu - (last.tenths[index]?.cpu ?? 0));
  const heaps = last.tenths.map(({ heap }) => heap / 1e6);
  return [
    figureOf(
      `CPU a reader, ${last.readers} readers ÷ ${first.readers} readers`,
      last.perReader / first.perReader,
      { most: goals.growth },
      runs.map(({ readers, perReader }) => `${readers}: ${round(perReader * 1000)} µs`).join(", "),
    ),
    figureOf(
      `CPU of a tenth of ${last.readers} letters, the last three ÷ the first three`,
      // In the very last tenth rounds that are done are being settled.
      median(paces.slice(-3)) / median(paces.slice(0, 3)),
      { most: goals.slower },
      `tenths in s: ${paces.map((pace) => round(pace / 1000)).join(", ")}`,
    ),
    figureOf(
      `heap at the end of ${last.readers} letters − median of its tenths, MB`,
      (heaps.at(-1) ?? 0) - median(heaps),
      { most: goals.grownMegabytes },
      `tenths in MB: ${heaps.map(round).join(", ")}`,
    ),
  ];
}

async function deliverTo(readers: number, input: ReturnType<typeof twelveArticles>, editions: Editions) {
  const tenths: Tenth[] = [];
  const sink = letterSink(1000, (letter, raw) =>
    raw.includes(letter.to) ? undefined : "the letter does not name its reader",
  );
  const place = { publication: input.publication.id, issue: idOfIssue(input.issue) };
  const mail = noting(sink.mail, readers, tenths);
  const { cpuMilliseconds: spent } = await deliverWhole(readers, input, editions, mail, async (cloud) => {
    const account = await issueAccount(cloud, place.publication, place.issue);
    const expected = await sumOf(keysOf(cloud, place.publication));
    const isWhole = account?.accepted === readers && sink.letters() === readers && sink.sum() === expected;
    if (!isWhole || sink.troubles().length > 0)
      throw new Error(
        `not one letter each: ${JSON.stringify({ account, letters: sink.letters() })} ${sink.troubles()}`,
      );
  });
  return { readers, perReader: spent / readers, tenths };
}

async function* keysOf(cloud: Cloud, publication: string): AsyncGenerator<string> {
  for (const { addressKey } of await listSubscribers(cloud, publication)) yield addressKey;
}

/** Looks at the clock and the heap whenever a tenth of the letters has come. */
function noting(mail: Mail, readers: number, tenths: Tenth[]): Mail {
  let letters = 0;
  return {
    ...mail,
    async send(letter) {
      const answer = await mail.send(letter);
      if (++letters % Math.ceil(readers / 10) === 0 || letters === readers) {
        globalThis.gc?.();
        tenths.push({ cpu: cpu(), heap: process.memoryUsage().heapUsed });
      }
      return answer;
    },
  };
}
