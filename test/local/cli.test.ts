import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { access, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import sharp from "sharp";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { commands } from "../../local/commands.ts";
import { kurier, layOut, papers } from "./paper-desk.ts";

let desk: string;
let at: string[];
beforeEach(async () => {
  desk = await layOut(await mkdtemp(join(tmpdir(), "kurier-cli-")), papers);
  at = ["--lang", "de", "--data", join(desk, "data")];
});
afterEach(() => rm(desk, { recursive: true, force: true }));

const paper = (name: string): string => join(desk, name);
const codeOf = ({ out }: { out: string }): string => JSON.parse(out).refusals[0].code;
const found = () => kurier("publications", "found", paper("publication.yaml"), ...at);

describe("a reader of the first lines", () => {
  it("may close the pipe: no stack trace, and no fault", async () => {
    const child = spawn(process.execPath, ["local/kurier.js", "--help"], { stdio: ["ignore", "pipe", "pipe"] });
    child.stdout.destroy();
    const complaints = text(child.stderr);
    const [code] = await once(child, "exit");
    expect([code, await complaints]).toEqual([0, ""]);
  });
});

describe("what functions log", () => {
  it("stands beside an answer and never in it: who asked for JSON gets JSON", async () => {
    await kurier("--help", "--json");
    const told = vi.spyOn(console, "error").mockImplementation(() => {});
    console.info({ forgotten: 0 });
    expect(told).toHaveBeenCalledExactlyOnceWith({ forgotten: 0 });
    told.mockRestore();
  });
});

describe("the command line", () => {
  it("names every command and the language it was asked in", async () => {
    const [german, english] = [await kurier("--help", "--lang", "de"), await kurier("-h", "--lang", "en")];
    for (const { name } of commands) expect(german.out).toContain(`npx kurier ${name}`);
    expect([german.code, german.err]).toEqual([0, ""]);
    expect([german.out.includes("zeigt die Bibliothek"), english.out.includes("shows the library")]).toEqual([
      true,
      true,
    ]);
  });

  it.each(commands.map(({ name }) => name))("helps with %s, in people's words and as data", async (name) => {
    const words = name.split(" ");
    expect((await kurier(...words, "--help", "--lang", "de")).out).toContain(`npx kurier ${name}`);
    const [{ usage, help }] = JSON.parse((await kurier(...words, "--help", "--json", "--lang", "de")).out);
    expect([usage.startsWith(`npx kurier ${name}`), help.length > 10]).toEqual([true, true]);
  });

  it("loads no library before it knows what is asked", async () => {
    const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
    const script = `
      import { registerHooks } from "node:module";
      registerHooks({ load(url, context, next) { if (url.includes("node_modules")) console.log(url); return next(url, context); } });
      const { main } = await import("./local/cli.ts");
      await main(["--help"]);`;
    const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", script], {
      cwd: root,
    });
    expect(stdout).toContain("npx kurier press");
    expect(stdout).not.toContain("node_modules");
  });

  it.each([
    ["a command there is not", ["issue", "list"], "command-unknown"],
    ["an option it does not know", ["doctor", "--wat"], "option-unknown"],
    ["another command's option", ["doctor", "--out", "x"], "option-unknown"],
    ["a cloud where none is used", ["press", "x", "--cloud", "aws"], "option-unknown"],
    ["an option left bare", ["doctor", "--publication"], "option-bare"],
    ["an option followed by another", ["press", "x", "--out", "--lang", "de"], "option-bare"],
    ["a language it does not speak", ["doctor", "--lang", "fr"], "language-unknown"],
    ["too few words", ["press"], "argument-missing"],
    ["too many words", ["press", "mein", "heft"], "argument-surplus"],
    ["a stage without AWS", ["doctor", "--stage", "prod"], "stage-without-aws"],
    ["an unknown cloud", ["doctor", "--cloud", "wolke"], "cloud-unknown"],
  ] as const)("refuses %s with exit code 2, and as JSON when asked", async (_, args, code) => {
    const answer = await kurier(...args, "--json");
    expect([answer.code, codeOf(answer), answer.err]).toEqual([2, code, ""]);
    const { out, err } = await kurier(...args);
    expect([out, err.length > 20]).toEqual(["", true]);
  });

  it("takes its options in any order", async () => {
    const answer = await kurier("--lang", "en", "--json", "--data", join(desk, "data"), "publications", "list");
    expect([answer.code, JSON.parse(answer.out)]).toEqual([0, []]);
  });
});

