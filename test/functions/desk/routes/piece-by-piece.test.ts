import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { roomsOf } from "../../../../core/desk/rooms.ts";
import { newSubmission } from "../../../../core/mail/received.ts";
import { roles } from "../../../../core/rights.ts";
import type { Cloud } from "../../../../functions/cloud/cloud.ts";
import { submissionChanges } from "../../../../functions/records/submissions.ts";
import { openTestCloud, type TestCloud } from "../../../cloud/test-cloud.ts";
import { shelve } from "../an-issue.ts";
import { aDesk, publication, type Visitor } from "./a-desk.ts";
import { enlarge, many } from "./a-large-house.ts";

/** Rows are counted, not seconds: a page asks the table for no more of them where there is twice as much of everything. */

const rooms = roomsOf(publication).map(({ url }) => url.slice(`/${publication}`.length));
const lists = [
  ...rooms,
  ...["waiting", "refused", "ingested"].map((state) => `/submissions?state=${state}`),
  "/submissions?by=autorin-3",
  "/submissions?by=autorin-3&state=open",
  "/submissions?by=nobody",
  ...["free", "planned", "published", "withdrawn"].map((state) => `/articles?state=${state}`),
  "/articles?section=Orte",
  "/articles?section=nowhere",
  "/articles?q=nowhere",
  "/articles?author=nobody",
  "/articles?kind=notice",
  "/articles?lacking=yes",
  "/acts?by=nobody",
  "/acts?kind=article&id=nowhere",
  "/commissions/new",
  "/issues/2005-04",
  "/issues/2005-04/articles",
  "/issues/2005-04/articles?words=nowhere",
  "/issues/2005-04/sending",
  `/articles/${many}`,
  `/articles/${many}?after=300`,
  `/articles/${many}/revisions?before=1&after=1`,
  "/submissions/neu",
];
/** A filter may look at five hundred before it says how far it got; one of acts at two thousand. */
const mostRows = (path: string): number => (path.startsWith("/acts?") ? 2_100 : path.includes("?") ? 800 : 450);

let house: { cloud: TestCloud; remove: () => void };
let [editor, author]: (Visitor | undefined)[] = [];
let asked = 0;
const counts = new Map<string, number[]>();

beforeAll(async () => {
  house = openTestCloud();
  const { as } = await aDesk(counting(house.cloud) as TestCloud);
  [editor, author] = [await as(...roles), await as("author")];
  await shelve(house.cloud, { title: "Steg" }, many);
  const empty = newSubmission({ publication, id: "neu", by: "autorin-1", at: "2026-11-23T08:00:00.000Z" }, {});
  await house.cloud.table.write(submissionChanges(undefined, empty));
  for (const size of [600, 1200]) {
    await enlarge(house.cloud, size - 600, size);
    // What an older version may still have written comes in once more; then it is over.
    for (let turn = 0; turn < 2; turn += 1) {
      await editor.get("/articles");
      house.cloud.clock.advance({ minutes: 20 });
    }
    await editor.get("/articles");
    for (const path of lists) await count(editor, path, path);
    for (const path of ["/", "/submissions"]) await count(author, path, `${path} of an author`);
  }
}, 600_000);
afterAll(() => house.remove());

/** The same cloud, which counts the rows its table gives away. */
function counting(cloud: TestCloud): Cloud {
  const { table } = cloud;
  return {
    ...cloud,
    table: {
      ...table,
      async get(keys, options) {
        const rows = await table.get(keys, options);
        asked += rows.filter((row) => row !== undefined).length;
        return rows;
      },
      async query(query) {
        const page = await table.query(query);
        asked += page.items.length;
        return page;
      },
    },
  };
}

async function count(visitor: Visitor | undefined, path: string, name: string): Promise<void> {
  asked = 0;
  const answer = await visitor?.get(path);
  await answer?.text();
  counts.set(name, [...(counts.get(name) ?? []), answer?.status === 200 ? asked : Number.POSITIVE_INFINITY]);
}

describe("a page of the desk reads no more rows where there is twice as much", () => {
  it.each([...lists, "/ of an author", "/submissions of an author"])("%s", (path) => {
    const [once = 0, twice = Number.POSITIVE_INFINITY] = counts.get(path) ?? [];
    expect(twice).toBeLessThanOrEqual(once);
    expect(twice).toBeLessThanOrEqual(mostRows(path));
  });
});
