import { describe, expect, it } from "vitest";
import type { Evidence } from "../../../core/subscriber/consent.ts";
import { consentPage } from "../../../core/subscriber/consent-page.ts";
import { aPublication } from "../../people-and-papers.ts";

const key = "a".repeat(22);
const common = { publication: "elblandbote" } as const;
const evidence: Evidence[] = [
  { ...common, kind: "withdrawn", at: "2027-02-01T10:00:00.000Z", language: "de", form: "one-click" },
  {
    ...{ ...common, kind: "confirmed", at: "2026-11-23T08:05:00.000Z", requestedAt: "2026-11-23T08:00:00.000Z" },
    ...{ wording: "0123456789abcdef", mail: "mail-1", mailAcceptedAt: "2026-11-23T08:00:02.000Z" },
  } as Evidence,
  {
    ...{ ...common, kind: "requested", at: "2026-11-23T08:00:00.000Z", wording: "0123456789abcdef", language: "de" },
    form: "https://blatt.example/bestellen/",
  } as Evidence,
];
const pageOf = (filed: readonly Evidence[], language: "de" | "en" = "de") =>
  consentPage(
    {
      ...{ address: "almut@stadt.example", addressKey: key, publications: [aPublication()], evidence: filed },
      ...{ wordings: { "0123456789abcdef": "Ja, ich möchte den ELBLANDboten." }, erasedAt: undefined },
      now: new Date("2027-03-01T09:00:00Z"),
    },
    language,
  );
const facts = (entry: number, filed = evidence) =>
  Object.fromEntries(
    pageOf(filed).publications[0]?.entries[entry]?.facts.map(({ label, value }) => [label, value]) ?? [],
  );

describe("the page an authority would ask for", () => {
  it("names who took somebody in, beside the id that is filed, as long as they are known", () => {
    const at = "2026-11-23T08:00:00.000Z";
    const filed = [
      { ...common, kind: "import", at, language: "de", form: "import", source: "Karten", by: "p-1" } as Evidence,
    ];
    const people = [
      { publication: "waldbote", id: "p-1", name: "Wanda" },
      { publication: "elblandbote", id: "p-1", name: "Henrike Fährmann" },
    ];
    const by = (known: typeof people) =>
      JSON.stringify(
        consentPage(
          {
            ...{ address: "", addressKey: key, publications: [aPublication()], evidence: filed, people: known },
            ...{ wordings: {}, erasedAt: undefined, now: new Date(at) },
          },
          "de",
        ).publications,
      );
    expect(by(people)).toContain('"Henrike Fährmann (p-1)"');
    expect(by([])).toContain('"p-1"');
  });

  it("tells in the order it happened what was asked, confirmed and withdrawn", () => {
    const [publication] = pageOf(evidence).publications;
    expect(publication?.title).toMatch(/^ELBLANDbote – /);
    expect(publication?.entries.map(({ what }) => what)).toEqual(["Angefragt", "Bestätigt", "Widerrufen"]);
  });

  it("shows the very words, where they were read, the times and the mail", () => {
    expect(facts(0)).toEqual({
      ...{ Zeit: "2026-11-23 09:00:00 (2026-11-23T08:00:00.000Z)", Sprache: "de" },
      ...{ Wortlaut: "Ja, ich möchte den ELBLANDboten.", "Prüfsumme des Wortlauts": "0123456789abcdef" },
      Formular: "https://blatt.example/bestellen/",
    });
    expect(facts(1)).toMatchObject({
      ...{ "Angefragt am": "2026-11-23 09:00:00 (2026-11-23T08:00:00.000Z)", Bestätigungsmail: "mail-1" },
      "Mail angenommen am": "2026-11-23 09:00:02 (2026-11-23T08:00:02.000Z)",
    });
    expect(facts(2)).toMatchObject({ Weg: "Abmelden mit einem Klick im Mailprogramm" });
  });

  it("leaves nothing out that is filed, though nobody here knows what it means", () => {
    const later = { ...common, kind: "postal", at: "2028-01-01", card: "4711", wording: "ffff" } as unknown as Evidence;
    const listed = {
      ...{
        ...common,
        kind: "import",
        at: "2026-11-23T08:00:00.000Z",
        source: "Karten",
        by: "operator",
        language: "de",
      },
      ...{ form: "import", listed: { confirmedAt: "2021-03-04 10:00:00" } },
    } as unknown as Evidence;
    expect(pageOf([later]).publications[0]?.entries[0]?.what).toBe("postal");
    expect(facts(0, [later])).toEqual({ Zeit: expect.any(String), "Prüfsumme des Wortlauts": "ffff", card: "4711" });
    expect(facts(0, [listed])).toMatchObject({
      "Angaben der Liste": "confirmedAt: 2021-03-04 10:00:00",
      "Übernommen von": "Kurier (Kommandozeile) (operator)",
    });
    expect(pageOf([{ ...later, publication: "fort" }]).publications[0]?.title).toBe("fort");
  });

  it("speaks English too", () => {
    expect(pageOf(evidence, "en").publications[0]?.entries.map(({ what }) => what)).toEqual([
      ...["Requested", "Confirmed", "Withdrawn"],
    ]);
  });
});
