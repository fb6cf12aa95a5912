import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Offered } from "../../../core/article/offered.ts";
import { sortFiles } from "../../../core/article/sort-files.ts";
import type { Person } from "../../../core/rights.ts";
import type { UploadForm } from "../../../functions/cloud/cloud.ts";
import { formForOne, formsFor, pasteText, removeFile } from "../../../functions/desk/hand-in.ts";
import { approveIssue, draftIssue } from "../../../functions/desk/issues.ts";
import { beginSubmission, submit } from "../../../functions/desk/submissions.ts";
import { readArticle } from "../../../functions/records/articles.ts";
import { requireIssue, saveIssue } from "../../../functions/records/issues.ts";
import { savePublication } from "../../../functions/records/publications.ts";
import { pageOfSubmissions, type SubmissionPage } from "../../../functions/records/submission-pages.ts";
import { listFiles, readSubmission, submissionChanges } from "../../../functions/records/submissions.ts";
import { workUntilQuiet } from "../../../local/wiring.ts";
import { type TestCloud, testCloud } from "../../cloud/test-cloud.ts";
import { anIssue, aPublication } from "../../people-and-papers.ts";

const bote = aPublication({ approvals: "one" });
const thomas: Person = { id: "thomas-serak", roles: ["author"] };
const joerdis: Person = { id: "joerdis-muehlbach", roles: ["author"] };
const guelsen: Person = { id: "guelsen-yildiz", roles: ["editor", "publisher"] };
const deskUrl = "https://desk.elblandbote.example";

let cloud: TestCloud;
beforeEach(async () => {
  for (const way of ["info", "warn"] as const) vi.spyOn(console, way).mockImplementation(() => {});
  cloud = testCloud();
  await savePublication(cloud, bote);
});
const begin = (title = "Der Deich hält", person = thomas) => beginSubmission(cloud, person, bote, { title, deskUrl });
const placeOf = ({ id: submission }: { id: string }) => ({ publication: bote.id, submission });
const bring = ({ fields }: UploadForm, name: string, body: string) =>
  cloud.acceptUpload(fields, { name, body: Buffer.from(body) });
const row = (id: string) => readSubmission(cloud, bote.id, id);
const names = async (id: string) => (await listFiles(cloud, bote.id, id)).map(({ name }) => name);
const etagOf = async (id: string, wanted: string) =>
  (await listFiles(cloud, bote.id, id)).find(({ name }) => name === wanted)?.etag ?? "";
const words = "# Der Deich hält\n\nEr ist einen Meter höher als im letzten Jahr.\n";

describe("a submission begun at the desk", () => {
  it("is its author's before the first file lies there, and stays theirs when it was read", async () => {
    const { id } = await begin();
    expect(id).toBe("2026-11-23-der-deich-haelt");
    expect(await row(id)).toMatchObject({ by: "thomas-serak", state: "waiting", contentId: "" });
    await bring(await formForOne(cloud, thomas, placeOf({ id }), `${deskUrl}/x`), "deich.md", words);
    await workUntilQuiet(cloud);
    expect(await row(id)).toMatchObject({
      by: "thomas-serak",
      state: "ingested",
      desk: { url: deskUrl, title: "Der Deich hält" },
    });
  });

  it("has an id of its own where another has the title, or none was given", async () => {
    const ids = [await begin(), await begin(), await begin(""), await begin("", joerdis)].map(({ id }) => id);
    expect(ids).toEqual(
      ["der-deich-haelt", "der-deich-haelt-2", "beitrag", "beitrag-2"].map((id) => `2026-11-23-${id}`),
    );
  });

  it("is never laid over files somebody put there by hand", async () => {
    await cloud.files.write(`submissions/${bote.id}/2026-11-23-der-deich-haelt/deich.md`, words, {
      type: "text/plain",
    });
    expect((await begin()).id).toBe("2026-11-23-der-deich-haelt-2");
  });

  it("is gone after a month when nothing was brought, and stays when something was", async () => {
    const [left, kept] = [await begin("Leer"), await begin("Voll")];
    await pasteText(cloud, thomas, placeOf(kept), { text: words, seen: "" });
    await workUntilQuiet(cloud);
    cloud.clock.advance({ days: 31 });
    expect(await row(left.id)).toBeUndefined();
    expect(await row(kept.id)).toMatchObject({ state: "ingested" });
  });

  it("is nobody's but its author's and the editors'", async () => {
    const { id } = await begin();
    const refused = { code: "not-allowed" };
    await expect(formForOne(cloud, joerdis, placeOf({ id }), deskUrl)).rejects.toMatchObject(refused);
    await expect(formsFor(cloud, joerdis, placeOf({ id }), offering([]))).rejects.toMatchObject(refused);
    await expect(pasteText(cloud, joerdis, placeOf({ id }), { text: words, seen: "" })).rejects.toMatchObject(refused);
    await expect(submit(cloud, joerdis, bote.id, id, [{ name: "a.md", body: Buffer.from("x") }])).rejects.toMatchObject(
      refused,
    );
    await pasteText(cloud, guelsen, placeOf({ id }), { text: words, seen: "" });
    expect((await row(id))?.by).toBe("thomas-serak");
  });

  it.each(["../x", "nie", "a#b"])("asks for one that exists: %s", async (submission) => {
    const form = formForOne(cloud, thomas, { publication: bote.id, submission }, deskUrl);
    await expect(form).rejects.toMatchObject({ code: "no-submission" });
  });
});

