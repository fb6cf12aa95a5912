import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { localCloud } from "../../local/cloud/local-cloud.ts";
import { publicPage, sendSpring } from "../functions/a-public-issue.ts";
import { someReaders } from "../functions/an-issue-to-send.ts";
import { aPdf } from "../papers-to-take.ts";
import { kurier } from "./paper-desk.ts";

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "kurier-amend-"));
  await inFolder((cloud) => sendSpring(cloud as never, { readers: someReaders(2) }));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function inFolder<T>(work: (cloud: ReturnType<typeof localCloud>) => Promise<T>): Promise<T> {
  const cloud = localCloud({ folder, isDurable: false });
  try {
    return await work(cloud);
  } finally {
    cloud.close();
  }
}
const issues = (...args: string[]) => kurier("issues", ...args, "--data", folder, "--lang", "de");
const page = (path: string) => inFolder((cloud) => publicPage(cloud, `ausgaben/2026-01/${path}`));
const windPage = "wind-ueber-dem-deich/index.html";

describe("an issue that is public, at the command line", () => {
  it("is corrected, and the mail that says so is drafted as an issue of its own", async () => {
    const done = await issues("correct", "1/2026", "wind", "--text", "Die Pacht steigt erst 2027.");
    expect(done).toMatchObject({ code: 0, err: "" });
    expect(done.out).toBe("Die Korrektur steht unter „Wind über dem Deich“ in Ausgabe 01|26.\n");
    expect(await page(windPage)).toContain("Die Pacht steigt erst 2027.");
    expect((await issues("erratum", "2026-01")).out).toBe(
      "01|26 E1 ist entworfen. Weiter: npx kurier issues build 2026-01-e1\n",
    );
    expect((await issues("build", "2026-01-e1")).code).toBe(0);
    expect((await issues("show", "2026-01-e1")).out).toContain("korrektur-2026-01-1");
  });

  it("loses an article after a yes, and shows it again", async () => {
    expect((await issues("withdraw", "2026-01", "wind", "--text", "Ein Irrtum.")).code).not.toBe(0);
    const done = await issues("withdraw", "2026-01", "wind", "--text", "Ein Irrtum.", "--yes");
    expect(done.out).toBe("„Wind über dem Deich“ ist aus Ausgabe 01|26 zurückgezogen.\n");
    expect(await page(windPage)).toContain("Ein Irrtum.");
    expect((await issues("bring-back", "2026-01", "wind")).code).toBe(0);
    expect(await page(windPage)).not.toContain("Ein Irrtum.");
  });

  it("offers the printed issue to take along", async () => {
    const file = join(folder, "Heft 01.pdf");
    writeFileSync(file, aPdf());
    expect((await issues("attach", "2026-01", file, "--label", "Das gedruckte Heft")).code).toBe(0);
    expect(await page("index.html")).toContain("heft-01.pdf");
  });
});
