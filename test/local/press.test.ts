import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { PressReport } from "../../local/press.ts";
import { serveFolder } from "../../local/serve.ts";
import { kurier, layOut, papers } from "./paper-desk.ts";

let home: string;
let desk: string;
let out: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "kurier-press-"));
  desk = join(home, "heft");
  out = join(home, "out");
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(home, { recursive: true, force: true });
});

const { "articles/markt.md": article, ...settings } = papers;
const press = (...more: readonly string[]) => kurier("press", desk, "--out", out, "--lang", "de", ...more);
const reportIn = async (folder: string): Promise<PressReport> =>
  JSON.parse(await readFile(join(folder, "report.json"), "utf8"));
/** Presses these papers and answers the exit code with the report. */
const pressed = async (files: Readonly<Record<string, string | Uint8Array>>) => {
  await layOut(desk, files);
  const { code } = await press();
  return { code, ...(await reportIn(out)) };
};
const codes = (said: readonly { code: string }[]): string[] => said.map(({ code }) => code);
const letterIn = async (folder: string): Promise<string> => {
  const [name = ""] = await readdir(join(folder, "mailbox"));
  return readFile(join(folder, "mailbox", name), "utf8");
};
const refusedWith = ({ out: said }: { out: string }): string => JSON.parse(said).refusals[0].code;

describe("a press", () => {
  it("turns a folder into a letter for each reader, pages and a report", async () => {
    await layOut(desk, papers);
    const answer = await press();
    expect([answer.code, answer.err]).toEqual([0, ""]);
    expect(answer.out).toMatch(/^Ausgabe 03\|26 ist gedruckt\. Briefe im Postfach: 2 von 2\.\n/);
    expect((await readdir(join(out, "mailbox"))).filter((name) => name.endsWith(".eml"))).toHaveLength(2);
    expect((await readdir(join(out, "editions"))).sort()).toEqual(["email.html", "email.txt", "web"]);
    expect(await readFile(join(out, "editions/email.txt"), "utf8")).toContain("Jördis Mühlbach");
  });

  it("reports in one shape, key by key, and prints the very same with --json", async () => {
    await layOut(desk, papers);
    const { out: said } = await press("--json");
    expect(said).toBe(await readFile(join(out, "report.json"), "utf8"));
    const report: PressReport = JSON.parse(said);
    expect(Object.keys(report)).toEqual(["issue", "fingerprint", "readers", "bytes", "notes", "refusals", "seconds"]);
    expect(JSON.stringify(report.readers)).toBe(
      JSON.stringify({ candidates: 2, excluded: {}, planned: 2, accepted: 2, skipped: {}, rejected: 0, unresolved: 0 }),
    );
    expect(Object.keys(report.bytes)).toEqual(["emailHtml", "emailText", "largestMessage"]);
    expect(Object.values(report.bytes).every((bytes) => bytes > 500)).toBe(true);
    expect([report.issue, report.fingerprint?.length, report.notes, report.refusals]).toEqual(["2026-03", 64, [], []]);
    expect(Object.keys(report.seconds)).toEqual(["read", "ingest", "build", "deliver", "write"]);
  });

  it("prints the same issue from the same papers, over what it wrote before", async () => {
    const first = await pressed(papers);
    await writeFile(join(desk, "readers.csv"), "email\nada@example.org\n");
    const again = await pressed({});
    expect(again.fingerprint).toBe(first.fingerprint);
    expect(await readdir(join(out, "mailbox"))).toHaveLength(1);
    expect((await readdir(home)).sort()).toEqual(["heft", "out"]);
  });

  it("never writes over anybody's files", async () => {
    await layOut(desk, papers);
    await layOut(out, { "notizen.txt": "meine" });
    const answer = await press("--json");
    expect([answer.code, refusedWith(answer)]).toEqual([2, "out-not-ours"]);
    expect(await readdir(out)).toEqual(["notizen.txt"]);
  });

  it("relays nothing, whatever is set", async () => {
    let calls = 0;
    const relay = createServer(() => calls++);
    const port = await new Promise((ready) => relay.listen(0, "127.0.0.1", () => ready(Object(relay.address()).port)));
    vi.stubEnv("KURIER_SMTP", `smtp://127.0.0.1:${port}`);
    const { code, readers } = await pressed(papers);
    relay.close();
    expect([code, readers.accepted, calls]).toEqual([0, 2, 0]);
  });

  it("tells each line of the list that brings no reader", async () => {
    const report = await pressed({ ...papers, "readers.csv": `${papers["readers.csv"]}kein-at;Niemand\n` });
    expect([report.code, report.readers.planned]).toEqual([0, 2]);
    expect(report.notes).toMatchObject([{ code: "reader-line", about: "readers.csv", details: { line: 4 } }]);
  });

  it("shows an honest page where its letters' leave links end", async () => {
    await pressed(papers);
    const [link = ""] = /\/auenblatt\/u\/[\w.~-]+/.exec(await readFile(join(out, "editions/email.txt"), "utf8")) ?? [];
    const server = await serveFolder(out, { language: "de" });
    try {
      const page = await fetch(server.origin + link);
      expect([page.status, await page.text()]).toEqual([200, expect.stringContaining("lässt sich nichts abbestellen")]);
    } finally {
      await server.close();
    }
  });
});

