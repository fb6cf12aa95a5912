import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bytesOf, prepare, write } from "../../core/delivery/message.ts";
import { build } from "../../core/edition/build.ts";
import { approve } from "../../core/issue/approve.ts";
import { draft, markBuilt } from "../../core/issue/draft.ts";
import { idOfIssue } from "../../core/issue/issue.ts";
import { schedule } from "../../core/issue/schedule.ts";
import type { Letter, Mail } from "../../functions/cloud/cloud.ts";
import { found } from "../../functions/desk/publications.ts";
import { importSubscribers } from "../../functions/desk/subscribers.ts";
import { saveEdition } from "../../functions/records/editions.ts";
import { saveIssue } from "../../functions/records/issues.ts";
import { localCloud } from "../../local/cloud/local-cloud.ts";
import { person } from "../../local/session.ts";
import { workUntilQuiet } from "../../local/wiring.ts";
import { type Figure, figureOf, median, milliseconds, ratios, round } from "./figure.ts";
import { addressee } from "./long-letter.ts";
import { renderEach } from "./render-each.ts";
import { twelveArticles } from "./twelve-articles.ts";

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

type Built = NonNullable<Awaited<ReturnType<typeof build>>["editions"]>;

/** Plans and delivers through the real functions, every claim and record on disk, the letters into the sink. */
async function withLedger(
  readers: number,
  input: ReturnType<typeof twelveArticles>,
  editions: Built,
): Promise<{ milliseconds: number; grownMegabytes: number }> {
  const folder = mkdtempSync(join(tmpdir(), "kurier-bench-"));
  const heaps: number[] = [];
  const mail = counting(readers, heaps);
  const cloud = localCloud({ folder, mail });
  const quiet = console.warn;
  try {
    const { publication, issue } = input;
    await found(cloud, person, publication);
    const rows = Array.from({ length: readers }, (_, reader) => ({
      line: reader,
      language: "de" as const,
      ...addressee(reader),
    }));
    await importSubscribers(cloud, person, publication.id, rows, { consentSource: "bench" });
    const { fingerprint } = editions.manifest;
    await saveEdition(
      cloud,
      { publication: publication.id, issue: idOfIssue(issue), fingerprint, language: "de" },
      editions.files,
      editions.manifest,
    );
    const now = cloud.clock.now();
    const at = now.toISOString();
    const approved = approve(markBuilt(draft(issue), { fingerprint, by: person.id, at }), fingerprint, {
      by: person.id,
      at,
    });
    await saveIssue(cloud, schedule(approved, { sendAt: now, now, by: person.id }));
    const payload = { v: 1, publication: publication.id, issue: idOfIssue(issue) };
    await cloud.timer.wakeAt("plan-bench", at, { target: "plan", payload });
    const took = await milliseconds(() => workUntilQuiet(cloud));
    if (heaps.length < 2) throw new Error("not every letter was sent");
    return { milliseconds: took, grownMegabytes: ((heaps.at(-1) ?? 0) - (heaps[0] ?? 0)) / 1e6 };
  } finally {
    console.warn = quiet;
    cloud.close();
    rmSync(folder, { recursive: true, force: true });
  }
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
