import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { savePublication } from "../../functions/records/publications.ts";
import { leave } from "../../functions/records/subscribers.ts";
import { localCloud } from "../../local/cloud/local-cloud.ts";
import { keyOf } from "../functions/an-issue-to-send.ts";
import { aPublication } from "../people-and-papers.ts";
import { kurier } from "./paper-desk.ts";

let folder: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "kurier-lists-"));
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
const file = (name: string): string => join(folder, name);
const take = (list: string, ...more: string[]) => {
  writeFileSync(file("liste.csv"), list);
  return subscribers("import", file("liste.csv"), "--consent-source", "Bestellkarten", ...more);
};
const rows = () => inFolder(async (cloud) => JSON.stringify((await listed()) satisfies unknown) + (await acts(cloud)));
const listed = async () =>
  JSON.parse((await subscribers("list", "--json")).out) as { address?: string; state: string }[];
const acts = async (cloud: ReturnType<typeof localCloud>) =>
  JSON.stringify((await cloud.table.query({ pk: "acts#elblandbote", limit: 50 })).items);

const mixed = [
  "email;name;sprache;status",
  "ada@example.org;Ada Kühn;de;enabled",
  "bela@example.org;Béla;en;enabled",
  "ADA@example.org;Ada;de;enabled",
  "carla@example.org;Carla;de;unsubscribed",
  "info@stadt.example;;de;enabled",
  "dora@gmial.com;Dora;de;enabled",
  "abuse@stadt.example;;de;enabled",
  "kein-at;;de;enabled",
].join("\n");

describe("subscribers import", () => {
  it("tries a list dry: counts and the first problems by line, and nothing is written", async () => {
    const before = await rows();
    const { code, out, err } = await take(mixed, "--dry-run");
    expect([code, err]).toEqual([0, ""]);
    expect(out.split("\n")).toEqual([
      "Probelauf, nichts ist geschrieben. Neu kämen dazu: 4. Schon da: 0. Gesperrt und deshalb ausgelassen: 0.",
      "  Zeilen, die niemanden bringen: 2",
      "  dort abbestellt, nicht aufgenommen: 1",
      "  doppelt: 1",
      "  Postfächer von Stellen, aufgenommen: 1",
      "  vielleicht vertippt, aufgenommen: 1",
      expect.stringContaining("Zeile 8 bringt niemanden: „abuse@“"),
      expect.stringContaining("Zeile 9 bringt niemanden: Eine E-Mail-Adresse hat genau ein @-Zeichen."),
      expect.stringContaining("Zeile 4: Diese Adresse steht schon in Zeile 2"),
      expect.stringContaining("Zeile 6: info@ ist das Postfach einer Stelle"),
      expect.stringContaining("Zeile 7: Hier steht gmial.com. War gmail.com gemeint?"),
      "",
    ]);
    expect(await rows()).toBe(before);
  });

  it("then takes in exactly whom it promised, and running it again changes nothing", async () => {
    const dry = JSON.parse((await take(mixed, "--dry-run", "--json")).out);
    const done = JSON.parse((await take(mixed, "--json")).out);
    expect({ ...done, isDryRun: true }).toEqual(dry);
    expect(done).toMatchObject({
      added: 4,
      known: 0,
      refused: { "listed-left": 1, "address-machine": 1, "address-at": 1 },
    });
    const before = await rows();
    const { out } = await take(mixed);
    expect(out).toMatch(/^Neu aufgenommen: 0\. Schon da: 4\. Gesperrt und deshalb ausgelassen: 0\.\n/);
    expect(await rows()).toBe(before);
  });

  it("keeps the topics a reader chose, as far as this publication has them", async () => {
    const topics = [{ id: "bauen", title: "Bauen und Planen" }];
    await inFolder((cloud) => savePublication(cloud, aPublication({ topics })));
    await take("email;themen;format\nada@example.org;bauen kita;text\nbela@example.org;kita;\n");
    const all = (await listed()) as { address?: string; topics?: string[]; format?: string }[];
    expect(all.map(({ address, topics, format }) => [address, topics, format]).sort()).toEqual([
      ["ada@example.org", ["bauen"], "text"],
      ["bela@example.org", [], "html"],
    ]);
    expect((await subscribers("list", "--topic", "bauen")).out).toMatch(/ada@.*\n\n1 bestätigt\n$/);
  });

  it("tells how far it is where nobody sees a bar", async () => {
    const long = Array.from({ length: 100_000 }, () => "x");
    expect((await take(`email\n${long.join("\n")}\n`)).out).toMatch(/^100000 Zeilen gelesen …\n/);
  });

  it.each([
    [["import", "gibt-es-nicht.csv"], /gibt es nicht/],
    [["import", "."], /ist ein Ordner/],
    [["export", "--state", "müde"], /Den Zustand müde gibt es nicht/],
    [["list", "--since", "gestern"], /„gestern“ ist kein Tag/],
  ] as const)("says what is wrong with %j", async (args, sentence) => {
    const { code, err } = await subscribers(...args);
    expect([code, err]).toEqual([2, expect.stringMatching(sentence)]);
  });
});

