import { beforeEach, describe, expect, it } from "vitest";
import type { Submission } from "../../../core/article/submission.ts";
import { anything } from "../../../core/desk/library.ts";
import type { KnownPerson } from "../../../core/person.ts";
import { operator } from "../../../core/rights.ts";
import type { Cloud, Item } from "../../../functions/cloud/cloud.ts";
import { draftIssue } from "../../../functions/desk/issues.ts";
import { lookThroughLibrary } from "../../../functions/desk/library.ts";
import { renumberIssue } from "../../../functions/desk/new-issue.ts";
import { readCard } from "../../../functions/records/articles.ts";
import { issuesNaming, listHeadings } from "../../../functions/records/issues-naming.ts";
import { articleKey, headingsKey, listsKey, placesKey, submissionListKey } from "../../../functions/records/keys.ts";
import { cardPlaces } from "../../../functions/records/library.ts";
import { newPersonChanges } from "../../../functions/records/people.ts";
import { namesOf, pageOfPeople, teamWith } from "../../../functions/records/people-listed.ts";
import { savePublication } from "../../../functions/records/publications.ts";
import { pageOfSubmissions } from "../../../functions/records/submission-pages.ts";
import { submissionChanges } from "../../../functions/records/submissions.ts";
import { type TestCloud, testCloud } from "../../cloud/test-cloud.ts";
import { anIssue, aPublication } from "../../people-and-papers.ts";
import { shelve } from "./an-issue.ts";

/** Rows beside what they tell of, for whoever looks through: a table from before them has none. */

const paper = aPublication();
let cloud: TestCloud;
beforeEach(async () => {
  cloud = testCloud();
  await savePublication(cloud, paper);
  for (const title of ["Deich", "Wind", "Urteil"]) {
    await shelve(cloud, { title });
    cloud.clock.advance({ seconds: 1 });
  }
  await cloud.table.write(submissionChanges(undefined, submission));
  await cloud.table.write(newPersonChanges(paper.id, guelsen));
  await draftIssue(cloud, operator, anIssue({ sections: [{ name: "Umland", articles: ["deich"] }] }));
});

const submission: Submission = {
  ...{ v: 1, version: 1, publication: paper.id, id: "deich", by: "guelsen", at: "2026-11-23T08:00:00.000Z" },
  ...{ contentId: "c", notes: [], state: "waiting", waitingFor: [] },
};
const guelsen: KnownPerson = {
  ...{ v: 1, id: "guelsen", name: "Gülşen", address: "guelsen@elbland.example", addressKey: "G".repeat(22) },
  roles: ["editor"],
};

const titles = async (seen: Cloud = cloud) =>
  (await lookThroughLibrary(seen, paper.id, anything)).articles.map(({ card }) => card.title);
const total = async () => (await lookThroughLibrary(cloud, paper.id, anything)).total;

/** Takes away every row that no code before wrote. */
async function asBefore(): Promise<void> {
  const partitions = [`library#${paper.id}`, placesKey(paper.id, "").pk, `people#${paper.id}`];
  const lists = ["", "guelsen"].map((by) => submissionListKey(paper.id, "", "", by || undefined).pk);
  const rows = await Promise.all([...partitions, ...lists].map((pk) => cloud.table.query({ pk, limit: 100 })));
  const isNew = ({ pk, sk }: Item): boolean => !pk.startsWith("people#") || /^(name|team|who)#/.test(sk);
  const keys = rows.flatMap(({ items }) => items.filter(isNew).map(({ pk, sk }) => ({ pk, sk })));
  await cloud.table.each([...keys, listsKey(paper.id), headingsKey(paper.id)].map((remove) => ({ remove })));
}

describe("a table from before there were lists", () => {
  it("shows everything as soon as somebody looks", async () => {
    await asBefore();
    expect(await titles()).toEqual(["Urteil", "Wind", "Deich"]);
    expect(await total()).toBe(3);
    const { articles } = await lookThroughLibrary(cloud, paper.id, { ...anything, state: "planned" });
    expect(articles.map(({ card }) => card.id)).toEqual(["deich"]);
    expect(await listHeadings(cloud, paper.id)).toEqual(["Umland"]);
    const page = await pageOfSubmissions(cloud, paper.id, { by: "guelsen", states: ["waiting"], size: 5 });
    expect(page.submissions.map(({ id }) => id)).toEqual(["deich"]);
    const { people } = await pageOfPeople(cloud, paper.id, { limit: 5 });
    const [named, team] = [await namesOf(cloud, paper.id, ["guelsen"]), await teamWith(cloud, paper.id, "nobody")];
    expect([people, named, team].map((found) => found.map(({ name }) => name))).toEqual([
      ["Gülşen"],
      ["Gülşen"],
      ["Gülşen"],
    ]);
  });

  it("says whose article is closed, whoever asks first", async () => {
    await asBefore();
    expect((await issuesNaming(cloud, paper.id, ["deich", "wind"])).map(({ number }) => number)).toEqual([1]);
  });

  it("counts an article once that is saved while they come in", async () => {
    await asBefore();
    let isFirst = true;
    const watched: Cloud = {
      ...cloud,
      table: {
        ...cloud.table,
        async query(query) {
          const page = await cloud.table.query(query);
          if (isFirst && query.from === articleKey("", "").sk) {
            isFirst = false;
            await shelve(cloud, { title: "Brücke" });
          }
          return page;
        },
      },
    };
    expect((await titles(watched)).toSorted()).toEqual(["Brücke", "Deich", "Urteil", "Wind"]);
    expect([isFirst, await total()]).toEqual([false, 4]);
  });

  it("takes in what an older version still wrote during the deploy, and lets go what it left behind", async () => {
    expect(await titles()).toHaveLength(3);
    const card = await readCard(cloud, paper.id, "deich");
    if (!card) throw new Error("there is no such card");
    const next = { ...card, version: card.version + 1, title: "Deich, neu", changedAt: "2026-11-23T08:05:00.000Z" };
    await cloud.table.write([{ put: { ...articleKey(paper.id, card.id), ...next } as Item }]);
    expect(await titles()).toEqual(["Urteil", "Wind", "Deich"]);
    cloud.clock.advance({ minutes: 17 });
    expect(await titles()).toEqual(["Deich, neu", "Urteil", "Wind"]);
    expect((await cloud.table.get(cardPlaces(card)))[0]).toBeUndefined();
  });
});

it("counts every article of many that are saved at once", async () => {
  await titles();
  const names = Array.from({ length: 12 }, (_, number) => `Beitrag ${number}`);
  await Promise.all(names.map((title) => shelve(cloud, { title })));
  expect([(await titles()).length, await total()]).toEqual([15, 15]);
});

it("finds an article's issue under its new number", async () => {
  await draftIssue(cloud, operator, anIssue({ number: 2, sections: [{ name: "Umland", articles: ["wind"] }] }));
  await renumberIssue(cloud, operator, { publication: paper.id, issue: "2026-02" }, 1, { number: 7, year: 2026 });
  expect((await issuesNaming(cloud, paper.id, ["wind"])).map(({ number }) => number)).toEqual([7]);
});
