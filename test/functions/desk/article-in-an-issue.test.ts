import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Issue } from "../../../core/issue/issue.ts";
import { operator } from "../../../core/rights.ts";
import { build } from "../../../functions/build.ts";
import { mendArticle } from "../../../functions/desk/articles.ts";
import { approveIssue, draftIssue } from "../../../functions/desk/issues.ts";
import { describePictures } from "../../../functions/desk/pictures.ts";
import { refuseOffered, restoreRevision, takeOffered } from "../../../functions/desk/revisions.ts";
import { requireIssue, saveIssue } from "../../../functions/records/issues.ts";
import { savePublication } from "../../../functions/records/publications.ts";
import { readSubmission } from "../../../functions/records/submissions.ts";
import { type TestCloud, testCloud } from "../../cloud/test-cloud.ts";
import { anIssue, aPublication } from "../../people-and-papers.ts";
import {
  almut,
  card,
  guelsen,
  handIn,
  manuscript,
  otherPicture,
  place,
  reworded,
  theArticle,
  words,
} from "./an-article.ts";

let cloud: TestCloud;
let draft: Issue;
const issue = { publication: place.publication, issue: "2026-01" };
const spring = () => requireIssue(cloud, issue.publication, issue.issue);
const fingerprint = "f".repeat(64);
const at = "2026-01-20T09:00:00.000Z";

const built = { fingerprint, builtBy: "guelsen", builtAt: at };
const approved = { ...built, approval: { by: "henrike", at } };
const scheduled = { ...approved, sendAt: "2026-12-08T08:00:00.000Z", scheduledBy: "henrike" };
const sent = { ...scheduled, startedAt: at, sentAt: at, open: 0 };
const fields = { built, approved, scheduled, sent };
const make = (status: keyof typeof fields): Promise<Issue> =>
  saveIssue(cloud, { ...draft, ...fields[status], status } as unknown as Issue);

beforeEach(async () => {
  vi.spyOn(console, "info").mockImplementation(() => {});
  cloud = testCloud();
  await savePublication(cloud, aPublication());
  await theArticle(cloud);
  draft = await draftIssue(cloud, operator, anIssue({ sections: [{ name: "Umland", articles: [place.article] }] }));
});

const mend = async (passage = "seit Mai", other = "seit Juni") =>
  mendArticle(cloud, almut, place, {
    revision: (await card(cloud)).revision,
    markdown: await reworded(cloud, passage, other),
  });

/** Every way an article gets other words or pictures. */
const ways: Readonly<Record<string, () => Promise<unknown>>> = {
  "words are mended": () => mend(),
  "a picture is described": () =>
    describePictures(cloud, almut, place, { revision: 1, pictures: [{ name: "steg.jpg", alt: "Ein Steg im Schilf" }] }),
  "its author hands in other words": () => handIn(cloud, { "text.md": manuscript("Er steht seit Juli.") }),
  "its author hands in another picture": () => handIn(cloud, { "steg.jpg": otherPicture }),
};