describe("a proof printing", () => {
  it("needs no more than a text, and says what it assumed", async () => {
    const report = await pressed({ "markt.md": article });
    expect(report.code).toBe(0);
    expect(codes(report.notes)).toEqual(["proof-printing", "assumed-issue", "assumed-reader"]);
    expect(report.readers.accepted).toBe(1);
    const letter = await letterIn(out);
    expect(letter).toMatch(/^Subject: (\[Probe\]|=\?utf-8\?.*Probe)/im);
    expect(await readFile(join(out, "editions/email.txt"), "utf8")).toContain("Probedruck ohne Impressum");
  });

  it("takes several texts that lie loose, in the order of their names", async () => {
    const report = await pressed({ "b.md": article.replace("zieht um", "bleibt"), "a.md": article });
    expect(codes(report.notes)).toContain("assumed-order");
    const text = await readFile(join(out, "editions/email.txt"), "utf8");
    expect(text.indexOf("zieht um")).toBeLessThan(text.indexOf("bleibt"));
  });

  it("keeps a publication's own settings where only the plan is missing", async () => {
    const { "issue.yaml": _, ...without } = papers;
    const report = await pressed(without);
    expect([report.code, codes(report.notes)]).toEqual([0, ["assumed-issue"]]);
    expect(await letterIn(out)).not.toMatch(/Probe/);
  });
});

describe("settings", () => {
  it("are read however an office saves them", async () => {
    const latin = Buffer.from(papers["publication.yaml"], "latin1");
    await pressed({ ...papers, "publication.yaml": latin });
    expect(await readFile(join(out, "editions/email.txt"), "utf8")).toContain("MStV: Jördis Mühlbach");
  });
});

describe("a press that a rule stops", () => {
  it.each([
    ["broken YAML", { ...papers, "issue.yaml": "thema: [auf" }, "settings-unreadable"],
    ["a setting that is wrong", { ...papers, "issue.yaml": `${papers["issue.yaml"]}farbton: rot\n` }, "settings-wrong"],
    ["a file where the articles should lie", { ...settings, articles: "" }, "no-access"],
    ["a folder without texts", settings, "nothing-to-print"],
  ])("leaves nothing behind for %s", async (_, files, code) => {
    await layOut(desk, files);
    const answer = await press("--json");
    expect([answer.code, refusedWith(answer), existsSync(out)]).toEqual([2, code, false]);
  });

  it.each([
    [
      "a text that waits for its picture",
      { "articles/markt.md": `${article}\n![Der Markt](markt.jpg)\n` },
      "pictures-missing",
    ],
    ["a submission that is refused", { "articles/markt.md": "---\ntitel: Ohne Text\n---\n" }, "no-text"],
    ["a name no submission can have", { "articles/#.md": article }, "submission-name"],
    [
      "a plan with an article there is not",
      { "issue.yaml": settings["issue.yaml"].replace("[markt]", "[mrakt]") },
      "no-article",
    ],
    ["a list without addresses", { "readers.csv": "name\nAda\n" }, "list-without-email"],
  ])("writes a report for %s, and no letter", async (_, files, code) => {
    const report = await pressed({ ...papers, ...files });
    expect([report.code, codes(report.refusals)]).toEqual([2, [code]]);
    expect(report.refusals[0]?.sentence.length).toBeGreaterThan(20);
    expect([report.issue, report.fingerprint, report.readers.planned]).toEqual([null, null, 0]);
    expect((await readdir(out)).sort()).toEqual([".kurier-press", "report.json"]);
    if (code === "no-article") expect(codes(report.notes)).toContain("articles-there");
  });

  it("says which picture a text still waits for", async () => {
    const { refusals } = await pressed({ ...papers, "articles/markt.md": `${article}\n![Der Markt](markt.jpg)\n` });
    expect(refusals.map(({ sentence }) => sentence)).toEqual([
      "Zu „markt“ fehlen noch Bilder: markt.jpg. Bitte legen Sie sie neben den Text oder streichen Sie sie darin.",
    ]);
  });

  it("calls what broke a fault", async () => {
    await layOut(desk, papers);
    await layOut(home, { belegt: "" });
    const answer = await kurier("press", desk, "--out", join(home, "belegt", "out"), "--json");
    expect([answer.code, refusedWith(answer)]).toEqual([2, "no-access"]);
    vi.spyOn(performance, "now").mockImplementationOnce(() => {
      throw new Error("the clock stands still");
    });
    const fault = await press("--json");
    expect([fault.code, Object.keys(JSON.parse(fault.out)), fault.err]).toEqual([
      1,
      ["fault"],
      expect.stringContaining("the clock stands still"),
    ]);
  });
});
