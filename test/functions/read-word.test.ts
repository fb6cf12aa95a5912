import sharp from "sharp";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { imageOf } from "../../core/article/picture-address.ts";
import { Refusal } from "../../core/refusal.ts";
import { noteSentence, refusalSentence } from "../../core/words.ts";
import { forget } from "../../functions/forget.ts";
import { ingestSubmission } from "../../functions/ingest.ts";
import { type OpenWord, readWordBy } from "../../functions/read-word.ts";
import { readArticle } from "../../functions/records/articles.ts";
import { submissionFolder } from "../../functions/records/paths.ts";
import { readSubmission } from "../../functions/records/submissions.ts";
import { workUntilQuiet } from "../../local/wiring.ts";
import { type TestCloud, testCloud } from "../cloud/test-cloud.ts";
import { opening } from "./a-manuscript.ts";

const paper = "hohenfurt";
const photo = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: "#347" } })
    .jpeg()
    .toBuffer();
const [small, large] = await Promise.all([photo(600, 400), photo(1800, 1200)]);
const word = (content: string): Uint8Array => new TextEncoder().encode(`PK ${content}`);

const handIn = async (cloud: TestCloud, files: Readonly<Record<string, Uint8Array | string>>): Promise<void> => {
  for (const [name, body] of Object.entries(files))
    await cloud.files.write(`${submissionFolder(paper, "steg")}${name}`, body, { type: "application/octet-stream" });
};
/** Lets every function do what is due, the reader with these hands. */
const settle = (cloud: TestCloud, open: OpenWord): Promise<void> =>
  workUntilQuiet(cloud, { functions: { "read-word": async () => readWordBy(open) } });
const steg = (cloud: TestCloud) => readSubmission(cloud, paper, "steg");
const codes = (submission: Awaited<ReturnType<typeof steg>>) => submission?.notes.map(({ code }) => code);

describe("a Word file that was handed in", () => {
  it("is said to be read, until it is, and becomes an article", async () => {
    const cloud = testCloud();
    await handIn(cloud, { "Der Steg.docx": word("1") });
    await ingestSubmission(cloud, paper, "steg");
    const waiting = await steg(cloud);
    expect(waiting).toMatchObject({ state: "waiting", waitingFor: [] });
    expect(waiting?.notes.map((said) => noteSentence("de", said))).toEqual([
      "Die Word-Datei Der Steg.docx wird gerade gelesen. Das dauert meist weniger als eine Minute; danach steht hier, was daraus geworden ist.",
    ]);
    await settle(cloud, opening({ "bild-1.jpg": small }));
    expect(await steg(cloud)).toMatchObject({ state: "ingested", revision: 1 });
    const article = await readArticle(cloud, paper, "steg");
    expect(article).toMatchObject({ title: "Der Steg", origin: { format: "word" } });
    const figure = article?.blocks.find((block) => block.type === "figure");
    expect(article && imageOf(article, figure?.picture)).toMatchObject({ width: 600, height: 400 });
  });

  it("is read once, however many files come with it and however often they are told of", async () => {
    const cloud = testCloud();
    const open = opening();
    await handIn(cloud, { "steg.docx": word("1"), "a.jpg": small, "b.jpg": small, "c.jpg": small });
    await settle(cloud, open);
    await handIn(cloud, { "a.jpg": small });
    await settle(cloud, open);
    expect(open.opened).toBe(1);
    expect(await steg(cloud)).toMatchObject({ state: "ingested", revision: 1 });
  });

  it("is read anew when it is corrected, and becomes a new revision", async () => {
    const cloud = testCloud();
    await handIn(cloud, { "steg.docx": word("1") });
    await settle(cloud, opening());
    await handIn(cloud, { "steg.docx": word("2") });
    await settle(cloud, opening({}, "Der neue Steg"));
    expect(await readArticle(cloud, paper, "steg")).toMatchObject({ title: "Der neue Steg", revision: 2 });
  });

  it("is not read when another has come in its place before anybody began", async () => {
    const cloud = testCloud();
    const open = opening();
    await handIn(cloud, { "steg.docx": word("1") });
    await ingestSubmission(cloud, paper, "steg");
    await handIn(cloud, { "steg.docx": word("2") });
    await settle(cloud, open);
    expect(open.opened).toBe(1);
    expect(await steg(cloud)).toMatchObject({ state: "ingested", revision: 1 });
  });

  it("is refused beside another text, unread", async () => {
    const cloud = testCloud();
    const open = opening();
    await handIn(cloud, { "steg.docx": word("1"), "steg.md": "# Steg\n\nText" });
    await settle(cloud, open);
    expect(open.opened).toBe(0);
    expect(await steg(cloud)).toMatchObject({ state: "refused", refusals: [{ code: "two-texts" }] });
  });

  it("is refused with the reader's own sentence", async () => {
    const cloud = testCloud();
    await handIn(cloud, { "steg.docx": word("1") });
    await settle(cloud, async (name) => {
      throw new Refusal("word-too-hard", { name });
    });
    const refused = await steg(cloud);
    expect(refused).toMatchObject({ state: "refused", refusals: [{ code: "word-too-hard" }] });
    const [why] = refused?.state === "refused" ? refused.refusals : [];
    expect(why && refusalSentence("de", why)).toMatch(/^An der Word-Datei steg\.docx ist das Lesen/);
  });

  it("is refused where it holds more pictures than anybody prints, before one of them is kept", async () => {
    const cloud = testCloud();
    const many = Object.fromEntries(Array.from({ length: 101 }, (_, number) => [`bild-${number}.jpg`, small]));
    await handIn(cloud, { "steg.docx": word("1") });
    await settle(cloud, opening(many));
    expect(await steg(cloud)).toMatchObject({ state: "refused", refusals: [{ code: "word-many-pictures" }] });
    expect((await cloud.files.list("readings/")).filter(({ key }) => key.includes("/pictures/"))).toEqual([]);
  });
});

