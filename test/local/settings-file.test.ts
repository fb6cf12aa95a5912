import { describe, expect, it } from "vitest";
import { z } from "zod";
import { Refusal } from "../../core/refusal.ts";
import { refusalSentence } from "../../core/words.ts";
import { readSettings } from "../../local/settings-file.ts";

const schema = z.strictObject({ number: z.int(), theme: z.strictObject({ title: z.string() }) });
const german = { nummer: "number", thema: "theme", titel: "title" };
const read = (text: string) => readSettings("issue.yaml", text, schema, { german, language: "de" });

function sentence(text: string): string {
  try {
    read(text);
  } catch (refusal) {
    if (refusal instanceof Refusal) return refusalSentence("de", refusal);
    throw refusal;
  }
  return "nothing was refused";
}

describe("a file of settings", () => {
  it("speaks German and English", () => {
    const read1 = read("nummer: 1\nthema:\n  titel: Wasser");
    expect(read1).toEqual({ number: 1, theme: { title: "Wasser" } });
    expect(read("number: 1\ntheme: { title: Wasser }")).toEqual(read1);
  });

  it("does not take 01 for an octal number", () => {
    expect(read("nummer: 011\nthema: { titel: Wasser }")).toMatchObject({ number: 11 });
  });

  it("names the line that cannot be read and the usual cure", () => {
    expect(sentence("nummer: 1\nthema:\n  titel: Bauen: neu denken")).toBe(
      "issue.yaml lässt sich nicht lesen: In Zeile 3 stimmt die Schreibweise nicht. Enthält der Text dort einen Doppelpunkt, setzen Sie ihn bitte in Anführungszeichen.",
    );
  });

  it("names everything that is wrong at once", () => {
    expect(sentence("thema: { titel: Wasser, farbe: blau }")).toContain("number fehlt");
    expect(sentence("thema: { titel: Wasser, farbe: blau }")).toContain("unbekannt ist farbe (theme)");
  });

  it("refuses aliases that would grow without end", () => {
    const bomb = "a: &a [x,x]\nb: &b [*a,*a]\nnummer: 1\nthema: { titel: w }";
    expect(sentence(bomb)).toContain("Verweise");
  });
});
