import { describe, expect, it } from "vitest";
import { type Act, actLines } from "../../../core/desk/acts.ts";

const place = {
  publication: "blatt",
  timeZone: "Europe/Berlin",
  language: "de" as const,
  people: [{ id: "henrike", name: "Henrike Fährmann" }],
};
const told = (act: string, details: Record<string, unknown>, by = "henrike") => {
  const done: Act = { at: "2026-11-30T21:20:00Z", by, act, kind: "issue", id: "2026-01", details };
  return actLines([done], place)[0]?.sentence;
};

describe("acts as the desk tells them", () => {
  it("tell a withdrawal from its opposite", () => {
    expect(told("withdraw", { article: "dach" })).toBe("Henrike Fährmann hat einen Beitrag von den Seiten genommen");
    expect(told("withdraw", { article: "dach", isBack: true })).toBe(
      "Henrike Fährmann hat einen Beitrag wieder auf die Seiten genommen",
    );
  });

  it("tell a correction from a file that was offered or taken away", () => {
    expect(told("correct", { article: "dach" })).toBe("Henrike Fährmann hat einen erschienenen Beitrag berichtigt");
    expect(told("correct", { file: "heft.pdf" })).toBe("Henrike Fährmann hat eine Datei zum Mitnehmen angeboten");
    expect(told("correct", { file: "heft.pdf", isGone: true })).toBe(
      "Henrike Fährmann hat eine Datei zum Mitnehmen weggenommen",
    );
  });

  it("name Kurier where it read what was handed in, and tell what became of it", () => {
    const read = (state: string) => told("ingest", { state }, "kurier");
    expect(read("ingested")).toBe("Kurier hat eine Einreichung übernommen");
    expect(read("waiting")).toBe("Kurier hat eine Einreichung gelesen, zu der noch etwas fehlt");
    expect(read("refused")).toBe("Kurier hat eine Einreichung gelesen und konnte sie nicht übernehmen");
  });

  it("name nobody by the number of a link", () => {
    expect(told("answer-review", {}, "review-bd7e050f1d3dbb73")).toBe(
      "Jemand mit persönlichem Link hat auf eine Durchsicht geantwortet",
    );
  });
});