describe("a message that a Word file is to be read", () => {
  const orders = (cloud: TestCloud): string[] =>
    cloud.work.receive("manuscripts", { max: 10, visibilitySeconds: 1 }).map(({ body }) => body);
  const read = (cloud: TestCloud, open: OpenWord, body: string) =>
    readWordBy(open)(cloud)({ Records: [{ messageId: "1", body }] }, { deadline: new Date() });
  const anOrder = async (cloud: TestCloud): Promise<string> => {
    await handIn(cloud, { "steg.docx": word("1") });
    await ingestSubmission(cloud, paper, "steg");
    return orders(cloud)[0] ?? expect.unreachable();
  };

  it("is written once, whatever comes along before it is read", async () => {
    const cloud = testCloud();
    await handIn(cloud, { "steg.docx": word("1") });
    await ingestSubmission(cloud, paper, "steg");
    await handIn(cloud, { "a.jpg": small });
    await ingestSubmission(cloud, paper, "steg");
    expect(orders(cloud)).toHaveLength(1);
  });

  it("is written again where the first never left", async () => {
    const cloud = testCloud();
    await handIn(cloud, { "steg.docx": word("1") });
    const away = { ...cloud.queues, manuscripts: { add: () => Promise.reject(new Error("away")) } };
    await expect(ingestSubmission({ ...cloud, queues: away }, paper, "steg")).rejects.toThrow("away");
    await ingestSubmission(cloud, paper, "steg");
    expect(orders(cloud)).toHaveLength(1);
  });

  it("may come twice, and its file is read once", async () => {
    const cloud = testCloud();
    const open = opening();
    const order = await anOrder(cloud);
    for (const _ of ["once", "twice"]) await read(cloud, open, order);
    expect(open.opened).toBe(1);
  });

  it("may be written by two at once: whoever begins has the file, and its death is no death of the other's", async () => {
    const cloud = testCloud();
    vi.spyOn(console, "error").mockImplementation(() => {});
    const order = await anOrder(cloud);
    const other = JSON.stringify({ ...JSON.parse(order), id: "another" });
    const open = opening();
    await read(cloud, () => Promise.reject(new Error("out of memory")), order);
    await read(cloud, open, other);
    expect(open.opened).toBe(0);
    await read(cloud, open, order);
    expect(open.opened).toBe(1);
    await ingestSubmission(cloud, paper, "steg");
    expect(await steg(cloud)).toMatchObject({ state: "ingested" });
    vi.restoreAllMocks();
  });
});

