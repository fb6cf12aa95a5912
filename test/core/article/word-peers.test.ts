import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readWord } from "../../../core/article/word.ts";
import fc from "../../lots.ts";
import { anyWordFile } from "./any-word-file.ts";

/** Debian's pandoc and LibreOffice: the first reads what the second has written. */
const isThere = (command: string): boolean => spawnSync(command, ["--version"]).status === 0;
const areThere = isThere("pandoc") && isThere("soffice");

const documents = 20;
const folder = mkdtempSync(join(tmpdir(), "kurier-word-peers-"));
const [written, rewritten] = [join(folder, "written"), join(folder, "rewritten")];

const wordsIn = (text: string): string[] => text.match(/W[a-z]{4}(?![a-z])/g) ?? [];

describe.skipIf(!areThere)(
  `a Word document LibreOffice wrote${areThere ? "" : " (skipped: pandoc or LibreOffice is missing)"}`,
  () => {
    const unseen: string[][] = [];

    beforeAll(async () => {
      mkdirSync(written);
      const chosen = fc.sample(anyWordFile, { numRuns: documents, seed: Number(process.env.SEED ?? 20_261_123) });
      for (const [index, document] of chosen.entries()) {
        writeFileSync(join(written, `${index}.docx`), await document.write());
        unseen.push([...document.unseen]);
      }
      const files = readdirSync(written).map((name) => join(written, name));
      const profile = `-env:UserInstallation=file://${join(folder, "profile")}`;
      execFileSync("soffice", [profile, "--headless", "--convert-to", "docx", "--outdir", rewritten, ...files], {
        stdio: "ignore",
      });
    }, 180_000);
    afterAll(() => rmSync(folder, { recursive: true }));

    it.each(Array.from({ length: documents }, (_, index) => [index]))(
      "says to us every word it says to pandoc: number %i",
      async (index) => {
        const path = join(rewritten, `${index}.docx`);
        const { reading } = await readWord("beitrag.docx", readFileSync(path));
        const ours = new Set(wordsIn(JSON.stringify([reading.text, reading.credit, reading.notes])));
        const theirs = wordsIn(execFileSync("pandoc", ["-f", "docx", "-t", "plain", path], { encoding: "utf8" }));
        expect(theirs.length).toBeGreaterThan(20);
        expect(theirs.filter((word) => !ours.has(word) && !unseen[index]?.includes(word))).toEqual([]);
        expect(unseen[index]?.filter((word) => ours.has(word))).toEqual([]);
      },
    );
  },
);
