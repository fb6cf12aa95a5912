import { describe, expect, it } from "vitest";
import { admitDownload, downloadSchema, downloadType } from "../../../core/issue/download.ts";
import { draft } from "../../../core/issue/draft.ts";
import { Refusal } from "../../../core/refusal.ts";
import { refusalSentence } from "../../../core/words.ts";
import { anEpub, aPdf } from "../../papers-to-take.ts";
import { aDownload, anIssue } from "../../people-and-papers.ts";

const admit = (file: string, body = aPdf()) => admitDownload({ file, label: "Das gedruckte Heft", body });
const refusalOf = (work: () => unknown): Refusal => {
  try {
    work();
  } catch (refusal) {
    if (refusal instanceof Refusal) return refusal;
    throw refusal;
  }
  return expect.unreachable();
};

describe("a file to take along", () => {
  it.each([
    ["heft.pdf", "heft.pdf"],
    ["Das Heft 01|26 – Größe A4.PDF", "das-heft-01-26-groesse-a4.pdf"],
    ["index.html.pdf", "index-html.pdf"],
    ["%2e%2e.pdf", "2e-2e.pdf"],
    ["漢字.pdf", "beitrag.pdf"],
    [`${"lang ".repeat(30).trim()}.pdf`, `${"lang-".repeat(16).slice(0, -1)}.pdf`],
  ])("has a public name any address can carry: %s", (file, name) => {
    const download = admit(file);
    expect(download.file).toBe(name);
    expect(downloadSchema.parse(download)).toEqual(download);
  });

  it("is what its bytes say: a PDF or an EPUB", () => {
    expect([admit("heft.pdf"), admit("heft.epub", anEpub())].map(downloadType)).toEqual([
      "application/pdf",
      "application/epub+zip",
    ]);
    for (const [file, body] of [
      ["heft.pdf", Buffer.from("<!doctype html><script>alert(1)</script>%PDF-")],
      ["heft.pdf", anEpub()],
      ["heft.epub", aPdf()],
      ["heft.html", aPdf()],
      ["heft", aPdf()],
      ["heft.epub", Buffer.from(anEpub()).fill("x", 38, 58)],
      ["heft.pdf", new Uint8Array()],
    ] as const)
      expect(refusalOf(() => admit(file, body)).code).toBe("download-kind");
  });

  it("has at most 50 MB", () => {
    const body = Buffer.alloc(50_000_000);
    body.set(aPdf());
    expect(admit("heft.pdf", body).bytes).toBe(50_000_000);
    const refusal = refusalOf(() => admit("heft.pdf", Buffer.concat([body, Buffer.from("\n")])));
    expect(refusalSentence("de", refusal)).toBe(
      "heft.pdf ist mit 51 MB zu groß: Eine Datei zum Mitnehmen darf bis zu 50 MB haben. Bitte exportieren Sie sie mit kleineren Bildern, etwa in der Einstellung für den Bildschirm.",
    );
    expect(refusalSentence("en", refusal)).toContain("heft.pdf is too large at 51 MB");
  });

  it.each(["../heft.pdf", "hefte/heft.pdf", "..", "", "heft\n.pdf"])("lies beside the plan, not at %j", (file) => {
    expect(refusalOf(() => admit(file)).code).toBe("download-name");
  });

  it("shares its name with no other of the issue", () => {
    const downloads = ["Heft 1.pdf", "heft_1.pdf"].map((file) => admit(file, aPdf(file)));
    const refusal = refusalOf(() => draft(anIssue({ downloads })));
    expect([refusal.code, refusal.details]).toEqual(["download-twice", { file: "heft-1.pdf" }]);
    expect(draft(anIssue({ downloads: [aDownload(), aDownload({ file: "heft.epub" })] })).downloads).toHaveLength(2);
  });

  it.each(["Heft.pdf", "druck", "../heft.pdf", "heft.html", "a/b.pdf", ".pdf"])("can be no %s in a plan", (file) => {
    expect(downloadSchema.safeParse(aDownload({ file })).success).toBe(false);
  });
});