const offering = (files: readonly Offered[], onTheWay: readonly Offered[] = []) => ({ files, onTheWay });

describe("files a script wants to bring", () => {
  it("are two where two photos have one name, one where the same comes again, and a text takes the place of its like", async () => {
    const { id } = await begin();
    const names = async (files: readonly [string, number][], way: readonly [string, number][] = []) => {
      const named = (list: readonly [string, number][]) => list.map(([name, bytes]) => ({ name, bytes }));
      const answers = await formsFor(cloud, thomas, placeOf({ id }), offering(named(files), named(way)));
      return answers.map((one) => ("stored" in one ? one.stored : "isThere" in one ? "there" : one.refused.code));
    };
    const folder = `submissions/${bote.id}/${id}/`;
    await cloud.files.write(`${folder}image.jpg`, "1234", { type: "image/jpeg" });
    await cloud.files.write(`${folder}beitrag.md`, words, { type: "text/plain" });
    expect(
      await names([
        ...([
          ["image.jpg", 4],
          ["image.jpg", 5],
          ["image.jpg", 6],
          ["image.jpg", 5],
        ] as const),
        ...([
          ["beitrag.md", 99],
          ["anders.jpg", 4],
        ] as const),
      ] as [string, number][]),
    ).toEqual(["there", "image 2.jpg", "image 3.jpg", "there", "beitrag.md", "anders.jpg"]);
    expect(await names([["image.jpg", 7]], [["image 2.jpg", 5]])).toEqual(["image 3.jpg"]);
    // A picture that was no good makes room for a better one.
    await workUntilQuiet(cloud);
    expect(await row(id)).toMatchObject({ state: "refused" });
    expect(await names([["image.jpg", 7]])).toEqual(["image.jpg"]);
  });

  it("get a form each, or the sentence that says why not, before a byte is sent", async () => {
    const { id } = await begin();
    const offered = ["Brücke.docx", "deich.jpg", "scan.pdf", "film.mov", "riesig.jpg", "a/../b.md", "leer.jpg"];
    const answers = await formsFor(
      cloud,
      thomas,
      placeOf({ id }),
      offering(
        offered.map((name) => ({
          ...{ name, bytes: name === "leer.jpg" ? 0 : name === "riesig.jpg" ? 60_000_000 : 1000 },
        })),
      ),
    );
    expect(
      answers.map((one) =>
        "form" in one ? one.form.fields["Content-Type"] : "refused" in one ? one.refused.code : "there",
      ),
    ).toEqual([
      "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
      "image/jpeg",
      ...["pdf-text", "file-type", "picture-bytes", "text/plain; charset=utf-8", "empty-file"],
    ]);
    expect(answers.flatMap((one) => ("form" in one ? one.form.fields.key : []))).toEqual(
      ["Brücke.docx", "deich.jpg", "b.md"].map((name) => `submissions/${bote.id}/${id}/${name}`),
    );
  });

  it("are a hundred at most", async () => {
    const { id } = await begin();
    const offered = Array.from({ length: 101 }, (_, number) => ({ name: `${number}.jpg`, bytes: 1 }));
    await expect(formsFor(cloud, thomas, placeOf({ id }), offering(offered))).rejects.toMatchObject({
      code: "too-many-files",
    });
    expect(sortFiles(offered.map((file) => ({ ...file, etag: "" }))).refusals).toMatchObject([
      { code: "too-many-files" },
    ]);
  });

  it("are welcome no more once an issue with the article is signed off; editors know what they do", async () => {
    const { id } = await begin();
    await pasteText(cloud, thomas, placeOf({ id }), { text: words, seen: "" });
    await draftIssue(cloud, guelsen, anIssue({ sections: [{ name: "Berichte", articles: [id] }] }));
    await formForOne(cloud, thomas, placeOf({ id }), deskUrl);
    const draft = await requireIssue(cloud, bote.id, "2026-01");
    if (draft.status !== "draft") return expect.unreachable();
    const built = { fingerprint: "f".repeat(64), builtBy: "jo", builtAt: "2026-11-23T08:00:00.000Z" };
    await saveIssue(cloud, { ...draft, status: "built", ...built });
    await approveIssue(cloud, guelsen, bote.id, "2026-01", built.fingerprint);
    const closed = { code: "hand-in-closed", details: { issue: "01|26" } };
    await expect(formForOne(cloud, thomas, placeOf({ id }), deskUrl)).rejects.toMatchObject(closed);
    await formForOne(cloud, guelsen, placeOf({ id }), deskUrl);
  });
});

