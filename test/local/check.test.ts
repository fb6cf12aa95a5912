import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { kurier, layOut, papers } from "./paper-desk.ts";

let desk: string;
let at: string[];
beforeEach(async () => {
  desk = await mkdtemp(join(tmpdir(), "kurier-check-"));
  at = ["--lang", "de", "--data", join(desk, "data")];
});
afterEach(() => rm(desk, { recursive: true, force: true }));

async function laidOut(article: string): Promise<void> {
  await layOut(desk, { ...papers, "articles/markt.md": article });
  await kurier("publications", "found", join(desk, "publication.yaml"), ...at);
  await kurier("articles", "submit", join(desk, "articles/markt.md"), ...at);
  await kurier("issues", "create", join(desk, "issue.yaml"), ...at);
}
const check = (...more: readonly string[]) => kurier("issues", "check", "3/2026", "--no-links", ...more, ...at);

describe("npx kurier issues check", () => {
  it("says by place what is worth a look, and that nothing is red", async () => {
    await laidOut(papers["articles/markt.md"]);
    const { code, out } = await check();
    expect(code).toBe(0);
    expect(out).toContain("Ausgabe 03|26: 0 rot, ");
    expect(out).toContain("Beitrag markt\n  · Bei Gülşen Yıldız fehlt die Funktion.");
    expect(out).toContain("[articles/markt#authors]");
    expect(out).toContain("Links wurden nicht aufgerufen.");
    expect(out).toMatch(/Mail: \d+\.\d{3} von höchstens 90\.000 Byte\./);
    expect(out).toMatch(/T-Online \(Web\): .* zu \d+ gibt es keine Daten/);
  });

  it("ends with 2 where anything is red, and gives scripts places, addresses and sentences", async () => {
    await laidOut(`---\ntitel: Der Markt zieht um\n---\n\nTODO: Zahl prüfen. [Plan](http://10.0.0.3/plan.pdf)\n`);
    const { code, out } = await check("--json");
    const { findings, issue } = JSON.parse(out);
    const red = findings.filter(({ colour }: { colour: string }) => colour === "red");
    expect([code, issue, red.map(({ code }: { code: string }) => code)]).toEqual([
      ...[2, "2026-03", ["unfilled-place", "link-inward"]],
    ]);
    expect(red[1]).toMatchObject({
      address: "articles/markt/words?check=2026-03&block=1&words=http%3A%2F%2F10.0.0.3%2Fplan.pdf#place",
      place: { in: "article", block: 1 },
    });
    expect(red[1].sentence).toContain("http://10.0.0.3/plan.pdf führt auf einen Rechner");
    expect((await check()).out).toContain("Die Mail lässt sich noch nicht setzen");
  });

  it("refuses an issue nobody planned", async () => {
    await laidOut(papers["articles/markt.md"]);
    const { code, out } = await kurier("issues", "check", "9/2026", "--json", ...at);
    expect([code, JSON.parse(out).refusals[0].code]).toEqual([2, "no-issue"]);
  });
});
