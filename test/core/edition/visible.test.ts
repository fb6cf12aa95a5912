import { describe, expect, it } from "vitest";
import { eachText, visible } from "../../../core/edition/visible.ts";

describe("a text on its way to a page", () => {
  const forbidden = [
    "\u0000",
    "\u0008",
    "\u000B",
    "\u001F",
    "\u007F",
    "\u009F",
    "\uFDD0",
    "\uFDEF",
    "\uFFFE",
    "\uFFFF",
  ];

  it.each([...forbidden, "\uD83D", "\uDE00"].map((sign) => [JSON.stringify(sign), sign] as const))(
    "shows that %s stood in it",
    (_, sign) => {
      expect(visible(`Am ${sign}Deich`)).toBe("Am \uFFFDDeich");
      expect(visible(`${sign}${sign}`)).toBe("\uFFFD\uFFFD");
    },
  );

  it.each(["Śěrak „am Deich“ – 9\u00A0Uhr", "Zeile\n\tund Zeile", "Hoch\u00ADwasser 😀", ""])(
    "stays what it is: %j",
    (text) => {
      expect(visible(text)).toBe(text);
    },
  );
});

describe("data on its way to a page", () => {
  const said = {
    title: "Deich",
    lines: [{ text: "hält", count: 2 }, "fest", null],
    own: JSON.parse('{"__proto__":"x"}'),
  };
  const loud = (text: string): string => text.replace("hält", "HÄLT").replace("own", "OWN");

  it("has each text in it changed, wherever it stands, and keys too", () => {
    expect(eachText(said, loud)).toEqual({
      ...{ title: "Deich", lines: [{ text: "HÄLT", count: 2 }, "fest", null] },
      OWN: JSON.parse('{"__proto__":"x"}'),
    });
    expect(said.lines[0]).toEqual({ text: "hält", count: 2 });
  });

  it("is the same data where nothing changes", () => {
    expect(eachText(said, (text) => text)).toBe(said);
  });
});
