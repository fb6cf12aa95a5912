import { describe, expect, it } from "vitest";
import {
  type Filter,
  type Listed,
  lackSentence,
  soughtBy,
  standsAsSought,
  stateShown,
} from "../../../core/desk/library.ts";
import { closedIssue, standingsIn } from "../../../core/desk/standing.ts";
import type { Issue } from "../../../core/issue/issue.ts";
import { anIssue } from "../../people-and-papers.ts";

const issue = (number: number, status: Issue["status"], ...articles: string[]): Issue =>
  ({ ...anIssue({ number, sections: [{ name: "Orte", articles }] }), v: 1, version: 1, status }) as Issue;
const listed = (id: string, given: Partial<Listed> = {}): Listed => ({
  ...{ id, title: id, kind: "report", authors: [], changedAt: "2026-03-01T08:00:00.000Z" },
  ...given,
});
const everything: Filter = { state: "", kind: "", section: "", author: "", text: "", isLacking: false };

describe("where an article stands", () => {
  it.each([
    ["free", "frei", []],
    ["planned", "in Ausgabe 02|26", [issue(2, "draft", "steg"), issue(1, "built", "steg")]],
    ["published", "erschienen in 01|26", [issue(2, "draft", "steg"), issue(1, "sent", "steg")]],
    ["free", "frei", [issue(2, "cancelled", "steg"), issue(1, "sent", "deich")]],
  ] as const)("is %s: %s", (standing, label, issues) => {
    const stands = standingsIn(issues).get("steg");
    expect([stands?.standing ?? "free", stateShown(stands, "de").label]).toEqual([standing, label]);
  });

  it("is withdrawn where a sentence stands in its place, until a later issue prints it", () => {
    const withdrawn = new Map([["2026-01", new Set(["steg"])]]);
    const standing = (...issues: Issue[]) => standingsIn(issues, withdrawn).get("steg")?.standing;
    expect(standing(issue(1, "sent", "steg"))).toBe("withdrawn");
    expect(standing(issue(1, "sent", "steg"), issue(2, "draft", "steg"))).toBe("withdrawn");
    expect(standing(issue(1, "sent", "steg"), issue(2, "sent", "steg"))).toBe("published");
  });

  it.each([
    ["draft", false],
    ["built", false],
    ["approved", true],
    ["scheduled", true],
    ["sending", true],
    ["paused", true],
    ["sent", true],
    ["cancelled", false],
  ] as const)("is closed to its author when its issue is %s: %s", (status, isClosed) => {
    expect(closedIssue("steg", [issue(1, status, "steg")]) !== undefined).toBe(isClosed);
    expect(closedIssue("deich", [issue(1, status, "steg")])).toBeUndefined();
  });
});

describe("the library's search", () => {
  const all = [
    listed("neu", { kicker: "Über Brücken", lacks: { alt: 2 } }),
    listed("alt", { authors: ["Thomas Śěrak", "Hanka Młynkowa"] }),
  ];
  const stands = standingsIn([issue(1, "draft", "neu")]);
  const found = (asked: Partial<Filter>) => {
    const filter = { ...everything, ...asked };
    return all
      .filter((one) => soughtBy(filter)(one) && standsAsSought(one.id, stands.get(one.id), filter))
      .map(({ id }) => id);
  };

  it.each([
    [{}, ["neu", "alt"]],
    [{ section: "Orte" }, ["neu"]],
    [{ section: "Orte", state: "free" }, []],
    [{ author: "serak" }, ["alt"]],
    [{ author: "mlynkowa" }, ["alt"]],
    [{ text: "uber brucken" }, ["neu"]],
    [{ text: "Ueber Bruecken" }, ["neu"]],
    [{ text: "SERAK alt" }, ["alt"]],
    [{ text: "serak neu" }, []],
    [{ text: " Śěrak-alt_ " }, ["alt"]],
    [{ author: "thomas-serak" }, ["alt"]],
    [{ isLacking: true }, ["neu"]],
    [{ state: "free" }, ["alt"]],
    [{ kind: "notice" }, []],
  ] as const)("for %j finds %j", (filter, ids) => {
    expect(found(filter)).toEqual(ids);
  });

  it("says what is lacking in one sentence, and nothing where nothing is", () => {
    expect(lackSentence({ alt: 2, credit: 1 }, "de")).toBe("Es fehlt noch: Alternativtext (2), Bildnachweis");
    expect([lackSentence({}, "de"), lackSentence(undefined, "de")]).toEqual(["", ""]);
  });
});