describe("pasted words", () => {
  it("become the article, named by their title", async () => {
    const { id } = await begin("Haushalt: ja/nein?");
    await pasteText(cloud, thomas, placeOf({ id }), {
      text: "Der Haushalt steht\r\n\r\nEr wurde am Montag im Rathaus beschlossen. Niemand war dagegen.\r\n\r\nZwei Stimmen enthielten sich, und danach gab es Kuchen.",
      seen: "",
    });
    await workUntilQuiet(cloud);
    expect(await names(id)).toEqual(["Haushalt- ja-nein-.txt"]);
    expect(await readArticle(cloud, bote.id, id)).toMatchObject({ title: "Der Haushalt steht" });
  });

  it("keep no signs of Markdown where somebody pastes it", async () => {
    const { id } = await begin();
    await pasteText(cloud, thomas, placeOf({ id }), { text: words, seen: "" });
    await workUntilQuiet(cloud);
    expect(await readArticle(cloud, bote.id, id)).toMatchObject({
      title: "Der Deich hält",
      origin: { format: "markdown" },
    });
  });

  it("take the place of the text their author saw, and the article has the new words", async () => {
    const { id } = await begin();
    await bring(await formForOne(cloud, thomas, placeOf({ id }), deskUrl), "alt.md", "# Alt\n\nAlte Worte.\n");
    await workUntilQuiet(cloud);
    await pasteText(cloud, thomas, placeOf({ id }), { text: words, seen: await etagOf(id, "alt.md") });
    await workUntilQuiet(cloud);
    expect(await names(id)).toEqual(["Der Deich hält.md"]);
    expect(await readArticle(cloud, bote.id, id)).toMatchObject({ revision: 2, title: "Der Deich hält" });
  });

  it("replace nothing their author has not seen: two at once, and the second hears of the first", async () => {
    const { id } = await begin();
    await pasteText(cloud, guelsen, placeOf({ id }), { text: "# Erste\n\nWorte.", seen: "" });
    const second = pasteText(cloud, thomas, placeOf({ id }), { text: "# Zweite\n\nWorte.", seen: "" });
    await expect(second).rejects.toMatchObject({ code: "other-text", details: { name: "Der Deich hält.md" } });
    expect(await names(id)).toEqual(["Der Deich hält.md"]);
  });

  it.each([
    ["  \n ", "nothing-pasted"],
    ["x".repeat(1_000_001), "text-too-large"],
  ])("are refused when they are none, or a book", async (text, code) => {
    const { id } = await begin();
    await expect(pasteText(cloud, thomas, placeOf({ id }), { text, seen: "" })).rejects.toMatchObject({ code });
    expect(await names(id)).toEqual([]);
  });
});

