import { readFileSync } from "node:fs";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { imageOf, pictureAddress, variantOf } from "../../core/article/picture-address.ts";
import { noteSentence } from "../../core/words.ts";
import { ingest, ingestSubmission } from "../../functions/ingest.ts";
import { listArticles, readArticle, readArticles } from "../../functions/records/articles.ts";
import { publicFile, submissionFolder } from "../../functions/records/paths.ts";
import { listSubmissions, readSubmission } from "../../functions/records/submissions.ts";
import { type TestCloud, testCloud } from "../cloud/test-cloud.ts";

const paper = "hohenfurt";
const steg = await sharp({ create: { width: 1800, height: 1200, channels: 3, background: "#347" } })
  .jpeg()
  .toBuffer();
const article = (title: string, body = "Am 1. Mai öffnet das Freibad.") =>
  `---\ntitel: ${title}\nautor: Jana Krahl\n---\n\n${body}\n`;

const handIn = async (
  cloud: TestCloud,
  id: string,
  files: Readonly<Record<string, string | Uint8Array>>,
): Promise<void> => {
  for (const [name, body] of Object.entries(files))
    await cloud.files.write(submissionFolder(paper, id) + name, body, { type: "text/plain" });
};
const handedIn = async (cloud: TestCloud, id: string, files: Readonly<Record<string, string | Uint8Array>>) => {
  await handIn(cloud, id, files);
  await ingestSubmission(cloud, paper, id);
  return readSubmission(cloud, paper, id);
};
const acts = async (cloud: TestCloud) => (await cloud.table.query({ pk: `acts#${paper}`, limit: 100 })).items;