describe("an article that is changed while it stands in an issue", () => {
  it.each(Object.entries(ways))("takes the build away when %s", async (_, change) => {
    await make("built");
    await change();
    expect(await spring()).toMatchObject({ status: "draft", version: draft.version + 2 });
    expect(await spring()).not.toHaveProperty("fingerprint");
  });

  it.each(Object.entries(ways))("takes the approval away, and says whose and why, when %s", async (_, change) => {
    await make("approved");
    await change();
    expect(await spring()).toMatchObject({
      status: "draft",
      voided: { by: "henrike", at, fingerprint, because: "article", article: "Der Steg" },
    });
  });

  it("does so when an earlier revision comes back, and not when later files are put aside or refused", async () => {
    await mend();
    draft = await spring();
    await make("approved");
    await restoreRevision(cloud, almut, place, { seen: 2, revision: 1 });
    expect((await spring()).status).toBe("draft");
    await handIn(cloud, { "text.md": manuscript("Er steht seit Juli.") });
    draft = { ...draft, version: (await spring()).version };
    await make("built");
    const { revision: seen, offered = 0 } = await card(cloud);
    await refuseOffered(cloud, almut, place, { seen, revision: offered });
    expect((await spring()).status).toBe("built");
  });

  it("leaves the issue alone when the same words are saved once more", async () => {
    await make("approved");
    await mend("Mai", "Mai");
    expect((await spring()).status).toBe("approved");
  });

  it.each(["words are mended", "a picture is described"])(
    "is refused while the issue waits to leave: %s",
    async (way) => {
      await make("scheduled");
      await expect(ways[way]?.()).rejects.toMatchObject({ code: "article-scheduled", details: { issue: "01|26" } });
      expect(await spring()).toMatchObject({ status: "scheduled", fingerprint });
      expect((await card(cloud)).revision).toBe(1);
    },
  );

  it("keeps what its author hands in then for afterwards, and says so", async () => {
    await make("scheduled");
    await handIn(cloud, { "text.md": manuscript("Er steht seit Juli.") });
    expect(await card(cloud)).toMatchObject({ revision: 1, offered: 2 });
    expect((await readSubmission(cloud, place.publication, place.article))?.notes).toContainEqual({
      code: "kept-for-later",
      details: { issue: "01|26", revision: 2 },
    });
    expect((await spring()).status).toBe("scheduled");
    draft = { ...draft, version: (await spring()).version };
    await make("approved");
    await takeOffered(cloud, almut, place, { seen: 1, revision: 2 });
    expect(await words(cloud)).toContain("seit Juli");
    expect((await spring()).status).toBe("draft");
  });

  it("changes nothing of an issue that was sent", async () => {
    const before = await make("sent");
    await mend();
    expect(await spring()).toEqual(before);
  });

  it("and is approved in the same moment: one of both happens, never both", async () => {
    await make("built");
    const write: TestCloud["table"]["write"] = async (changes) => {
      // Between the reading of the issue and the writing of the article.
      if ((await spring()).status === "built")
        await approveIssue(cloud, operator, "elblandbote", "2026-01", fingerprint);
      return cloud.table.write(changes);
    };
    const between = { ...cloud, table: { ...cloud.table, write } };
    const markdown = await reworded(cloud, "seit Mai", "seit Juni");
    await mendArticle(between, almut, place, { revision: 1, markdown });
    expect(await spring()).toMatchObject({ status: "draft", voided: { because: "article" } });
  });

  it("and gets a date in the same moment as files come for it: they are kept for afterwards", async () => {
    const approved = await make("approved");
    const get: TestCloud["table"]["get"] = async (keys, options) => {
      const found = await cloud.table.get(keys, options);
      // Once it was read, and before anything is written.
      const isRead = keys.some(({ sk }) => sk === "issue#2026-01") && (await spring()).status === "approved";
      if (isRead) await saveIssue(cloud, { ...approved, ...scheduled, status: "scheduled" } as Issue);
      return found;
    };
    const files = { "text.md": manuscript("Er steht seit Juli.") };
    await handIn({ ...cloud, table: { ...cloud.table, get } }, files);
    expect(await card(cloud)).toMatchObject({ revision: 1, offered: 2 });
    expect((await spring()).status).toBe("scheduled");
  });

  it("and is built in the same moment is built with the words it has then", async () => {
    const said = { name: "steg.jpg", alt: "Ein Steg im Schilf", credit: "privat", caption: "Der Steg" };
    await describePictures(cloud, almut, place, { revision: 1, pictures: [said] });
    const order = { v: 1, publication: "elblandbote", issue: "2026-01", by: guelsen };
    const texts: string[] = [];
    const write: TestCloud["files"]["write"] = async (path, body, ...rest) => {
      if (path.endsWith("email.txt") && texts.push(String(body)) === 1) await mend();
      return cloud.files.write(path, body, ...rest);
    };
    const deadline = new Date(cloud.clock.now().getTime() + 60_000);
    const Records = [{ messageId: "1", body: JSON.stringify(order) }];
    await build({ ...cloud, files: { ...cloud.files, write } })({ Records }, { deadline });
    expect([texts.length, (await spring()).status]).toEqual([2, "built"]);
    expect(texts[1]).toContain("seit Juni");
  });
});
