import { describe, expect, it } from "vitest";
import { assume } from "../../local/proof-printing.ts";

const page = [
  "MÜGLNer Bote",
  "Organ des Heimatvereins Mügeln",
  "Ausgabe\n03|26",
  "Das Thema der Ausgabe",
  "Über den Fluß",
  "Ein Steg für alle",
  "Der alte Steg trägt wieder. Im März haben ihn vierzig Freiwillige neu belegt.",
].join("\n\n");

const folderWith = (body: Uint8Array) => ({
  publication: undefined,
  logo: undefined,
  plan: undefined,
  submissions: [{ id: "steg", files: [{ name: "steg.txt", body }] }],
  readers: undefined,
  downloads: [],
  notes: [],
});

describe("a proof printing", () => {
  it.each([
    ["UTF-8", Buffer.from(page, "utf8")],
    ["Latin-1", Buffer.from(page, "latin1")],
    ["UTF-16", Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(page, "utf16le")])],
  ])("is called as its text is, when an office saved it in %s", (_, body) => {
    const { publication, plan } = assume(folderWith(body), "http://127.0.0.1:4810", new Date("2026-03-02"));
    expect([publication.title, plan.number, plan.theme.title]).toEqual(["MÜGLNer Bote", 3, "Über den Fluß"]);
  });
});
