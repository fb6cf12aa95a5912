import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { savePublication } from "../../functions/records/publications.ts";
import { localCloud } from "../../local/cloud/local-cloud.ts";
import { aPublication } from "../people-and-papers.ts";
import { kurier } from "./paper-desk.ts";

let folder: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "kurier-suppress-"));
  await inFolder((cloud) => savePublication(cloud, aPublication()));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function inFolder<T>(work: (cloud: ReturnType<typeof localCloud>) => Promise<T>): Promise<T> {
  const cloud = localCloud({ folder, isDurable: false });
  try {
    return await work(cloud);
  } finally {
    cloud.close();
  }
}
const subscribers = (...args: string[]) => kurier("subscribers", ...args, "--data", folder, "--lang", "de");
const address = "Ada@Example.org";
const acts = () =>
  inFolder(async ({ table }) => (await table.query({ pk: "acts#elblandbote", limit: 20 })).items.map(({ act }) => act));

describe("subscribers suppress", () => {
  it("never writes to the address again, and says so once more when asked again", async () => {
    const first = await subscribers("suppress", address, "--yes");
    expect(first).toMatchObject({ code: 0, err: "" });
    expect(first.out).toBe("ada@example.org ist gesperrt: die Adresse gibt es nicht mehr.\n");
    const again = await subscribers("suppress", "ada@example.org", "--reason", "asked", "--yes");
    expect(again.out).toMatch(/^ada@example\.org war schon gesperrt, seit .+: die Adresse gibt es nicht mehr\.\n$/);
    const imported = await subscribers("list");
    expect(imported.out).not.toContain("ada@");
    expect(await acts()).toEqual(["suppress"]);
  });

  it("keeps the journal, and no address in it or among the acts", async () => {
    await subscribers("suppress", address, "--reason", "asked", "--yes");
    await inFolder(async ({ files, table }) => {
      const [entry] = await files.list("journal/");
      const text = new TextDecoder().decode((await files.read(entry?.key ?? ""))?.body);
      expect(JSON.parse(text)).toMatchObject({ kind: "suppressed", reason: "asked" });
      const { items } = await table.query({ pk: "acts#elblandbote", limit: 20 });
      expect(`${text}${JSON.stringify(items)}`.toLowerCase()).not.toContain("ada@");
    });
  });

  it("asks first, and does nothing where nobody can answer", async () => {
    const answer = await subscribers("suppress", address);
    expect(answer.code).toBe(2);
    expect(answer.err).toContain("--yes");
    expect(await acts()).toEqual([]);
  });

  it("is lifted by unsuppress, and only where there is something to lift", async () => {
    await subscribers("suppress", address, "--yes");
    const lifted = await subscribers("unsuppress", address, "--yes");
    expect(lifted.out).toMatch(/^ada@example\.org ist nicht mehr gesperrt\./);
    const again = await subscribers("unsuppress", address, "--yes");
    expect([again.code, again.err]).toEqual([
      2,
      "Diese Adresse ist nicht gesperrt. Bitte prüfen Sie die Schreibweise.\n",
    ]);
    expect(await acts()).toEqual(["suppress", "unsuppress"]);
  });

  it.each([
    [["suppress", "keine adresse", "--yes"], /Leerzeichen|@-Zeichen/],
    [["suppress", address, "--reason", "lästig", "--yes"], /„lästig“ ist kein Grund.*bounced, complained, asked/],
  ] as const)("says what is wrong with %j", async (args, sentence) => {
    const { code, err } = await subscribers(...args);
    expect(code).toBe(2);
    expect(err).toMatch(sentence);
  });
});
