import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { digestOf } from "../../core/digest.ts";
import { template } from "../a-written-template.ts";
import { kurier } from "./paper-desk.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "kurier-template-"));
});
afterEach(() => rmSync(folder, { recursive: true }));
const ask = (out: string, language: "de" | "en") =>
  kurier("articles", "template", "--out", join(folder, out), "--lang", language);

describe("npx kurier articles template", () => {
  it.each(["de", "en"] as const)("puts the Word file down in the language that is asked for: %s", async (language) => {
    const answer = await ask("beitrag.docx", language);
    expect(answer.code).toBe(0);
    expect(digestOf(readFileSync(join(folder, "beitrag.docx")))).toBe(digestOf(template(language)));
    expect(answer.out).toContain("beitrag.docx");
  });

  it("never writes over what somebody may have written in already", async () => {
    await ask("beitrag.docx", "de");
    const again = await ask("beitrag.docx", "en");
    expect(again.code).toBe(2);
    expect(again.err).toContain("beitrag.docx");
    expect(digestOf(readFileSync(join(folder, "beitrag.docx")))).toBe(digestOf(template("de")));
  });
});
