import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { roomsOf } from "../../core/desk/rooms.ts";
import { roles } from "../../core/rights.ts";
import { sessionCookie } from "../../functions/desk/routes/guard.ts";
import { desk } from "../../functions/desk.ts";
import { openSession } from "../../functions/records/sessions.ts";
import { localCloud } from "../../local/cloud/local-cloud.ts";
import { listen } from "../../local/listen.ts";
import { aPerson, deskUrl, publication } from "../functions/desk/routes/a-desk.ts";
import { mended, stock, stockUp, thick } from "./desk-stock.ts";
import type { Visit } from "./desk-visitor.ts";
import { cpuMilliseconds, type Figure, figureOf, inTurn, median, round } from "./figure.ts";

/** What a page of the desk may cost, in empty pages of the same server. */
const mostPages = 5;
const times = 40;

/** Every room of the desk over a publication that has been coming out for years, against a page that shows nothing. */
export async function measureDesk(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), "kurier-desk-bench-"));
  const cloud = localCloud({ folder, isDurable: false });
  const visitor = fork(new URL("desk-visitor.ts", import.meta.url));
  const server = await listen(desk(cloud, { baseUrl: deskUrl }), 0);
  try {
    await stockUp(cloud);
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

/** The rooms, what somebody looks for in them, and one thing of each kind: the one that holds most. */
const pages = (): string[] => [
  ...roomsOf(publication).map(({ url }) => url.slice(`/${publication}`.length)),
  "/submissions?state=open",
  "/submissions?by=autorin-7",
  "/articles?state=free",
  "/articles?q=nirgends",
  "/issues/2025-07",
  `/issues/${thick.issue}`,
  `/issues/${thick.issue}/articles`,
  "/articles/beitrag-0251",
  `/articles/${mended.article}`,
  `/articles/${mended.article}?after=90`,
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
