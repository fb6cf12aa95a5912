import { describe, expect, it } from "vitest";
import { csvIn } from "../../../core/csv.ts";
import { exportCells, exportHeadings } from "../../../core/subscriber/export.ts";
import { readName } from "../../../core/subscriber/name.ts";
import type { Confirmed } from "../../../core/subscriber/subscriber.ts";
import { languages } from "../../../core/words.ts";
import fc from "../../lots.ts";
import { readReaderList } from "../../reader-list.ts";

const almut: Confirmed = {
  ...{ v: 1, version: 1, publication: "elblandbote", addressKey: "a".repeat(22), language: "en" },
  ...{ address: "almut@stadt.example", name: "Almut Śěrak", topics: ["bauen", "kita"], format: "text" },
  ...{ pausedUntil: "2027-01-01T00:00:00.000Z", state: "confirmed", confirmedAt: "2026-11-23T08:00:00.000Z" },
  consentSource: "Bestellkarten 2025",
};
const exported = (reader: Confirmed, language: "de" | "en"): string => {
  const csv = csvIn(language, exportHeadings(language));
  return csv.head + csv.line(exportCells(reader, language));
};
const read = async (text: string) => (await readReaderList(Buffer.from(text), "de")).rows[0];

describe("an exported list", () => {
  it.each(languages)("is understood by the import, whole: %s", async (language) => {
    const { address, name, topics, format, pausedUntil, confirmedAt, consentSource } = almut;
    expect(await read(exported(almut, language))).toEqual({
      ...{ line: 2, address, name, topics, format, pausedUntil, language: "en" },
      listed: { source: consentSource, confirmedAt },
    });
  });

  it.each([
    "=almut@stadt.example",
    "+almut@stadt.example",
    "'+almut@stadt.example",
    "''=a@stadt.example",
    "'a@b.example",
  ])("runs no formula in an office program and comes back as it was: %s", async (address) => {
    const text = exported({ ...almut, address }, "de");
    expect(text.split("\r\n")[1]).toMatch(/^['\w]/);
    expect((await read(text))?.address).toBe(address);
  });

  it("brings every name back, whatever its signs", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "binary", maxLength: 40 }).map(readName), async (name) => {
        expect((await read(exported({ ...almut, name }, "de")))?.name).toBe(name);
      }),
      { numRuns: 200 },
    );
  });
});
