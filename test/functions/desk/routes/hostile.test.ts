import { beforeEach, describe, expect, it, vi } from "vitest";
import { theArticle } from "../an-article.ts";
import { type ADesk, aDesk, type Visitor } from "./a-desk.ts";

let house: ADesk;
let anybody: Visitor;
const faults = vi.fn();
beforeEach(async () => {
  for (const way of ["info", "warn"] as const) vi.spyOn(console, way).mockImplementation(() => {});
  vi.spyOn(console, "error").mockImplementation(faults);
  faults.mockClear();
  house = await aDesk();
  await theArticle(house.cloud);
  anybody = await house.as("author", "editor", "publisher", "admin");
});

describe("an address somebody made up", () => {
  it.each([
    ["past its end", "~"],
    ["of another shape", "{}"],
    ["of another table", "issue#~~"],
    ["without a letter", "\u0000"],
    ["of endless length", `2026${"x".repeat(3000)}`],
  ])("begins a list at its beginning, and is no fault of ours: one %s", async (_, after) => {
    for (const list of ["/issues", "/suppressions"])
      expect((await anybody.get(`${list}?${new URLSearchParams({ after })}`)).status).toBe(200);
    expect(faults).not.toHaveBeenCalled();
  });

  it.each(["a%0d%0aSet-Cookie:x=1", "%00", "2026-99", "..%2f2026-01"])(
    "leads to no file of issue %s",
    async (issue) => {
      expect((await anybody.post(`/issues/${issue}/corrections/downloads`)).status).toBe(422);
      expect(faults).not.toHaveBeenCalled();
    },
  );
});

describe("a number somebody made up", () => {
  it.each(["1e999", "NaN", "-1", "0.5", "x"])("is one nobody was shown: %s", async (revision) => {
    const typed = { revision, version: revision, markdown: "Er steht seit Juni." };
    for (const way of ["words", "draft"])
      expect((await anybody.post(`/articles/steg/${way}`, typed)).status).toBeLessThan(500);
    expect(faults).not.toHaveBeenCalled();
  });
});
