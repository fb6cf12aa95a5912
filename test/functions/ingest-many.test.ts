import sharp from "sharp";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { ingest } from "../../functions/ingest.ts";
import { readArticle } from "../../functions/records/articles.ts";
import { submissionFolder } from "../../functions/records/paths.ts";
import { takeTurn } from "../../functions/records/reading-turns.ts";
import { readSubmission } from "../../functions/records/submissions.ts";
import { workUntilQuiet } from "../../local/wiring.ts";
import { type TestCloud, testCloud } from "../cloud/test-cloud.ts";

const [publication, submission] = ["hohenfurt", "fest"];
const folder = submissionFolder(publication, submission);
const names = ["a.jpg", "b.jpg", "c.jpg", "d.jpg"];
const text = `---\ntitel: Das Fest\n---\n\nEs war schön.\n\n${names.map((name) => `![](${name})`).join("\n\n")}\n`;
const photos = await Promise.all(
  ["#345", "#456", "#567", "#678"].map((background) =>
    sharp({ create: { width: 60, height: 40, channels: 3, background } })
      .jpeg()
      .toBuffer(),
  ),
);

let cloud: TestCloud;
/** Pictures that were opened, by name. */
let opened: string[];
beforeEach(() => {
  vi.spyOn(console, "error").mockImplementation(() => {});
  cloud = testCloud();
  opened = [];
  const { read } = cloud.files;
  vi.spyOn(cloud.files, "read").mockImplementation((key) => {
    if (key.startsWith(folder) && key.endsWith(".jpg")) opened.push(key.slice(folder.length));
    return read(key);
  });
});
const bring = (name: string, body: string | Uint8Array) =>
  cloud.files.write(folder + name, body, { type: "text/plain" });
const bringAll = async () => {
  await bring("text.md", text);
  for (const [index, name] of names.entries()) await bring(name, photos[index] ?? "");
};
const row = () => readSubmission(cloud, publication, submission);
const images = async () => Object.keys((await readArticle(cloud, publication, submission))?.images ?? {}).sort();

describe("a submission with many pictures", () => {
  it("has each of them opened once, however slowly they come", async () => {
    await bring("text.md", text);
    for (const [index, name] of names.entries()) {
      await bring(name, photos[index] ?? "");
      await workUntilQuiet(cloud);
    }
    expect(await images()).toEqual(names);
    expect(opened.toSorted()).toEqual(names);
    await bring("text.md", text.replace("schön", "sehr schön"));
    await workUntilQuiet(cloud);
    expect(await row()).toMatchObject({ state: "ingested", revision: 2 });
    expect(opened).toHaveLength(4);
  });

  it("has each of them opened once when all come together and many hands are free", async () => {
    await bringAll();
    const records = ["1", "2", "3", "4", "5"].map((messageId) => ({
      messageId,
      body: JSON.stringify({ detail: { object: { key: `${folder}text.md` } } }),
    }));
    const deadline = new Date(cloud.clock.now().getTime() + 300_000);
    await Promise.all(records.map((record) => ingest(cloud)({ Records: [record] }, { deadline })));
    expect(await images()).toEqual(names);
    expect(opened.toSorted()).toEqual(names);
  });

  it("looks at a picture anew when another comes under its name, and remembers what was no picture", async () => {
    await bringAll();
    await bring("b.jpg", "kein Bild");
    await workUntilQuiet(cloud);
    expect(await row()).toMatchObject({ state: "refused", refusals: [{ details: { name: "b.jpg" } }] });
    await bring("text.md", `${text}\nBis bald.\n`);
    await workUntilQuiet(cloud);
    expect(await row()).toMatchObject({ state: "refused", refusals: [{ details: { name: "b.jpg" } }] });
    await bring("b.jpg", photos[1] ?? "");
    await workUntilQuiet(cloud);
    expect(await images()).toEqual(names);
    expect(opened.filter((name) => name === "b.jpg")).toHaveLength(2);
  });

  it("is read in several runs where one has no time for all", async () => {
    await bringAll();
    const options = { timeoutSeconds: { ingest: 30 } };
    await workUntilQuiet(cloud, options);
    expect(opened).toHaveLength(1);
    expect(await row()).toBeUndefined();
    for (let run = 0; run < names.length; run += 1) {
      cloud.clock.advance({ seconds: 6 });
      await workUntilQuiet(cloud, options);
    }
    expect(await images()).toEqual(names);
    expect(opened.toSorted()).toEqual(names);
  });

  it("is read when who was reading it died, and by one at a time until then", async () => {
    const until = new Date(cloud.clock.now().getTime() + 300_000).toISOString();
    await takeTurn(cloud, { publication, submission }, until);
    await bringAll();
    await workUntilQuiet(cloud);
    expect(opened).toEqual([]);
    cloud.clock.advance({ seconds: 302 });
    await workUntilQuiet(cloud);
    expect(await images()).toEqual(names);
  });
});
