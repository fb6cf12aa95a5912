import { beforeEach, describe, expect, it } from "vitest";
import { pictureAddress } from "../../../core/article/picture-address.ts";
import { logoAddress, plateAddress } from "../../../core/logo/logo.ts";
import { operator } from "../../../core/rights.ts";
import {
  amendmentsOf,
  bringArticleBack,
  correctArticle,
  publishAmendments,
  withdrawArticle,
} from "../../../functions/desk/amendments.ts";
import { draftIssue, orderBuild } from "../../../functions/desk/issues.ts";
import { keepPicture } from "../../../functions/ingest/pictures.ts";
import { publicFile, withheldFile } from "../../../functions/records/paths.ts";
import { workUntilQuiet } from "../../../local/wiring.ts";
import { type TestCloud, testCloud } from "../../cloud/test-cloud.ts";
import { anArticle, anImage, anIssue, aPicture, paragraph } from "../../people-and-papers.ts";
import { keepArticle, publicPage, sendIssue, sendSpring } from "../a-public-issue.ts";
import { place, someReaders } from "../an-issue-to-send.ts";

const figure = (name: string) => ({ type: "figure", picture: aPicture(name) }) as const;
const deich = anArticle({
  ...{ id: "wind", title: "Wind über dem Deich", hero: aPicture("deich.jpg") },
  blocks: [paragraph("Die Pacht ist hoch."), figure("gruppe.jpg"), figure("pacht.jpg")],
});
const steg = anArticle({
  ...{ id: "steg", title: "Der Steg ist wieder offen", hero: aPicture("steg.jpg") },
  blocks: [paragraph("Seit Montag."), figure("gruppe.jpg")],
});
const ofDeich = ["deich.jpg", "pacht.jpg"];

const formsOf = (name: string): string[] =>
  anImage(name).variants.map((variant) => pictureAddress(anImage(name), variant));

let cloud: TestCloud;
let forgotten: string[][];
beforeEach(async () => {
  forgotten = [];
  const edge = { forget: async (paths: readonly string[]) => void forgotten.push([...paths]) };
  cloud = { ...testCloud(), edge };
  for (const name of ["deich.jpg", "gruppe.jpg", "pacht.jpg", "steg.jpg"])
    for (const path of formsOf(name))
      await cloud.files.write(publicFile("elblandbote", path), path, { type: "image/jpeg" });
  await sendSpring(cloud, { readers: someReaders(1), articles: [steg, deich] });
});

const isThere = async (name: string, placed = publicFile): Promise<boolean> => {
  const found = await Promise.all(formsOf(name).map((path) => cloud.files.read(placed("elblandbote", path))));
  const there = found.filter((file) => file !== undefined).length;
  if (there > 0 && there < found.length) throw new Error(`${name} is there by halves`);
  return there > 0;
};
const publicOnes = async (): Promise<string[]> => {
  const all = ["deich.jpg", "gruppe.jpg", "pacht.jpg", "steg.jpg"];
  const there = await Promise.all(all.map((name) => isThere(name)));
  return all.filter((_, index) => there[index]);
};
const withdraw = (seen = 0, article = "wind", of = cloud) =>
  withdrawArticle(of, operator, place, { article, text: "Zurückgezogen.", seen });
const bringBack = (seen: number, article = "wind", of = cloud) =>
  bringArticleBack(of, operator, place, { article, seen });
const draftNext = (article: string) =>
  draftIssue(cloud, operator, anIssue({ number: 2, sections: [{ name: "Neu", articles: [article] }] }));

