import { beforeEach, describe, expect, it } from "vitest";
import type { ArticleText } from "../../../core/article/article.ts";
import { imageOf, variantOf } from "../../../core/article/picture-address.ts";
import type { Issue } from "../../../core/issue/issue.ts";
import { mendArticle, openArticle } from "../../../functions/desk/articles.ts";
import { dropTyped, keepTyped } from "../../../functions/desk/drafts.ts";
import { draftIssue } from "../../../functions/desk/issues.ts";
import { describePictures } from "../../../functions/desk/pictures.ts";
import { refuseOffered, restoreRevision, takeOffered } from "../../../functions/desk/revisions.ts";
import { listDrafts } from "../../../functions/records/drafts.ts";
import { requireIssue, saveIssue } from "../../../functions/records/issues.ts";
import { savePublication } from "../../../functions/records/publications.ts";
import { latestRevisions } from "../../../functions/records/revisions.ts";
import { readSubmission } from "../../../functions/records/submissions.ts";
import { type TestCloud, testCloud } from "../../cloud/test-cloud.ts";
import { anIssue, aPublication } from "../../people-and-papers.ts";
import {
  almut,
  arrive,
  card,
  guelsen,
  handIn,
  head,
  joerdis,
  manuscript,
  otherPicture,
  paper,
  place,
  reworded,
  standing,
  theArticle,
  thomas,
  words,
} from "./an-article.ts";

let cloud: TestCloud;
beforeEach(async () => {
  cloud = testCloud();
  await savePublication(cloud, aPublication());
  await theArticle(cloud);
});
const mend = async (passage: string, other: string, person = almut, revision = 1) =>
  mendArticle(cloud, person, place, { revision, markdown: await reworded(cloud, passage, other) });
const acts = async () => (await cloud.table.query({ pk: `acts#${paper}`, limit: 100 })).items;

