import { describe, expect, it } from "vitest";
import { type Build, differencesOf } from "../../../core/desk/differences.ts";
import { readable } from "../../../core/edition/letter.ts";
import { slot } from "../../../core/edition/slots.ts";
import { coverOf } from "../../../core/edition/web/cover.ts";
import { anArticle, anEditionInput, people } from "../../people-and-papers.ts";

const counter = anArticle({ authors: [people.thomas] });
const gauge = anArticle({ title: "Pegel und Planung" });

function build(articles: readonly ReturnType<typeof anArticle>[], given: Partial<Build> = {}): Build {
  const cover = coverOf(readable(anEditionInput({ "Aus den Gemeinden": articles })));
  const files = articles.map(({ slug, revision }) => {
    const path = `web/ausgaben/2026-01/${slug}/index.html`;
    return { path, type: "text/html", sha256: `${slug}-${revision}`, bytes: 1 };
  });
  const manifest = { subject: "ELBLANDbote 01|26", preheader: "", files, pictures: ["a", "b"] };
  return { cover, manifest, text: "Guten Tag\n\nEin Schalter,\nder zuhört.\n", ...given };
}
const marked = (pieces: readonly { text: string; isMarked: boolean }[]): string =>
  pieces.map(({ text, isMarked }) => (isMarked ? `[${text}]` : text)).join("");

describe("the differences between two builds", () => {
  it("are none where nothing changed", () => {
    const found = differencesOf(build([counter]), build([counter]));
    expect(found).toMatchObject({ isSame: true, subject: null, passages: [] });
  });

  it("name articles that came, went or were mended", () => {
    const mended = { ...counter, revision: 2 };
    expect(differencesOf(build([counter, gauge]), build([mended])).articles).toEqual({
      ...{ added: [], dropped: [gauge.title], changed: [counter.title] },
    });
    expect(differencesOf(build([counter]), build([counter, gauge])).articles).toMatchObject({ added: [gauge.title] });
  });

  it("show subject and pictures", () => {
    const after = build([counter]);
    const manifest = { ...after.manifest, subject: "ELBLANDbote 02|26", pictures: ["b", "c", "d"] };
    expect(differencesOf(build([counter]), { ...after, manifest })).toMatchObject({
      ...{ isSame: false, subject: { was: "ELBLANDbote 01|26", is: "ELBLANDbote 02|26" } },
      pictures: { added: 2, dropped: 1 },
    });
  });

  it("show whom letters come from and where answers go: neither stands in what is read", () => {
    const sender = { from: "post@elblandbote.example", name: "ELBLANDbote", replyTo: "redaktion@elblandbote.example" };
    const by = (given: Partial<typeof sender>): Build => {
      const one = build([counter]);
      return { ...one, manifest: { ...one.manifest, sender: { ...sender, ...given } } };
    };
    expect(differencesOf(by({}), by({ name: "STADTbote" }))).toMatchObject({
      ...{ isSame: false, replyTo: null },
      sender: { was: "ELBLANDbote <post@elblandbote.example>", is: "STADTbote <post@elblandbote.example>" },
    });
    expect(differencesOf(by({}), by({ replyTo: "anders@elblandbote.example" })).replyTo).not.toBeNull();
    expect(differencesOf(build([counter]), by({})).isSame).toBe(true);
  });

  it("mark the words of a paragraph that changed, wherever its lines break", () => {
    const text = "Guten Tag\n\nEin Schalter, der\nnie zuhört.\n";
    const [passage, ...others] = differencesOf(build([counter]), build([counter], { text })).passages;
    expect(others).toEqual([]);
    expect(marked(passage?.was ?? [])).toBe("Ein Schalter, der zuhört.");
    expect(marked(passage?.is ?? [])).toBe("Ein Schalter, der [nie ]zuhört.");
  });

  it("show a paragraph that came or went whole", () => {
    const longer = build([counter], { text: "Guten Tag\n\nNeu.\n\nEin Schalter,\nder zuhört.\n" });
    expect(differencesOf(build([counter]), longer).passages.map(({ is }) => marked(is))).toEqual(["[Neu.]"]);
    expect(differencesOf(longer, build([counter])).passages.map(({ was }) => marked(was))).toEqual(["[Neu.]"]);
  });

  it("compare what everybody reads: whose letter it is makes none", () => {
    const text = `${slot("greeting")}Guten Tag\n\nEin Schalter, der zuhört.\n\n${slot("leaveUrl")}`;
    expect(differencesOf(build([counter]), build([counter], { text })).isSame).toBe(true);
  });

  it("end somewhere, and say how much is left", () => {
    const text = Array.from({ length: 250 }, (_, index) => `Absatz ${index} ist neu.`).join("\n\n");
    const found = differencesOf(build([counter]), build([counter], { text }));
    expect([found.passages.length, found.more]).toEqual([200, 50]);
  });
});
