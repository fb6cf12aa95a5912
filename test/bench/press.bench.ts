import { bytesOf, prepare, write } from "../../core/delivery/message.ts";
import { build } from "../../core/edition/build.ts";
import type { Letter, Mail } from "../../functions/cloud/cloud.ts";
import { type Figure, figureOf, median, milliseconds, ratios, round } from "./figure.ts";
import { addressee } from "./long-letter.ts";
import { renderEach } from "./render-each.ts";
import { twelveArticles } from "./twelve-articles.ts";
import { deliverWhole, type Editions } from "./whole-issue.ts";

const goals = { withLedger: 5, without: 10 };
const mostGrownMegabytes = 5;
/** The loop is slow enough that a tenth of the readers tells its time per reader. */
const loopShare = 10;

/** Delivers twelve articles to many readers, against a loop that does everything for each; both end in the same sink. */
export async function measurePress(readers: number, runs: number): Promise<Figure[]> {
  const input = twelveArticles();
  const { editions } = await build(input);
  if (!editions) throw new Error("the issue of the bench was refused");
  const body = (path: string): string => String(editions.files.find((file) => file.path === path)?.body);
  const [html, text] = [body("email.html"), body("email.txt")];
  const { subject, fingerprint } = editions.manifest;
  const times = { loop: [] as number[], ledger: [] as number[], bare: [] as number[] };
  const growth: number[] = [];
  for (let run = 0; run < runs; run++) {
    times.loop.push((await milliseconds(() => loop(readers / loopShare, html, text, subject))) * loopShare);
    const delivered = await withLedger(readers, input, editions);
    times.ledger.push(delivered.milliseconds);
    growth.push(delivered.grownMegabytes);
    times.bare.push(
      await milliseconds(() => {
        const prepared = prepare({ publication: input.publication, language: "de", fingerprint, subject, html, text });
        for (let reader = 0; reader < readers; reader++) sink.take(bytesOf(write(prepared, addressee(reader)), room));
      }),
    );
  }
  const perReader = (all: readonly number[]): string => `${round((median(all) / readers) * 1000)} µs`;
  const figure = (name: string, ours: readonly number[], least: number): Figure => {
    const measured = `${perReader(times.loop)} against ${perReader(ours)} a reader`;
    return figureOf(name, median(ratios(times.loop, ours)), { least }, measured);
  };
  return [
    figure(`Handlebars + MailComposer ÷ press, ledger on disk, ${readers} readers`, times.ledger, goals.withLedger),
    figure("Handlebars + MailComposer ÷ press, no ledger", times.bare, goals.without),
    figureOf(
      "heap after the last quarter of readers − after the first, MB",
      median(growth),
      { most: mostGrownMegabytes },
      `${readers} readers`,
    ),
  ];
}

/** Counts and forgets: the same end for both sides. */
const sink = {
  bytes: 0,
  take(raw: Uint8Array): void {
    sink.bytes += raw.length;
  },
};

/** A carrier's buffer, larger than any letter of the bench. */
const room = Buffer.allocUnsafe(1024 * 1024);

async function loop(readers: number, html: string, text: string, subject: string): Promise<void> {
  const render = renderEach(html, text, subject);
  for (let reader = 0; reader < readers; reader++) sink.take(await render(addressee(reader)));
}

/** Plans and delivers through the real functions, every claim and record on disk, the letters into the sink. */
async function withLedger(
  readers: number,
  input: ReturnType<typeof twelveArticles>,
  editions: Editions,
): Promise<{ milliseconds: number; grownMegabytes: number }> {
  const heaps: number[] = [];
  const delivered = await deliverWhole(readers, input, editions, counting(readers, heaps), async () => undefined);
  if (heaps.length < 2) throw new Error("not every letter was sent");
  return { ...delivered, grownMegabytes: ((heaps.at(-1) ?? 0) - (heaps[0] ?? 0)) / 1e6 };
}

/** Takes letters into the sink and looks at the heap after the first and the last quarter. */
function counting(readers: number, heaps: number[]): Mail {
  let letters = 0;
  return {
    send: async ({ message }: Letter) => {
      sink.take(bytesOf(message, room));
      letters += 1;
      if (letters === readers >> 2 || letters === readers) {
        globalThis.gc?.();
        heaps.push(process.memoryUsage().heapUsed);
      }
      return { messageId: `m${letters}` };
    },
    ...{ reports: false, isJudged: false },
    quota: async () => ({ perSecond: 1e9, perDay: 1e9, sentInLastDay: 0 }),
    close: async () => {},
    open: async () => {},
  };
}