describe("a file that is taken away again", () => {
  it("no longer counts: the other text is read", async () => {
    const { id } = await begin();
    const form = await formForOne(cloud, thomas, placeOf({ id }), deskUrl);
    await bring(form, "eins.md", "# Eins\n\nWorte.\n");
    await bring(form, "zwei.md", "# Zwei\n\nWorte.\n");
    await workUntilQuiet(cloud);
    expect(await row(id)).toMatchObject({ state: "refused", refusals: [{ code: "two-texts" }] });
    await removeFile(cloud, thomas, placeOf({ id }), { name: "eins.md", etag: await etagOf(id, "eins.md") });
    await workUntilQuiet(cloud);
    expect(await row(id)).toMatchObject({ state: "ingested" });
    expect(await readArticle(cloud, bote.id, id)).toMatchObject({ title: "Zwei" });
  });

  it("is the one that was shown: another of its name stays", async () => {
    const { id } = await begin();
    const form = await formForOne(cloud, thomas, placeOf({ id }), deskUrl);
    await bring(form, "deich.jpg", "alt");
    await bring(form, "deich.md", words);
    const etag = await etagOf(id, "deich.jpg");
    await bring(form, "deich.jpg", "neu");
    await expect(removeFile(cloud, thomas, placeOf({ id }), { name: "deich.jpg", etag })).rejects.toMatchObject({
      code: "file-gone",
    });
    expect(await names(id)).toContain("deich.jpg");
  });

  it("is never the last", async () => {
    const { id } = await begin();
    await pasteText(cloud, thomas, placeOf({ id }), { text: words, seen: "" });
    const [name = ""] = await names(id);
    const gone = removeFile(cloud, thomas, placeOf({ id }), { name, etag: await etagOf(id, name) });
    await expect(gone).rejects.toMatchObject({ code: "last-file" });
  });
});

describe("a list of submissions", () => {
  const days = ({ submissions }: SubmissionPage) => submissions.map(({ id }) => id.slice(-1));
  const page = (sought: Partial<Parameters<typeof pageOfSubmissions>[2]>) =>
    pageOfSubmissions(cloud, bote.id, { size: 3, ...sought });

  it("is read page by page, the latest first, and an author's holds theirs alone", async () => {
    for (let day = 0; day < 5; day += 1) {
      await begin(`Von Thomas ${day}`);
      await begin(`Von Jördis ${day}`, joerdis);
      cloud.clock.advance({ days: 1 });
    }
    const first = await page({ by: thomas.id });
    const second = await page({ by: thomas.id, after: first.next });
    expect([first, second].map(days)).toEqual([
      ["4", "3", "2"],
      ["1", "0"],
    ]);
    expect(second.next).toBeUndefined();
    expect(days(await page({ size: 99 }))).toHaveLength(10);
    expect(days(await page({ size: 0 }))).toEqual([]);
  });

  it("follows a submission from one state to the next, and knows it in one of them only", async () => {
    for (let day = 0; day < 4; day += 1) await begin(`Tag ${day}`);
    const { submissions } = await page({ size: 4 });
    for (const [state, id] of [
      ["refused", submissions[1]?.id],
      ["ingested", submissions[3]?.id],
    ] as const) {
      const row = await readSubmission(cloud, bote.id, id ?? "");
      if (!row) throw new Error("there is no such submission");
      const next = { ...row, version: row.version + 1, state, refusals: [], revision: 1, masthead: null };
      await cloud.table.write(submissionChanges(row, next as never));
    }
    expect(days(await page({ states: ["waiting"], by: thomas.id }))).toEqual(["3", "1"]);
  });

  it("puts several states into one order", async () => {
    for (let day = 0; day < 4; day += 1) await begin(`Tag ${day}`, day % 2 ? thomas : joerdis);
    const first = await page({ states: ["refused", "waiting"] });
    const rest = await page({ states: ["refused", "waiting"], after: first.next });
    expect([first, rest].map(days)).toEqual([["3", "2", "1"], ["0"]]);
  });
});
