import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { words } from "../../../../core/words.ts";
import { actRow } from "../../../../functions/records/acts.ts";
import { type ADesk, aDesk, german, publication, type Visitor } from "./a-desk.ts";

const functions = join(import.meta.dirname, "..", "..", "..", "..", "functions");
const sources = readdirSync(functions, { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".ts"))
  .map((path) => readFileSync(join(functions, path), "utf8"))
  .join("\n");
let house: ADesk;
let editor: Visitor;
beforeEach(async () => {
  house = await aDesk();
  editor = await house.as("editor");
});

const page = async (path: string) => (await editor.get(path, german)).text();
const lines = (html: string) =>
  [...html.matchAll(/<p class="main plain"><a[^>]*>([^<]*)<\/a>/g)].map(([, line]) => line);
const olderIn = (html: string) =>
  /<a href="([^"]+)" rel="next"/.exec(html)?.[1]?.replaceAll("&amp;", "&").replaceAll("&#x3D;", "=");

async function happened(count: number, by: string, issue: string): Promise<void> {
  for (let done = 0; done < count; done += 1) {
    house.cloud.clock.advance({ seconds: 1 });
    const thing = { publication, kind: "issue", id: issue } as const;
    await house.cloud.table.write([actRow(house.cloud.clock, { id: by, roles: ["editor"] }, "build", thing)]);
  }
}

describe("the acts", () => {
  it("are told in sentences, newest first, with the thing and the time of the publication's clock", async () => {
    await happened(1, "operator", "2026-01");
    await happened(1, editor.person.id, "2026-02");
    const html = await page("/acts");
    expect(lines(html)).toEqual([
      `${editor.person.name} hat eine Ausgabe gebaut`,
      "Kurier (Kommandozeile) hat eine Ausgabe gebaut",
    ]);
    expect(html).toContain("Ausgabe 02|26");
    expect(html).toContain("23. November 2026, 09:00 Uhr");
  });

  it("come page by page, each once, to the very first", async () => {
    await happened(120, editor.person.id, "2026-01");
    const first = await page("/acts");
    const second = await page((olderIn(first) ?? "").replace(`/${publication}`, ""));
    const third = await page((olderIn(second) ?? "").replace(`/${publication}`, ""));
    expect([first, second, third].map((html) => lines(html).length)).toEqual([50, 50, 20]);
    expect(olderIn(third)).toBeUndefined();
  });

  it("can be looked through by person and by thing, also where it is a long way back", async () => {
    await happened(1, "thomas", "2025-09");
    await happened(450, editor.person.id, "2026-01");
    expect(lines(await page("/acts?by=thomas"))).toEqual(["thomas hat eine Ausgabe gebaut"]);
    expect(lines(await page("/acts?kind=issue&id=2025-09"))).toHaveLength(1);
    expect(await page("/acts?kind=issue&id=2025-09")).toContain("Nur was dies betrifft: Ausgabe 09|25.");
    expect(await page("/acts?by=nobody")).toContain("Dazu ist nichts festgehalten.");
  });

  it("say how far they looked where hardly any fits, and go on from there", async () => {
    await happened(1, "thomas", "2025-09");
    await house.cloud.table.each(
      Array.from({ length: 2_300 }, (_, index) => {
        const put = { pk: `acts#${publication}`, sk: `2026-12-01T00:00:00.000Z#${String(index).padStart(5, "0")}` };
        return {
          put: {
            ...put,
            v: 1,
            at: "2026-12-01T00:00:00.000Z",
            by: "guelsen",
            act: "build",
            kind: "issue",
            id: "2026-01",
          },
        };
      }),
    );
    const first = await page("/acts?by=thomas");
    expect(first).toContain("Weiter hinten kann noch einer stehen.");
    expect(lines(await page((olderIn(first) ?? "").replace(`/${publication}`, "")))).toEqual([
      "thomas hat eine Ausgabe gebaut",
    ]);
  });

  it.each(["before=", "before=x", "before=0", "before=9999-99", "by=&kind=&id=", "kind=__proto__&id=constructor"])(
    "can be asked anything: %s",
    async (query) => {
      expect((await editor.get(`/acts?${query}`)).status).toBe(200);
    },
  );

  it("tell an act of another version of the code by its name", async () => {
    const put = { pk: `acts#${publication}`, sk: "2026-12-01T00:00:00.000Z#x", v: 1, at: "2026-12-01T00:00:00.000Z" };
    await house.cloud.table.write([
      { put: { ...put, by: "guelsen", act: "toString", kind: "poem", id: "p" }, if: "absent" },
    ]);
    expect(lines(await page("/acts"))).toEqual(["guelsen: toString"]);
  });

  it("have words for everything that is written down", () => {
    const written = [...sources.matchAll(/\bactRow\([^"()]*"([a-z-]+)"/g)].map(([, act]) => act ?? "");
    expect(new Set(written).size).toBeGreaterThan(20);
    expect(written.filter((act) => !Object.hasOwn(words("de").desk.acts.said, act))).toEqual([]);
    for (const language of ["de", "en"] as const)
      for (const sentence of Object.values(words(language).desk.acts.said)) expect(sentence).toContain("{who}");
  });
});
