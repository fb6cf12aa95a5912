import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import type { ArticleText, Picture } from "../../core/article/article.ts";
import { picturesOf } from "../../core/article/contents.ts";
import { type MarkdownReading, readSubmitted } from "../../core/article/markdown.ts";
import { plainBlocks } from "../../core/article/plain.ts";
import { readPlainText } from "../../core/article/plain-text.ts";
import { readWord } from "../../core/article/word.ts";
import { articlesOf } from "../../core/issue/draft.ts";
import { planFor, readPressFolder } from "../../local/press-folder.ts";
import type { PressSubmission } from "../../local/press-submissions.ts";
import { readReaderList } from "../reader-list.ts";

const sample = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "local", "sample", "elblandbote");
const { publication, plan, submissions, readers } = await readPressFolder(sample, "de");
if (!publication || !plan || !readers) throw new Error("the sample is not whole");

const textOf = ({ files }: PressSubmission) => {
  const file = files.find(({ name }) => /\.(md|txt|docx)$/.test(name));
  return { name: file?.name ?? "", body: file?.body ?? new Uint8Array() };
};
const reading = async (submission: PressSubmission): Promise<MarkdownReading> => {
  const { name, body } = textOf(submission);
  if (name.endsWith(".docx")) return (await readWord(name, body)).reading;
  const source = new TextDecoder().decode(body);
  return name.endsWith(".md") ? readSubmitted(source) : readPlainText(source);
};
const read = await Promise.all(
  submissions.map(async (submission) => ({ ...submission, ...(await reading(submission)) })),
);
/** Every word somebody wrote, however it is kept. */
const wordsOf = (submission: (typeof read)[number]): string =>
  textOf(submission).name.endsWith(".docx")
    ? JSON.stringify(submission.text)
    : new TextDecoder().decode(textOf(submission).body);
const picturesIn = ({ text }: MarkdownReading): Picture[] => picturesOf(text as Parameters<typeof picturesOf>[0]);
const wordsIn = ({ text }: MarkdownReading): number =>
  plainBlocks((text as ArticleText).blocks)
    .join(" ")
    .split(/\s+/).length;

describe("the sample magazine", () => {
  it.each(read)(
    "reads $id without a word to its author, but where bold lines had to be taken for headings",
    ({ id, notes, text }) => {
      expect(notes.map(({ code }) => code)).toEqual(id === "schuldach" ? ["word-heading-proposed"] : []);
      expect(text.title).not.toBe("");
      expect(text.authors.length + (text.event ? 1 : 0)).toBeGreaterThan(0);
    },
  );

  it("plans every article once, in five sections, and nothing that is not there", () => {
    const planned = articlesOf(planFor(publication, plan));
    expect(plan.sections).toHaveLength(5);
    expect(planned.sort()).toEqual(submissions.map(({ id }) => id).sort());
  });

  it("has every kind of article", () => {
    const kinds = new Set(read.map(({ text }) => text.kind ?? "report"));
    expect([...kinds].sort()).toEqual([
      "advertisement",
      "date",
      "interview",
      "judgement",
      "lead",
      "notice",
      "people",
      "report",
    ]);
  });

  it("has every block and inline a magazine needs", () => {
    const blocks = new Set(read.flatMap(({ text }) => text.blocks.map(({ type }) => type)));
    for (const type of ["figure", "heading", "infobox", "interview", "list", "quote", "table"] as const)
      expect(blocks).toContain(type);
    expect(read.filter(({ text }) => text.notes.length > 0).map(({ id }) => id)).toEqual(["hochwasser"]);
    expect(read.filter(({ text }) => text.linkBox !== null).length).toBeGreaterThan(4);
  });

  it.each(read.filter(({ text }) => text.kind === "report" || text.kind === "lead"))(
    "gives $id the length of a report",
    (article) => {
      expect(wordsIn(article)).toBeGreaterThan(200);
      expect(wordsIn(article)).toBeLessThan(900);
      expect(article.text.teaser.length).toBeLessThanOrEqual(200);
    },
  );

  it("describes and credits every picture, names only what lies there, and leaves none over", () => {
    for (const article of read) {
      const named = picturesIn(article);
      for (const { name, alt, credit } of named)
        expect([name, Boolean(alt), Boolean(credit)]).toEqual([name, true, true]);
      const there = article.files.map(({ name }) => name).filter((name) => name.endsWith(".jpg"));
      expect([...new Set(named.map(({ name }) => name))].sort()).toEqual(there.sort());
    }
  });

  it("has two Word files, one with styles and one without any, each with a photo larger than the one inside", async () => {
    const word = read.filter((submission) => textOf(submission).name.endsWith(".docx"));
    expect(word.map(({ id, text }) => [id, text.kicker, text.authors.length])).toEqual([
      ["bruecke", "Zusammenarbeit", 1],
      ["schuldach", "", 1],
    ]);
    for (const submission of word) {
      const { name, body } = textOf(submission);
      const document = await readWord(name, body);
      const [inside = ""] = document.reading.pictures.map((picture) => picture.name);
      const beside = submission.files.find((file) => file.name === inside)?.body;
      const widths = [await document.picture(inside), beside].map(
        async (bytes) => (await sharp(bytes).metadata()).width,
      );
      expect(await Promise.all(widths)).toEqual([640, 1280]);
    }
  });

  it("prints its pictures in one size, small enough for a repository", async () => {
    for (const { name, body } of submissions
      .flatMap(({ files }) => files)
      .filter((file) => file.name.endsWith(".jpg"))) {
      const { width, height } = await sharp(body).metadata();
      expect([name, `${width} × ${height}`]).toEqual([name, expect.stringMatching(/^(1280 × 800|400 × 500)$/)]);
      expect(body.length).toBeLessThan(60_000);
    }
  });

  it("speaks as Kurier speaks", () => {
    const { imprint, privacy, accessibility } = publication;
    const texts = [
      ...read.map((submission) => wordsOf(submission).replace(/!\[/g, "[")),
      imprint,
      privacy,
      accessibility,
    ];
    for (const text of texts) expect(text).not.toMatch(/newsletter|klicken sie|!/i);
  });

  it("names no address anybody could own", () => {
    const everything = [...read.map(wordsOf), JSON.stringify(publication)].join("\n");
    const hosts = [...everything.matchAll(/(?:https?:\/\/|www\.|@)([\w.-]+\.\w+)/g)].map(([, host]) => host ?? "");
    expect(hosts.length).toBeGreaterThan(10);
    expect(hosts.filter((host) => !/(^|\.)example(\.org)?$/.test(host))).toEqual([]);
  });

  it("has twenty-five readers, some without a name, one English", async () => {
    const list = await readReaderList(readers, "de");
    expect([list.problems, list.notes]).toEqual([[], []]);
    expect(list.rows).toHaveLength(25);
    expect(list.rows.filter(({ name }) => name === "")).toHaveLength(3);
    expect(list.rows.filter(({ language }) => language === "en").map(({ name }) => name)).toEqual([
      "Máiréad O’Sullivan",
    ]);
    expect(list.rows.filter(({ address }) => !/\.example$|@example\.org$/.test(address))).toEqual([]);
  });
});