describe("subscribers export", () => {
  it("writes a list that changes nothing when it is taken in again", async () => {
    await take(mixed);
    await inFolder(async (cloud) => leave(cloud, "elblandbote", await keyOf(cloud, "bela@example.org")));
    const { out } = await subscribers("export", "--out", file("export.csv"));
    expect(out).toMatch(/^3 Leserinnen und Leser stehen in /);
    const text = readFileSync(file("export.csv"), "utf8");
    expect(text).toContain("ada@example.org;Ada Kühn;de;bestätigt;;html;;;");
    expect(text).not.toContain("bela");
    const before = await rows();
    const again = await subscribers("import", file("export.csv"), "--consent-source", "Umzug", "--json");
    expect(JSON.parse(again.out)).toMatchObject({ added: 0, known: 3, refused: {} });
    expect(await rows()).toBe(before);
  });

  it("prints without --out, chooses by state, and writes over no file", async () => {
    await take(mixed);
    expect((await subscribers("export", "--state", "bestätigt")).out).toContain("ada@example.org");
    expect((await subscribers("export", "--state", "pending")).out).not.toContain("ada@example.org");
    expect(JSON.parse((await subscribers("export", "--json")).out)).toHaveLength(4);
    writeFileSync(file("da.csv"), "mein");
    const { code, err } = await subscribers("export", "--out", file("da.csv"));
    expect([code, err]).toEqual([2, expect.stringContaining("gibt es schon")]);
    expect(readFileSync(file("da.csv"), "utf8")).toBe("mein");
  });
});

describe("subscribers list", () => {
  it("shows who is wanted, and counts them at the end", async () => {
    await take(mixed);
    await inFolder(async (cloud) => leave(cloud, "elblandbote", await keyOf(cloud, "bela@example.org")));
    const { out } = await subscribers("list");
    expect(out).toMatch(/bestätigt +\d{4}-\d\d-\d\d \d\d:\d\d:\d\d +ada@example\.org +Ada Kühn\n/);
    expect(out).toMatch(/\n3 bestätigt, 1 abbestellt\n$/);
    const shown = async (...args: string[]) =>
      (JSON.parse((await subscribers("list", "--json", ...args)).out) as { address?: string }[])
        .map(({ address }) => address ?? "–")
        .sort();
    expect(await shown("--domain", "example.org")).toEqual(["ada@example.org"]);
    expect(await shown("--state", "unsubscribed")).toEqual(["–"]);
    expect(await shown("--since", "2999-01-01")).toEqual([]);
    expect(await shown("--since", "2020-01-01", "--state", "confirmed")).toHaveLength(3);
    expect(await shown("--topic", "bauen")).toEqual([]);
  });
});
