import { describe, expect, it } from "vitest";
import { build } from "../../../core/edition/build.ts";
import { aDownload, anArticle, anEditionInput, aPicture } from "../../people-and-papers.ts";
import { springIssue } from "../../spring-issue.ts";

describe("a build", () => {
  it("is the same twice, byte for byte", async () => {
    const [one, other] = [await build(springIssue()), await build(springIssue())];
    expect(one.refusals).toEqual([]);
    expect(other.editions?.manifest).toEqual(one.editions?.manifest);
    expect(other.editions?.files).toEqual(one.editions?.files);
  });

  it("has another fingerprint after a word, a picture or a subject has changed", async () => {
    const input = (title: string, picture: string, subject = "") =>
      anEditionInput(
        { Recht: [anArticle({ id: "a", slug: "a", title, hero: aPicture(picture) })] },
        { issue: { subject } },
      );
    const issues = [
      input("Eins", "a.jpg"),
      input("Zwei", "a.jpg"),
      input("Eins", "b.jpg"),
      input("Eins", "a.jpg", "Betreff"),
    ];
    const fingerprints = await Promise.all(
      issues.map(async (issue) => (await build(issue)).editions?.manifest.fingerprint),
    );
    expect(new Set(fingerprints).size).toBe(4);
    expect(fingerprints).not.toContain(undefined);
  });

  it("names the files to take along, and has another fingerprint when only their bytes have changed", async () => {
    const built = async (...downloads: ReturnType<typeof aDownload>[]) =>
      (await build(anEditionInput({ Recht: [anArticle()] }, { issue: { downloads } }))).editions?.manifest;
    const [none, one, other] = [
      await built(),
      await built(aDownload()),
      await built(aDownload({ sha256: "b".repeat(64) })),
    ];
    expect(one?.downloads).toEqual([
      { path: "web/ausgaben/2026-01/heft.pdf", type: "application/pdf", sha256: "a".repeat(64), bytes: 2_100_000 },
    ]);
    expect(none).not.toHaveProperty("downloads");
    expect(other?.files).toEqual(one?.files);
    expect(new Set([none, one, other].map((manifest) => manifest?.fingerprint)).size).toBe(3);
  });

  it("mentions its fingerprint nowhere in what it made", async () => {
    const { editions } = await build(springIssue());
    const { fingerprint = "" } = editions?.manifest ?? {};
    expect(fingerprint).toMatch(/^[0-9a-f]{64}$/);
    expect(
      editions?.files.filter(({ body }) => Buffer.from(body).includes(fingerprint)).map(({ path }) => path),
    ).toEqual([]);
  });

  it("says how readers will be greeted, so that no deploy in mid send changes it", async () => {
    expect((await build(springIssue())).editions?.manifest.greeting).toBe("Guten Tag, {name},");
  });

  it("leaves no editions behind when anything was refused", async () => {
    const faulty = anArticle({ hero: aPicture("rathaus.jpg", { alt: null }) });
    const { editions, refusals } = await build(anEditionInput({ Recht: [faulty] }));
    expect(editions).toBeUndefined();
    expect(refusals.map(({ code }) => code)).toEqual(["no-alt"]);
  });

  it("refuses a colour too weak to read as an answer, not as a fault", async () => {
    const { refusals } = await build(anEditionInput({ Recht: [anArticle()] }, { publication: { accent: "#F0E060" } }));
    expect(refusals.map(({ code }) => code)).toEqual(["weak-accent"]);
  });
});