describe("papers that cannot be used", () => {
  const doors = [
    ["publications", "found"],
    ["issues", "create"],
    ["subscribers", "import"],
  ] as const;

  it.each(doors)("says which file %s %s does not find", async (...door) => {
    await found();
    const answer = await kurier(...door, paper("nirgends.yaml"), ...at, "--json");
    expect([answer.code, codeOf(answer)]).toEqual([2, "no-file"]);
    expect(answer.out).toContain("nirgends.yaml");
  });

  it.each(doors)("wants a file for %s %s, not a folder", async (...door) => {
    await found();
    expect(codeOf(await kurier(...door, desk, ...at, "--json"))).toBe("not-a-file");
  });

  it("does not begin where no data can be kept", async () => {
    await writeFile(paper("belegt"), "");
    expect(codeOf(await kurier("doctor", "--json", "--data", paper("belegt")))).toBe("no-access");
    expect(codeOf(await kurier("doctor", "--json", "--data", paper("belegt/darin")))).toBe("no-access");
  });

  it.each(["heft#1", "-heft", "a..b", "x/y", ".."])("hands nothing in under the name %s", async (name) => {
    await found();
    expect(
      codeOf(await kurier("articles", "submit", paper("articles/markt.md"), `--as=${name}`, ...at, "--json")),
    ).toBe("submission-name");
  });

  it("takes names with umlauts and spaces, and no empty folder", async () => {
    await found();
    await layOut(paper("Über den Markt 1.0"), { "text.md": papers["articles/markt.md"] });
    const answer = await kurier("articles", "submit", paper("Über den Markt 1.0"), ...at);
    expect([answer.code, answer.out]).toEqual([0, "Über den Markt 1.0 ist in der Bibliothek.\n"]);
    await layOut(paper("leer"), { ".versteckt": "" });
    expect(codeOf(await kurier("articles", "submit", paper("leer"), ...at, "--json"))).toBe("nothing-to-submit");
  });

  it("takes no readers in without a source of consent, and tells each line that brings none", async () => {
    await found();
    const list = ["subscribers", "import", paper("readers.csv")];
    expect(codeOf(await kurier(...list, ...at, "--json"))).toBe("consent-source-missing");
    await writeFile(paper("readers.csv"), `${papers["readers.csv"]}kein-at;Niemand\n`);
    const { out } = await kurier(...list, ...at, "--consent-source", "Karten 2025");
    expect(out).toMatch(/^Neu aufgenommen: 2\. Schon da: 0\..*\n {2}Zeilen, die niemanden bringen: 1\n {2}· .*4/);
    expect((await kurier("subscribers", "list", ...at)).out).toMatch(/^bestätigt/);
  });
});