describe("ingest", () => {
  it("wakes when a file arrives, and looks at the whole folder", async () => {
    const cloud = testCloud();
    await handIn(cloud, "freibad", { "text.md": article("Das Freibad öffnet") });
    const body = JSON.stringify({ detail: { object: { key: `submissions/${paper}/freibad/gone.jpg` } } });
    const answer = await ingest(cloud)(
      { Records: [{ messageId: "1", body }] },
      { deadline: new Date(Date.now() + 60_000) },
    );
    expect(answer).toEqual({ batchItemFailures: [] });
    expect(await readSubmission(cloud, paper, "freibad")).toMatchObject({
      state: "ingested",
      revision: 1,
      by: "operator",
    });
    expect(await readArticle(cloud, paper, "freibad")).toMatchObject({
      slug: "das-freibad-oeffnet",
      title: "Das Freibad öffnet",
      revision: 1,
    });
  });

  it("cuts a picture around the point its author names, and publishes that cut", async () => {
    const cloud = testCloud();
    const head = "titel: Der Steg\ntitelbild: { datei: steg.jpg, alt: Ein Steg, foto: privat, fokus: 80% 40% }";
    await handedIn(cloud, "steg", { "text.md": `---\n${head}\n---\n\nEr steht.\n`, "steg.jpg": steg });
    const article = (await readArticle(cloud, paper, "steg")) ?? expect.unreachable();
    const image = imageOf(article, article.hero) ?? expect.unreachable();
    const lead = variantOf(image, "lead") ?? expect.unreachable();
    expect(pictureAddress(image, lead)).toBe(`bilder/${image.sha256}-lead-80-40.jpg`);
    expect(await cloud.files.list(publicFile(paper, pictureAddress(image, lead)))).toHaveLength(1);
  });

  it("finds the phone's HEIC where the text calls it JPEG, and says so", async () => {
    const cloud = testCloud();
    const text = article("Der Steg", "Er steht.\n\n![Ein Steg](IMG_0815.jpg)");
    const heic = readFileSync("test/core/article/heic/phone.heic");
    const submission = await handedIn(cloud, "steg", { "text.md": text, "IMG_0815.HEIC": heic });
    expect(submission).toMatchObject({ state: "ingested" });
    expect(submission?.notes.map(({ code }) => code)).toEqual(
      expect.arrayContaining(["picture-name-mended", "place-removed"]),
    );
    expect((await readArticle(cloud, paper, "steg"))?.images["IMG_0815.HEIC"]).toMatchObject({ width: 64, height: 96 });
  });

  it("leaves files alone that lie in no submission", async () => {
    const cloud = testCloud();
    const keys = [`submissions/${paper}/lose.md`, `submissions/${paper}/../x/text.md`, "submissions/Ä/x/text.md"];
    const Records = keys.map((key, index) => ({
      messageId: `${index}`,
      body: JSON.stringify({ detail: { object: { key } } }),
    }));
    expect(await ingest(cloud)({ Records }, { deadline: new Date() })).toEqual({ batchItemFailures: [] });
    expect(await listSubmissions(cloud, paper)).toEqual([]);
  });

  it("waits for a picture and says its name, then prints it", async () => {
    const cloud = testCloud();
    const text = article(
      "Der Steg",
      '![Ein Steg am See](Steg.jpg "Der neue Steg. Foto: Jana Krahl")\n\nEr ist fertig.',
    );
    expect(await handedIn(cloud, "steg", { "text.md": text })).toMatchObject({
      state: "waiting",
      waitingFor: ["Steg.jpg"],
    });
    expect(await readArticle(cloud, paper, "steg")).toBeUndefined();
    expect(await handedIn(cloud, "steg", { "Steg.jpg": steg })).toMatchObject({ state: "ingested", version: 2 });
    const printed = await readArticle(cloud, paper, "steg");
    const figure = printed?.blocks.find((block) => block.type === "figure");
    const image = printed && imageOf(printed, figure?.picture);
    expect(figure?.picture).toMatchObject({ alt: "Ein Steg am See", credit: "Jana Krahl" });
    expect(image).toMatchObject({ width: 1800, height: 1200 });
    for (const variant of image?.variants ?? []) {
      const file = image && (await cloud.files.read(`public/${paper}/${pictureAddress(image, variant)}`));
      expect(file?.bytes).toBe(variant.bytes);
    }
    const original = await cloud.files.read(`originals/${paper}/${image?.sha256}`);
    expect(Buffer.from(original?.body ?? []).equals(steg)).toBe(true);
  });

  it("changes nothing when the same files arrive again", async () => {
    const cloud = testCloud();
    await handedIn(cloud, "freibad", { "text.md": article("Das Freibad öffnet") });
    const before = await readSubmission(cloud, paper, "freibad");
    cloud.clock.advance({ minutes: 5 });
    expect(await handedIn(cloud, "freibad", { "text.md": article("Das Freibad öffnet") })).toEqual(before);
    expect(await acts(cloud)).toHaveLength(1);
  });

  it("makes a new revision of a corrected file and keeps id and slug", async () => {
    const cloud = testCloud();
    await handedIn(cloud, "freibad", { "text.md": article("Das Freibad öffnet") });
    await handedIn(cloud, "freibad", { "text.md": article("Das Freibad öffnet bald") });
    expect(await readArticle(cloud, paper, "freibad")).toMatchObject({
      revision: 2,
      slug: "das-freibad-oeffnet",
      title: "Das Freibad öffnet bald",
    });
    expect(await readArticle(cloud, paper, "freibad", 1)).toMatchObject({ revision: 1, title: "Das Freibad öffnet" });
    expect(await listArticles(cloud, paper)).toMatchObject([{ id: "freibad", version: 2, revision: 2 }]);
    expect((await acts(cloud)).map(({ act, id, by }) => [act, id, by])).toEqual(
      Array(2).fill(["ingest", "freibad", "kurier"]),
    );
  });

  it("keeps the printed article when a correction is refused", async () => {
    const cloud = testCloud();
    await handedIn(cloud, "freibad", { "text.md": article("Das Freibad öffnet") });
    const refused = await handedIn(cloud, "freibad", { "text.md": "---\ntitel: Bauen: neu\n---\nText" });
    expect(refused).toMatchObject({
      state: "refused",
      refusals: [{ code: "front-matter-colon", details: { line: 2 } }],
    });
    expect(await readArticle(cloud, paper, "freibad")).toMatchObject({ revision: 1 });
  });

  it("gives two articles of one title two addresses", async () => {
    const cloud = testCloud();
    for (const id of ["a", "b", "c"]) await handedIn(cloud, id, { "text.md": article("Das Freibad öffnet") });
    const slugs = [...(await readArticles(cloud, paper, ["a", "b", "c", "d"])).values()].map(({ slug }) => slug);
    expect(slugs).toEqual(["das-freibad-oeffnet", "das-freibad-oeffnet-2", "das-freibad-oeffnet-3"]);
    const notes = async (id: string) => (await readSubmission(cloud, paper, id))?.notes ?? [];
    const shared = (await notes("b")).filter(({ code }) => code === "title-shared");
    expect(shared.map((said) => noteSentence("de", said))).toEqual([
      "Einen Beitrag „Das Freibad öffnet“ gibt es schon; dieser steht deshalb unter der Adresse das-freibad-oeffnet-2. Ist es derselbe, reichen Sie ihn bitte unter dem Namen der ersten Einreichung ein: Dann wird er eine neue Fassung.",
    ]);
    expect((await notes("a")).map(({ code }) => code)).not.toContain("title-shared");
  });

  it("is as if it ran once when many run at once", async () => {
    const cloud = testCloud();
    await handIn(cloud, "freibad", { "text.md": article("Das Freibad öffnet") });
    await Promise.all([1, 2, 3, 4].map(() => ingestSubmission(cloud, paper, "freibad")));
    expect(await readSubmission(cloud, paper, "freibad")).toMatchObject({ state: "ingested", version: 1, revision: 1 });
    expect(await acts(cloud)).toHaveLength(1);
  });

  it("reads again when a file changes under its eyes", async () => {
    const cloud = testCloud();
    await handIn(cloud, "freibad", { "text.md": article("Das Freibad öffnet") });
    let isFirst = true;
    const read: TestCloud["files"]["read"] = async (key) => {
      const file = await cloud.files.read(key);
      if (isFirst) await handIn(cloud, "freibad", { "text.md": article("Das Freibad schließt") });
      isFirst = false;
      return file;
    };
    await ingestSubmission({ ...cloud, files: { ...cloud.files, read } }, paper, "freibad");
    expect(await readArticle(cloud, paper, "freibad")).toMatchObject({ title: "Das Freibad schließt", revision: 1 });
  });

  it("keeps the masthead of a pasted page with the submission", async () => {
    const cloud = testCloud();
    const page =
      "STADTblick\n\nOrgan des Rates\n\nHeft 2/2026\n\nEin neuer Steg\n\nDer neue Steg am See ist fertig und wird am Sonntag mit einem kleinen Fest für alle eingeweiht.\n";
    expect(await handedIn(cloud, "steg", { "steg.txt": page })).toMatchObject({
      masthead: { titleParts: ["STADT", "blick"], number: 2, year: 2026 },
    });
    expect(await readArticle(cloud, paper, "steg")).toMatchObject({
      title: "Ein neuer Steg",
      origin: { format: "text" },
    });
  });
});
