import { parse } from "csv-parse/sync";
import { describe, expect, it } from "vitest";
import { csvIn } from "../../core/csv.ts";

describe("a list for office programs", () => {
  it("parts German cells by semicolon and English ones by comma, says that it is UTF-8 and ends its lines as they expect", () => {
    expect(csvIn("de", ["Adresse", "Name"]).head).toBe("\uFEFFAdresse;Name\r\n");
    expect(csvIn("en", ["address", "name"]).head).toBe("\uFEFFaddress,name\r\n");
  });

  it.each(["=HYPERLINK(1)", "+49 351", "-5", "@SUMME(A1)", "  =1", "\t=1", "＝1"])(
    "lets no cell be run as a formula: %j",
    (cell) => {
      expect(csvIn("en", []).line([cell])).toMatch(/^"?'/);
    },
  );

  it("keeps what is written: quotation marks, separators, line breaks, nothing at all", () => {
    const cells = ['Mühlbach; "Jördis"', "eins\nzwei", "a,b", "", "plain"];
    for (const language of ["de", "en"] as const) {
      const [read] = parse(csvIn(language, []).line(cells), { delimiter: language === "de" ? ";" : "," }) as string[][];
      expect(read).toEqual(cells);
    }
    expect(csvIn("de", []).line([null, 3])).toBe(";3\r\n");
  });
});