describe("an issue, step by step", () => {
  const step = (...args: readonly string[]) => kurier(...args, ...at);
  const create = () => step("issues", "create", paper("issue.yaml"));

  it("goes from papers to letters, saying the next step each time", async () => {
    await found();
    await step("subscribers", "import", paper("readers.csv"), "--consent-source", "Karten 2025");
    await step("articles", "submit", paper("articles/markt.md"));
    expect((await create()).out).toContain("Beiträge: 1. Weiter mit: npx kurier issues build 2026-03");
    expect(codeOf(await step("issues", "approve", "3/2026", "--json"))).toBe("not-built");
    expect((await step("issues", "build", "3/2026")).out).toContain("npx kurier issues preview 2026-03");
    expect(
      JSON.parse((await step("issues", "preview", "2026-03", "--out", paper("blick"), "--json")).out).files,
    ).toContain("email.html");
    expect(codeOf(await step("issues", "schedule", "2026-03", "--json"))).toBe("not-approved");
    expect((await step("issues", "approve", "2026-03")).out).toContain("npx kurier issues schedule 2026-03");
    expect(codeOf(await step("issues", "approve", "2026-03", "--json"))).toBe("already-approved");
    expect(codeOf(await step("issues", "schedule", "2026-03", "--at", "morgen", "--json"))).toBe("time-unreadable");
    expect((await step("issues", "schedule", "2026-03", "--at", "2026-01-02T08:00", "--yes")).out).toMatch(
      /^Ausgabe 03\|26: Versand am \d+\.\s\p{L}+ \d{4}, \d\d:\d\d Uhr\.\n/mu,
    );
    // Two letters may be out before the next command looks.
    expect(["in-motion", "already-sent"]).toContain(codeOf(await step("issues", "schedule", "2026-03", "--json")));
    expect((await create()).out).toMatch(
      /^Am Plan der Ausgabe 03\|26 ändert sich nichts\. Stand: (?:im Versand|versendet)\.$/m,
    );
    const { status, account } = JSON.parse((await step("issues", "status", "2026-03", "--json")).out);
    expect([["sending", "sent"].includes(status), account.accepted]).toEqual([true, 2]);
  });

  it("lays an issue's pictures beside its preview: nothing is public yet", async () => {
    await found();
    const photo = await sharp({ create: { width: 1200, height: 800, channels: 3, background: "#0b5a3e" } })
      .jpeg()
      .toBuffer();
    const text = papers["articles/markt.md"].replace(
      "---\n\n",
      "titelbild: { datei: hafen.jpg, alt: Der Hafen, foto: privat }\n---\n\n",
    );
    await layOut(paper("markt"), { "markt.md": text, "hafen.jpg": photo });
    await step("articles", "submit", paper("markt"));
    await create();
    await step("issues", "build", "2026-03");
    await step("issues", "preview", "2026-03", "--out", paper("blick"));
    const letter = await readFile(join(paper("blick"), "email.html"), "utf8");
    const [, picture = ""] = /<img[^>]* src="([^"]+)"/.exec(letter) ?? [];
    expect(picture).toMatch(/^web\/bilder\//);
    await expect(access(join(paper("blick"), picture))).resolves.toBeUndefined();
  });

  it("names the articles there are where the plan names one there is not", async () => {
    await found();
    await step("articles", "submit", paper("articles/markt.md"));
    await writeFile(paper("issue.yaml"), papers["issue.yaml"].replace("[markt]", "[mrakt]"));
    await create();
    const answer = await step("issues", "build", "2026-03");
    expect(answer.code).toBe(2);
    expect(answer.out).toMatch(/mrakt.*In der Bibliothek sind: markt\./s);
  });

  it("plans no article for two sections", async () => {
    await found();
    await writeFile(paper("issue.yaml"), `${papers["issue.yaml"]}  - { name: Noch einmal, beiträge: [markt] }\n`);
    expect(codeOf(await kurier("issues", "create", paper("issue.yaml"), ...at, "--json"))).toBe("article-twice");
  });

  it("asks which publication where there are two", async () => {
    await found();
    await writeFile(paper("publication.yaml"), papers["publication.yaml"].replace("auenblatt", "uferblatt"));
    await found();
    expect(codeOf(await step("articles", "list", "--json"))).toBe("which-publication");
    expect((await step("articles", "list", "--publication", "uferblatt")).code).toBe(0);
    expect(codeOf(await step("articles", "list", "--publication", "fernblatt", "--json"))).toBe("no-publication");
  });
});