describe("photos beside a Word file", () => {
  const settled = async (files: Readonly<Record<string, Uint8Array>>, inside: Readonly<Record<string, Uint8Array>>) => {
    const cloud = testCloud();
    await handIn(cloud, { "steg.docx": word("1"), ...files });
    await settle(cloud, opening(inside));
    const article = await readArticle(cloud, paper, "steg");
    const figure = article?.blocks.find((block) => block.type === "figure");
    const { width } = (article && imageOf(article, figure?.picture)) ?? {};
    return { width, names: Object.keys(article?.images ?? {}), notes: codes(await steg(cloud)) };
  };

  it("stand in for a smaller one of their name, however it is written", async () => {
    expect(await settled({ "img_0815.JPG": large }, { "IMG_0815.jpeg": small })).toMatchObject({
      ...{ width: 1800, names: ["IMG_0815.jpeg"], notes: ["picture-replaced"] },
    });
  });

  it("are set aside where they are no larger", async () => {
    expect(await settled({ "bild-1.jpg": small }, { "bild-1.jpg": large })).toMatchObject({
      ...{ width: 1800, notes: ["picture-inside-kept"] },
    });
    expect(await settled({ "bild-1.jpg": small }, { "bild-1.jpg": small })).toMatchObject({
      notes: ["picture-inside-kept"],
    });
  });

  it("are told of where the text does not name them", async () => {
    const { width, notes } = await settled({ "anderes.jpg": large }, { "bild-1.jpg": small });
    expect({ width, notes }).toEqual({ width: 600, notes: ["picture-unplaced"] });
  });

  it("take the place of a picture that cannot be printed, and are refused where they cannot be printed themselves", async () => {
    const gif = new TextEncoder().encode("GIF89a");
    expect(await settled({ "bild-1.jpg": small }, { "bild-1.gif": gif })).toMatchObject({ width: 600 });
    const cloud = testCloud();
    await handIn(cloud, { "steg.docx": word("1"), "bild-1.gif": gif });
    await settle(cloud, opening({ "bild-1.jpg": small }));
    expect(await steg(cloud)).toMatchObject({ state: "refused", refusals: [{ details: { name: "bild-1.gif" } }] });
  });
});

describe("a Word file that is too much for its reader", () => {
  beforeEach(() => {
    vi.spyOn(console, "error").mockImplementation(() => {});
  });
  afterEach(() => vi.restoreAllMocks());

  /** A reader that dies over its first so many files, as a Lambda without memory does: no answer, no trace. */
  const dying = (deaths: number, then: OpenWord): OpenWord & { starts: number } => {
    const open: OpenWord = (...given) => {
      counted.starts += 1;
      return counted.starts <= deaths ? Promise.reject(new Error("out of memory")) : then(...given);
    };
    const counted = Object.assign(open, { starts: 0 });
    return counted;
  };

  it("is tried once more, for a machine may fail by itself", async () => {
    const cloud = testCloud();
    await handIn(cloud, { "steg.docx": word("1") });
    await settle(cloud, dying(1, opening()));
    expect(await steg(cloud)).toMatchObject({ state: "ingested" });
  });

  it("is refused after that, and its author does not wait for ever", async () => {
    const cloud = testCloud();
    const open = dying(9, opening());
    await handIn(cloud, { "steg.docx": word("1") });
    await settle(cloud, open);
    expect(open.starts).toBe(2);
    expect(await steg(cloud)).toMatchObject({ state: "refused", refusals: [{ code: "word-too-hard" }] });
  });
});

describe("what was read", () => {
  it("is looked at again: a link that would harm a reader does not come through", async () => {
    const cloud = testCloud();
    await handIn(cloud, { "steg.docx": word("1") });
    const open = opening();
    await settle(cloud, (name, bytes, use) =>
      open(name, bytes, async (document) => {
        const read = await use(document);
        const link = { type: "link", url: "javascript:alert(1)", content: [{ type: "text", text: "hier" }] } as const;
        return { ...read, text: { ...document.reading.text, lead: [link] } } as typeof read;
      }),
    );
    expect(await steg(cloud)).toMatchObject({
      ...{ state: "refused", refusals: [{ code: "article-bounds", details: { field: "lead" } }] },
    });
  });

  it("is gone after a month; what was printed of it stays", async () => {
    const cloud = testCloud();
    await handIn(cloud, { "steg.docx": word("1") });
    await settle(cloud, opening({ "bild-1.jpg": small }));
    const night = async () => forget(cloud)({}, { deadline: new Date(cloud.clock.now().getTime() + 60_000) });
    cloud.clock.advance({ days: 29 });
    await night();
    expect(await cloud.files.list("readings/")).toHaveLength(4);
    cloud.clock.advance({ days: 1 });
    await night();
    expect(await cloud.files.list("readings/")).toEqual([]);
    expect(await readArticle(cloud, paper, "steg")).toMatchObject({ title: "Der Steg" });
    expect(await cloud.files.list(submissionFolder(paper, "steg"))).toHaveLength(1);
  });
});
