import { mkdtemp, readFile, rm, truncate } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { serveFolder } from "../../local/serve.ts";
import { anEpub, aPdf } from "../papers-to-take.ts";
import { kurier, layOut, papers } from "./paper-desk.ts";

let home: string;
let desk: string;
let out: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "kurier-downloads-"));
  [desk, out] = [join(home, "heft"), join(home, "out")];
});
afterEach(() => rm(home, { recursive: true, force: true }));

const naming = (...files: readonly string[]): string =>
  `${papers["issue.yaml"]}downloads:\n${files.map((file) => `  - { datei: "${file}", bezeichnung: Das gedruckte Heft }\n`).join("")}`;
const press = () => kurier("press", desk, "--out", out, "--lang", "de", "--json");
const web = "ausgaben/2026-03";

describe("files to take along", () => {
  it("lie in the issue's folder, and cover, letter and server lead to them", async () => {
    const spelt = "Heft März.pdf";
    const files = { [spelt.normalize("NFD")]: aPdf(), "heft.epub": anEpub(), "issue.yaml": naming(spelt, "heft.epub") };
    await layOut(desk, { ...papers, ...files });
    expect(await press()).toMatchObject({ code: 0, err: "" });
    const read = (path: string) => readFile(join(out, "editions", path));
    expect(await read(`web/${web}/heft-maerz.pdf`)).toEqual(aPdf());
    expect(String(await read(`web/${web}/index.html`))).toContain('<a href="heft-maerz.pdf">Das gedruckte Heft</a>');
    expect(String(await read("web/index.html"))).toContain(`href="${web}/heft-maerz.pdf"`);
    expect(String(await read(`web/${web}/druck/index.html`))).not.toContain("heft-maerz");
    for (const letter of ["email.html", "email.txt"]) expect(String(await read(letter))).toContain("/heft-maerz.pdf");
    const server = await serveFolder(out, { language: "de" });
    try {
      const types = ["heft-maerz.pdf", "heft.epub"].map(async (file) => {
        const answer = await fetch(`${server.origin}/auenblatt/${web}/${file}`);
        return [answer.status, answer.headers.get("content-type"), (await answer.bytes()).length];
      });
      expect(await Promise.all(types)).toEqual([
        [200, "application/pdf", aPdf().length],
        [200, "application/epub+zip", anEpub().length],
      ]);
    } finally {
      await server.close();
    }
  });

  it("make another issue of it when only their bytes have changed", async () => {
    await layOut(desk, { ...papers, "heft.pdf": aPdf("eins"), "issue.yaml": naming("heft.pdf") });
    const fingerprint = async (): Promise<string> => JSON.parse((await press()).out).fingerprint;
    const first = await fingerprint();
    await layOut(desk, { "heft.pdf": aPdf("zwei") });
    expect(await fingerprint()).not.toBe(first);
  });

  it("are seen before anybody approves the issue", async () => {
    await layOut(desk, { ...papers, "heft.pdf": aPdf(), "issue.yaml": naming("heft.pdf") });
    const step = (...args: readonly string[]) => kurier(...args, "--lang", "de", "--data", join(home, "data"));
    await step("publications", "found", join(desk, "publication.yaml"));
    await step("articles", "submit", join(desk, "articles/markt.md"));
    expect((await step("issues", "create", join(desk, "issue.yaml"))).code).toBe(0);
    await step("issues", "build", "2026-03");
    const answer = await step("issues", "preview", "2026-03", "--out", out, "--json");
    expect(JSON.parse(answer.out).files).toContain(`web/${web}/heft.pdf`);
    expect(await readFile(join(out, "web", web, "heft.pdf"))).toEqual(aPdf());
  });

  it("are also named in English", async () => {
    const plan = `${papers["issue.yaml"]}downloads: [{ file: heft.pdf, label: The printed issue }]\n`;
    await layOut(desk, { ...papers, "heft.pdf": aPdf(), "issue.yaml": plan });
    expect((await press()).code).toBe(0);
  });
});

describe("a file nobody could take along", () => {
  it.each([
    ["is not there", naming("heft.pdf"), {}, "Die Datei heft.pdf zum Mitnehmen fehlt."],
    ["lies elsewhere", naming("../heft.pdf"), {}, "„../heft.pdf“ ist kein möglicher Dateiname."],
    ["is no PDF", naming("heft.pdf"), { "heft.pdf": "<!doctype html>" }, "heft.pdf ist weder ein PDF noch ein EPUB"],
    [
      "would hide another",
      naming("heft 1.pdf", "heft-1.pdf"),
      { "heft 1.pdf": aPdf(), "heft-1.pdf": aPdf() },
      "Zwei Dateien dieser Ausgabe hießen im Netz beide heft-1.pdf.",
    ],
  ])("stops the press with a sentence when it %s", async (_, plan, files, sentence) => {
    await layOut(desk, { ...papers, ...files, "issue.yaml": plan });
    const answer = await press();
    const [refusal, ...more] = JSON.parse(answer.out).refusals;
    expect([answer.code, refusal.sentence, more]).toEqual([2, expect.stringContaining(sentence), []]);
  });

  it("is not even read when it is too large", async () => {
    await layOut(desk, { ...papers, "heft.pdf": aPdf(), "issue.yaml": naming("heft.pdf") });
    await truncate(join(desk, "heft.pdf"), 5_000_000_000);
    const { refusals } = JSON.parse((await press()).out);
    expect(refusals[0].sentence).toContain("heft.pdf ist mit 5000 MB zu groß");
  });
});
