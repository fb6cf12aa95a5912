import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { roomsOf } from "../../core/desk/rooms.ts";
import { idOfIssue } from "../../core/issue/issue.ts";
import { operator, roles } from "../../core/rights.ts";
import { sessionCookie } from "../../functions/desk/routes/guard.ts";
import { importSubscribers } from "../../functions/desk/subscribers.ts";
import { desk } from "../../functions/desk.ts";
import { saveIssue } from "../../functions/records/issues.ts";
import { savePublication } from "../../functions/records/publications.ts";
import { saveRevision } from "../../functions/records/revisions.ts";
import { openSession } from "../../functions/records/sessions.ts";
import { submissionChange } from "../../functions/records/submissions.ts";
import { type LocalCloud, localCloud } from "../../local/cloud/local-cloud.ts";
import { listen } from "../../local/serve.ts";
import { aPerson, deskUrl, publication } from "../functions/desk/routes/a-desk.ts";
import { anArticle, anIssue, aPublication } from "../people-and-papers.ts";
import type { Visit } from "./desk-visitor.ts";
import { cpuMilliseconds, type Figure, figureOf, inTurn, median, round } from "./figure.ts";

/** What a page of the desk may cost, in empty pages of the same server. */
const mostPages = 5;
const stock = { articles: 500, issues: 100, subscribers: 100_000 };
const times = 40;

/** Every room of the desk over a publication that has been coming out for years, against a page that shows nothing. */
export async function measureDesk(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), "kurier-desk-bench-"));
  const cloud = localCloud({ folder, isDurable: false });
  const visitor = fork(new URL("desk-visitor.ts", import.meta.url));
  const server = await listen(desk(cloud, { baseUrl: deskUrl }), 0);
  try {
    await fill(cloud);
    const person = await aPerson(cloud, "almut", roles);
    const session = { addressKey: person.addressKey, signedInAt: cloud.clock.now().toISOString() };
    const cookie = `${sessionCookie(deskUrl)}=${await openSession(cloud, session)}`;
    const visit = async (path: string): Promise<number> => {
      visitor.send({ url: `${server.origin}/${publication}${path}`, cookie, times } satisfies Visit);
      const [status] = (await once(visitor, "message")) as [number];
      return status;
    };
    // Code that ran a while runs as it will all day, the empty page's too: the first page is measured no milder than the last.
    for (const path of [...pages(), ...pages()]) await visit(path).then(() => visit("/no-such-page"));
    const figures: Figure[] = [];
    for (const path of pages()) figures.push(await measure(path, visit));
    return figures;
  } finally {
    visitor.disconnect();
    await server.close();
    cloud.close();
    rmSync(folder, { recursive: true });
  }
}

/** The rooms, and one issue among the hundred. */
const pages = (): string[] => [
  ...roomsOf(publication).map(({ url }) => url.slice(`/${publication}`.length)),
  "/issues/2025-07",
  "/articles/beitrag-0250",
];

/** What whole answers cost the server, theirs alone: whoever asks, and whatever else the machine does, is not counted. */
async function measure(path: string, visit: (path: string) => Promise<number>): Promise<Figure> {
  const status = await visit(path);
  const { one, other } = await inTurn(
    7,
    () => visit(path),
    () => visit("/no-such-page"),
    cpuMilliseconds,
  );
  const [page, empty] = [median(one) / times, median(other) / times];
  return figureOf(
    `desk, ${path}${status === 200 ? "" : ` (${status})`} ÷ an empty page`,
    page / empty,
    { most: mostPages },
    `${round(page)} ms against ${round(empty)} ms; ${Object.entries(stock)
      .map(([what, many]) => `${many} ${what}`)
      .join(", ")}`,
  );
}

async function fill(cloud: LocalCloud): Promise<void> {
  await savePublication(cloud, aPublication());
  for (let number = 0; number < stock.articles; number++) await takeArticle(cloud, number);
  for (let number = 0; number < stock.issues; number++) await takeIssue(cloud, number);
  await importSubscribers(cloud, operator, publication, readers(), { consentSource: "Bestellkarten 2025" });
}

async function takeArticle(cloud: LocalCloud, number: number): Promise<void> {
  const id = `beitrag-${String(number).padStart(4, "0")}`;
  const {
    v: _,
    publication: __,
    id: ___,
    slug: ____,
    revision,
    images,
    origin,
    ...text
  } = anArticle({ title: `Beitrag ${number}` });
  const contentId = "c".repeat(64);
  const submission = {
    v: 1,
    version: 1,
    publication,
    id,
    by: "almut",
    contentId,
    notes: [],
    at: cloud.clock.now().toISOString(),
  };
  await saveRevision(cloud, undefined, { publication, id, text, images, origin }, () => [
    submissionChange({ ...submission, state: "ingested", revision, masthead: null } as never),
  ]);
}

/** Ten years of ten issues. */
async function takeIssue(cloud: LocalCloud, number: number): Promise<void> {
  const [year, inYear] = [2017 + Math.floor(number / 10), (number % 10) + 1];
  const articles = [0, 1, 2, 3, 4].map(
    (one) => `beitrag-${String((number * 5 + one) % stock.articles).padStart(4, "0")}`,
  );
  const plan = anIssue({
    number: inYear,
    year,
    date: `${year}-${String(inYear).padStart(2, "0")}-02`,
    sections: [{ name: "Aus den Gemeinden", articles }],
  });
  await saveIssue(cloud, { ...plan, v: 1, version: 0, status: "draft" });
  if (idOfIssue(plan).length !== 7) throw new Error("an issue has another id than the bench believes");
}

function* readers() {
  for (let row = 1; row <= stock.subscribers; row++)
    yield {
      line: row + 1,
      address: `leserin${row}@stadt${row % 997}.example`,
      name: `Jördis ${row}`,
      language: "de" as const,
    };
}