describe("pictures of an article that is withdrawn", () => {
  it("leave the public files with it, but for one that another article shows", async () => {
    await withdraw();
    expect(await publicOnes()).toEqual(["gruppe.jpg", "steg.jpg"]);
    for (const name of ofDeich) expect(await isThere(name, withheldFile)).toBe(true);
  });

  it("leave the publisher's logo where it is, though it was made of the same file", async () => {
    const { sha256 } = anImage("deich.jpg");
    const logos = [logoAddress({ sha256 }), plateAddress({ sha256 }, "light")];
    for (const path of logos) await cloud.files.write(publicFile("elblandbote", path), path, { type: "image/png" });
    await withdraw();
    expect(await publicOnes()).not.toContain("deich.jpg");
    for (const path of logos) expect(await cloud.files.read(publicFile("elblandbote", path))).toBeDefined();
  });

  it("are asked for anew wherever copies are kept, after they are gone", async () => {
    const edge = {
      forget: async (paths: readonly string[]) => {
        expect(await publicOnes()).toEqual(["gruppe.jpg", "steg.jpg"]);
        forgotten.push([...paths]);
      },
    };
    await withdraw(0, "wind", { ...cloud, edge });
    expect(forgotten).toEqual([["/elblandbote/*", "/*"]]);
  });

  it("come back with it, byte for byte, to be kept for a year as before", async () => {
    await withdraw();
    await bringBack(1);
    expect(await publicOnes()).toEqual(["deich.jpg", "gruppe.jpg", "pacht.jpg", "steg.jpg"]);
    const [path = ""] = formsOf("deich.jpg");
    const file = await cloud.files.read(publicFile("elblandbote", path));
    expect([Buffer.from(file?.body ?? []).toString(), file?.cache]).toEqual([
      path,
      "public, max-age=31536000, immutable",
    ]);
    expect(await cloud.files.list(withheldFile("elblandbote", ""))).toEqual([]);
  });

  it("go too when the last article that shows them goes", async () => {
    await withdraw(0, "steg");
    expect(await publicOnes()).toEqual(["deich.jpg", "gruppe.jpg", "pacht.jpg"]);
    await withdraw(1, "wind");
    expect(await publicOnes()).toEqual([]);
    await bringBack(2, "steg");
    expect(await publicOnes()).toEqual(["gruppe.jpg", "steg.jpg"]);
  });

  it("stay where a correction had printed them, and go with the corrected article", async () => {
    await keepArticle(cloud, { ...deich, blocks: [paragraph("Ohne die Pacht.")] });
    await correctArticle(cloud, operator, place, { article: "wind", text: "Ohne Bild.", seen: 0, revision: 2 });
    expect(await publicOnes()).toContain("pacht.jpg");
    await withdraw(1);
    expect(await publicOnes()).toEqual(["gruppe.jpg", "steg.jpg"]);
  });

  it("stay where another issue shows them that is public or only built", async () => {
    await keepArticle(cloud, anArticle({ id: "neu", title: "Neues vom Deich", hero: aPicture("deich.jpg") }));
    await draftNext("neu");
    await orderBuild(cloud, operator, "elblandbote", "2026-02");
    await workUntilQuiet(cloud);
    await withdraw();
    expect(await publicOnes()).toEqual(["deich.jpg", "gruppe.jpg", "steg.jpg"]);
  });

  it("come out again when a later issue with one of them is built", async () => {
    await withdraw();
    await keepArticle(cloud, anArticle({ id: "neu", title: "Neues vom Deich", hero: aPicture("deich.jpg") }));
    await draftNext("neu");
    expect(await publicOnes()).not.toContain("deich.jpg");
    await sendIssue(cloud, "2026-02");
    expect(await publicOnes()).toEqual(["deich.jpg", "gruppe.jpg", "steg.jpg"]);
  });

  it("stand on the cover no longer, where an editor had chosen one of them for it", async () => {
    await draftIssue(cloud, operator, {
      ...anIssue({ number: 2, sections: [{ name: "Neu", articles: ["steg", "wind"] }] }),
      cover: { article: "wind", picture: "deich.jpg" },
    });
    await sendIssue(cloud, "2026-02");
    const cover = "ausgaben/2026-02/index.html";
    const { sha256 } = anImage("deich.jpg");
    expect(await publicPage(cloud, cover)).toContain(sha256);
    const next = { ...place, issue: "2026-02" };
    await withdrawArticle(cloud, operator, next, { article: "wind", text: "Zurückgezogen.", seen: 0 });
    expect(await publicPage(cloud, cover)).not.toContain(sha256);
    expect(await publicPage(cloud, cover)).toContain(anImage("steg.jpg").sha256);
  });

  it("are not brought out by a file that is read once more", async () => {
    await withdraw();
    const image = anImage("deich.jpg");
    const variants = image.variants.map((variant) => ({ ...variant, body: Buffer.from("anew") }));
    const made = { image, variants, suggested: {}, notes: [] } as unknown as Parameters<typeof keepPicture>[2]["made"];
    await keepPicture(cloud, "elblandbote", { made, bytes: Buffer.from("original") });
    expect(await publicOnes()).toEqual(["gruppe.jpg", "steg.jpg"]);
  });
});

describe("a run that dies while pictures go", () => {
  it.each(["write", "remove"] as const)("at a %s leaves a page that says so, and the next one ends it", async (act) => {
    const dead = async (...given: unknown[]) => {
      const key = [given[0]].flat()[0] as string;
      if (act === "write" ? key.startsWith("withheld/") : key.startsWith("public/")) throw new Error("killed");
      return (cloud.files[act] as (...all: unknown[]) => Promise<unknown>)(...given);
    };
    const dying = { ...cloud, files: { ...cloud.files, [act]: dead } };
    await expect(withdraw(0, "wind", dying as TestCloud)).rejects.toThrow("killed");
    expect((await amendmentsOf(cloud, operator, place)).isPublished).toBe(false);
    await publishAmendments(cloud, operator, place);
    expect((await amendmentsOf(cloud, operator, place)).isPublished).toBe(true);
    expect(await publicOnes()).toEqual(["gruppe.jpg", "steg.jpg"]);
  });

  it("ends as the last one wanted it where somebody brings the article back meanwhile", async () => {
    let isFirst = true;
    const remove: TestCloud["files"]["remove"] = async (keys) => {
      if (isFirst) {
        isFirst = false;
        await bringBack(1);
      }
      return cloud.files.remove(keys);
    };
    await withdraw(0, "wind", { ...cloud, files: { ...cloud.files, remove } });
    expect(await publicOnes()).toEqual(["deich.jpg", "gruppe.jpg", "pacht.jpg", "steg.jpg"]);
    expect((await amendmentsOf(cloud, operator, place)).isPublished).toBe(true);
  });
});
