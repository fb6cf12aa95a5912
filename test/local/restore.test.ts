import { copyFile, cp, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { kurier, layOut, papers } from "./paper-desk.ts";

/** The drill of the runbook, typed at the command line. */

let desk: string;
beforeEach(async () => {
  vi.spyOn(console, "error").mockImplementation(() => {});
  desk = await layOut(await mkdtemp(join(tmpdir(), "kurier-restore-")), papers);
});
afterEach(() => rm(desk, { recursive: true, force: true }));

const paper = (name: string): string => join(desk, name);
const type = (data: string, ...words: readonly string[]) => kurier(...words, "--lang", "de", "--data", paper(data));
const asJson = async (data: string, ...words: readonly string[]) =>
  JSON.parse((await type(data, ...words, "--json")).out);
const lettersIn = async (data: string): Promise<number> =>
  (await readdir(join(paper(data), "outbox", "editions")).catch(() => [])).length;

/** Two readers and an approved issue. */
async function approved(): Promise<void> {
  await type("data", "publications", "found", paper("publication.yaml"));
  await type("data", "articles", "submit", paper("articles/markt.md"));
  await type("data", "issues", "create", paper("issue.yaml"));
  await type("data", "issues", "build", "2026-03");
  await type("data", "issues", "approve", "2026-03");
  await type("data", "subscribers", "import", paper("readers.csv"), "--consent-source", "Bestellkarten 2025");
}
const schedule = (data: string) => type(data, "issues", "schedule", "2026-03", "--yes");

describe("npx kurier restore", () => {
  it("mails nobody from an older table that is put back, not even when somebody sends again", {
    timeout: 30_000,
  }, async () => {
    await approved();
    await copyFile(paper("data/table.db"), paper("older.db"));
    await schedule("data");
    expect(await lettersIn("data")).toBe(2);
    await copyFile(paper("older.db"), paper("data/table.db"));
    await schedule("data");
    expect(await lettersIn("data")).toBe(2);
    expect(await asJson("data", "issues", "show", "2026-03")).toMatchObject({ issue: { status: "scheduled" } });

    const unanswered = await type("data", "restore", "--json");
    expect([unanswered.code, JSON.parse(unanswered.out).refusals[0].code]).toEqual([2, "nobody-to-ask"]);
    const { code, out } = await type("data", "restore", "--yes");
    expect([code, out.split("\n")[1]]).toEqual([0, "Ausgabe 2026-03 von auenblatt: 2 angenommen, 0 ungeklärt."]);
    expect(out).toContain("Diese Daten sind in Betrieb");
    expect(await asJson("data", "issues", "show", "2026-03")).toMatchObject({ issue: { status: "sent", open: 0 } });
    expect(await lettersIn("data")).toBe(2);
  });

  it("puts a copied folder into service, and says what it did as data", { timeout: 30_000 }, async () => {
    await approved();
    await cp(paper("data"), paper("copy"), { recursive: true });
    const scheduled = await schedule("copy");
    expect(await lettersIn("copy")).toBe(0);
    expect(scheduled.out).toContain("kein Brief verlässt ihn, bis Sie npx kurier restore aufgerufen haben.");
    expect((await type("copy", "doctor")).out).toMatch(/✗ .* Nächster Schritt: npx kurier restore\n/);
    expect(await asJson("copy", "issues", "status", "2026-03")).toMatchObject({ isFenced: true });
    const report = await asJson("copy", "restore", "--yes");
    expect(report).toMatchObject({
      ...{ isFenced: false, found: { entries: { begun: 0, left: 0 }, issues: [] } },
      restored: { closed: [], told: { left: 0 } },
    });
    expect(report.found.overdue).toEqual([{ publication: "auenblatt", issue: "2026-03" }]);
    expect(await asJson("copy", "issues", "show", "2026-03")).toMatchObject({ issue: { status: "approved" } });
    await schedule("copy");
    expect(await lettersIn("copy")).toBe(2);
    expect(await asJson("copy", "issues", "status", "2026-03")).not.toHaveProperty("isFenced");
  });

  it("does nothing where there is nothing to restore, and asks nobody", async () => {
    await type("data", "publications", "found", paper("publication.yaml"));
    const { code, out } = await type("data", "restore");
    expect([code, out]).toEqual([
      0,
      "Hier gibt es nichts wiederherzustellen: Mit diesen Daten wurde zuletzt versendet.\n",
    ]);
  });
});