describe("mending an article", () => {
  it("makes the next revision, and says who did it", async () => {
    const { card, refusals } = await mend("seit Mai", "seit Juni");
    expect([card?.revision, refusals]).toEqual([2, []]);
    expect(await words(cloud)).toContain("Er steht seit Juni.");
    expect(await words(cloud, 1)).toContain("Er steht seit Mai.");
    const [newest] = await latestRevisions(cloud, paper, place.article, { limit: 9 });
    expect(newest).toMatchObject({ revision: 2, how: "words", by: "almut" });
    expect(await acts()).toContainEqual(
      expect.objectContaining({ act: "edit-article", by: "almut", kind: "article", id: "steg" }),
    );
  });

  it("sets type as ingest does, and changes nothing where nothing was changed", async () => {
    await mend("seit Mai", 'seit "Mai"');
    expect(await words(cloud)).toContain("„Mai“");
    const before = await acts();
    expect((await mend("nichts", "nichts", almut, 2)).card?.revision).toBe(2);
    expect(await acts()).toHaveLength(before.length);
  });

  it("refuses whoever saw an older revision, and overwrites nothing", async () => {
    const theirs = await reworded(cloud, "seit Mai", "seit Ostern");
    await mend("seit Mai", "seit Juni");
    const late = mendArticle(cloud, guelsen, place, { revision: 1, markdown: theirs });
    await expect(late).rejects.toMatchObject({ code: "article-moved-on", details: { seen: 1, stands: 2 } });
    expect(await words(cloud)).toContain("seit Juni");
  });

  it("lets one of two win who save at the same moment, and tells the other", async () => {
    const texts = await Promise.all(["Juni", "Juli"].map((month) => reworded(cloud, "Mai", month)));
    const ends = await Promise.allSettled(
      texts.map((markdown) => mendArticle(cloud, almut, place, { revision: 1, markdown })),
    );
    expect(ends.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(ends.find(({ status }) => status === "rejected")).toMatchObject({ reason: { code: "article-moved-on" } });
    expect((await card(cloud)).revision).toBe(2);
  });

  it.each([
    ["a head nobody can read", "---\ntitel: [Der Steg\n---\n\nText.", "front-matter-yaml"],
    ["nothing but a head", "---\ntitel: Der Steg\n---\n", "no-text"],
    ["a picture that is not there", "---\ntitel: Der Steg\n---\n\n![Ein Tor](tor.jpg)", "picture-not-here"],
  ])("answers %s with the reason, and saves nothing", async (_, markdown, code) => {
    const { card: saved, refusals } = await mendArticle(cloud, almut, place, { revision: 1, markdown });
    expect([saved, refusals.map((refusal) => refusal.code)]).toEqual([undefined, [code]]);
    expect((await card(cloud)).revision).toBe(1);
  });

  it("is for editors everywhere, and for authors where it is theirs", async () => {
    expect((await mend("Mai", "Juni", joerdis)).card?.revision).toBe(2);
    await expect(mend("Juni", "Juli", thomas, 2)).rejects.toMatchObject({ code: "not-allowed" });
    await expect(openArticle(cloud, thomas, place)).rejects.toMatchObject({ code: "not-allowed" });
    const nowhere = { ...place, article: "nirgends" };
    await expect(openArticle(cloud, almut, nowhere)).rejects.toMatchObject({ code: "no-article" });
  });

  it.each(["draft", "built"] as const)("is still an author's while its issue is %s", async (status) => {
    await planIn(status);
    expect((await mend("Mai", "Juni", joerdis)).card?.revision).toBe(2);
  });

  it.each(["approved", "sent"] as const)("is the editors' alone once its issue is %s", async (status) => {
    await planIn(status);
    await expect(mend("Mai", "Juni", joerdis)).rejects.toMatchObject({
      code: "article-closed",
      details: { issue: "01|26" },
    });
    expect((await mend("Mai", "Juni")).card?.revision).toBe(2);
  });
});

async function planIn(status: Issue["status"]): Promise<void> {
  await draftIssue(cloud, almut, anIssue({ sections: [{ name: "Aus den Orten", articles: [place.article] }] }));
  const issue = await requireIssue(cloud, paper, "2026-01");
  await saveIssue(cloud, { ...issue, status } as Issue);
}

describe("files that come after the words were mended", () => {
  it("replace none of them: they wait as a revision of their own, and their author hears so", async () => {
    await mend("seit Mai", "seit Juni");
    await handIn(cloud, { "text.md": manuscript("Er steht seit Mai, wackelt aber.") });
    expect(await words(cloud)).toContain("seit Juni");
    expect(await card(cloud)).toMatchObject({ revision: 2, newest: 3, offered: 3, isMended: true });
    expect(await words(cloud, 3)).toContain("wackelt aber");
    const submission = await readSubmission(cloud, paper, place.article);
    expect(submission).toMatchObject({ state: "ingested", revision: 3 });
    expect(submission?.notes[0]).toEqual({ code: "mending-kept", details: { revision: 3 } });
  });

  it("can be taken, then count like any other; what was mended can come back", async () => {
    await mend("seit Mai", "seit Juni");
    await handIn(cloud, { "text.md": manuscript("Er wackelt.") });
    expect(await takeOffered(cloud, almut, place, { seen: 2, revision: 3 })).toMatchObject({ revision: 4, files: 3 });
    expect(await words(cloud)).toContain("Er wackelt.");
    const taken = await card(cloud);
    expect([taken.isMended, taken.offered]).toEqual([undefined, undefined]);
    await handIn(cloud, { "text.md": manuscript("Er steht wieder.") });
    expect(await words(cloud)).toContain("Er steht wieder.");
    await restoreRevision(cloud, almut, place, { seen: 5, revision: 2 });
    expect(await words(cloud)).toContain("seit Juni");
  });

  it("can be left aside, once", async () => {
    await mend("seit Mai", "seit Juni");
    await handIn(cloud, { "text.md": manuscript("Er wackelt.") });
    await refuseOffered(cloud, almut, place, { seen: 2, revision: 3 });
    expect((await card(cloud)).offered).toBeUndefined();
    expect(await words(cloud)).toContain("seit Juni");
    for (const decide of [takeOffered, refuseOffered])
      await expect(decide(cloud, almut, place, { seen: 2, revision: 3 })).rejects.toMatchObject({
        code: "nothing-offered",
      });
    expect((await mend("seit Juni", "seit Juli", almut, 2)).card?.revision).toBe(4);
  });

  it("bring their pictures into the mended words where they bring nothing else", async () => {
    await mend("seit Mai", "seit Juni");
    await handIn(cloud, { "steg.jpg": otherPicture });
    const article = await standing(cloud);
    expect(await words(cloud)).toContain("seit Juni");
    expect(imageOf(article, article.hero)).toMatchObject({ width: 900 });
    expect((await readSubmission(cloud, paper, place.article))?.notes[0]?.code).toBe("mending-kept-pictures");
    expect(await card(cloud)).toMatchObject({ revision: 3, isMended: true });
  });

  it("replace what nobody has mended, as ever", async () => {
    await handIn(cloud, { "text.md": manuscript("Er wackelt.") });
    expect(await words(cloud)).toContain("Er wackelt.");
    expect(await card(cloud)).toMatchObject({ revision: 2, files: 2 });
  });

  it("find a picture described at the desk still described", async () => {
    await describePictures(cloud, almut, place, { revision: 1, pictures: [{ name: "steg.jpg", alt: "Ein Steg" }] });
    await handIn(cloud, { "text.md": manuscript("Er wackelt.") });
    expect((await standing(cloud)).hero?.alt).toBe("Ein Steg");
    expect((await card(cloud)).offered).toBe(3);
  });
});

describe("pictures", () => {
  const hero = async () => (await standing(cloud)).hero;

  it("are described field by field, and what is not said stays", async () => {
    const said = { name: "steg.jpg", caption: "Der *neue* Steg", credit: "Jana Krahl", alt: "Ein Steg am See" };
    await describePictures(cloud, joerdis, place, { revision: 1, pictures: [said] });
    expect(await hero()).toMatchObject({ credit: "Jana Krahl", alt: "Ein Steg am See", caption: { length: 3 } });
    await describePictures(cloud, almut, place, { revision: 2, pictures: [{ name: "steg.jpg", credit: "privat" }] });
    expect(await hero()).toMatchObject({ credit: "privat", alt: "Ein Steg am See" });
    expect((await card(cloud)).lacks).toEqual({ teaser: 1, role: 1, portrait: 1 });
  });

  it("only adorn where somebody says so: an empty field is nothing yet", async () => {
    await describePictures(cloud, almut, place, { revision: 1, pictures: [{ name: "steg.jpg", alt: " " }] });
    expect((await hero())?.alt).toBeNull();
    const adorns = { name: "steg.jpg", alt: "", isDecorative: true };
    await describePictures(cloud, almut, place, { revision: 1, pictures: [adorns] });
    expect((await hero())?.alt).toBe("");
  });

  it("are cut around the point somebody chose, by the function that has room for it", async () => {
    const focus = { x: 80, y: 30 };
    const taken: unknown[] = [];
    const watched = {
      ...cloud,
      queues: { ...cloud.queues, arrivals: { add: async (all: readonly unknown[]) => void taken.push(...all) } },
    } as TestCloud;
    await describePictures(watched, almut, place, { revision: 1, pictures: [{ name: "steg.jpg", focus }] });
    await arrive(cloud, [...taken, ...taken]);
    const article = await standing(cloud);
    const image = imageOf(article, article.hero) ?? expect.unreachable();
    expect(variantOf(image, "lead")?.focus).toEqual(focus);
    expect((await latestRevisions(cloud, paper, place.article, { limit: 9 })).map(({ how }) => how)).toEqual([
      "cut",
      "pictures",
      "files",
    ]);
    // Cutting changed no word: whoever saw the revision before may save over it.
    expect((await mend("Mai", "Juni", almut, 2)).card?.revision).toBe(4);
  });

  it("refuse whoever saw other words, and names that are not there", async () => {
    await mend("Mai", "Juni");
    const late = (name: string, revision: number) =>
      describePictures(cloud, guelsen, place, { revision, pictures: [{ name, credit: "privat" }] });
    await expect(late("steg.jpg", 1)).rejects.toMatchObject({ code: "article-moved-on" });
    await expect(late("tor.jpg", 2)).rejects.toMatchObject({ code: "no-picture" });
  });
});

describe("an earlier revision", () => {
  it("comes back with its words and pictures as a new one", async () => {
    await mend("titel: Der Steg", "titel: Der alte Steg");
    await restoreRevision(cloud, almut, place, { seen: 2, revision: 1 });
    const { title, slug }: ArticleText & { slug: string } = await standing(cloud);
    expect([title, slug]).toEqual(["Der Steg", "der-steg"]);
    const [newest] = await latestRevisions(cloud, paper, place.article, { limit: 9 });
    expect(newest).toMatchObject({ revision: 3, how: "restored", by: "almut", from: 1 });
  });

  it("comes back over what somebody saw, and over nothing else", async () => {
    await mend("Mai", "Juni");
    const restore = (seen: number, revision: number) => restoreRevision(cloud, almut, place, { seen, revision });
    await expect(restore(1, 1)).rejects.toMatchObject({ code: "article-moved-on" });
    await expect(restore(2, 9)).rejects.toMatchObject({ code: "no-revision" });
    await expect(restore(2, Number.NaN)).rejects.toMatchObject({ code: "no-revision" });
    await expect(restoreRevision(cloud, thomas, place, { seen: 2, revision: 1 })).rejects.toMatchObject({
      code: "not-allowed",
    });
  });
});

it("knows of every article what it still lacks", async () => {
  expect((await card(cloud)).lacks).toEqual({ alt: 1, credit: 1, caption: 1, teaser: 1, role: 1, portrait: 1 });
  const whole = `${head.replace("steg.jpg", "steg.jpg, alt: Ein Steg, foto: privat, bildunterschrift: Der Steg")}\nteaser: Er steht.`;
  await handIn(cloud, { "text.md": manuscript("Er steht.", whole.replace("Jana Krahl", "Redaktion")) });
  expect((await card(cloud)).lacks).toEqual({});
});

describe("what somebody types and has not saved", () => {
  const typed = (version: number, markdown: string, person = almut) =>
    keepTyped(cloud, person, place, { revision: 1, version, markdown });

  it("is kept, one for each person, and gone once they save", async () => {
    await typed((await typed(0, "Ers")).version, "Erster");
    await typed(0, "Zweiter", joerdis);
    const kept = await listDrafts(cloud, paper, place.article);
    expect(kept.map(({ by, markdown, version }) => [by, markdown, version])).toEqual([
      ["almut", "Erster", 2],
      ["joerdis", "Zweiter", 1],
    ]);
    await mend("Mai", "Juni");
    expect((await listDrafts(cloud, paper, place.article)).map(({ by }) => by)).toEqual(["joerdis"]);
    await dropTyped(cloud, joerdis, place);
    expect(await listDrafts(cloud, paper, place.article)).toEqual([]);
  });

  it("is still there when saving was refused", async () => {
    await typed(0, "Erster", guelsen);
    await mend("Mai", "Juni");
    const late = mendArticle(cloud, guelsen, place, { revision: 1, markdown: manuscript("Erster") });
    await expect(late).rejects.toMatchObject({ code: "article-moved-on" });
    expect(await listDrafts(cloud, paper, place.article)).toHaveLength(1);
  });

  it("is never overwritten from another window of the same person", async () => {
    await typed(0, "Hier");
    await expect(typed(0, "Dort")).rejects.toMatchObject({ code: "draft-moved-on" });
    expect((await listDrafts(cloud, paper, place.article))[0]?.markdown).toBe("Hier");
  });

  it("is nobody's who may not save, and no longer than a row", async () => {
    await expect(typed(0, "x", thomas)).rejects.toMatchObject({ code: "not-allowed" });
    await expect(typed(0, "ü".repeat(200_000))).rejects.toMatchObject({ code: "draft-too-long" });
    await expect(typed(0, "ü".repeat(189_000))).resolves.toMatchObject({ version: 1 });
  });
});
