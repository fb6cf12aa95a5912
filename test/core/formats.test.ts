import { expect, test } from "vitest";
import { dateFormat, numberFormat } from "../../core/formats.ts";

test("a format is made once, and none stands in for one of another place, language or length", () => {
  const at = new Date("2026-02-01T23:30:00Z");
  const hour = (locale: string, timeZone: string) => dateFormat(locale, { timeZone, timeStyle: "short" }).format(at);
  expect(dateFormat("de-DE", { timeZone: "UTC" })).toBe(dateFormat("de-DE", { timeZone: "UTC" }));
  expect(hour("de-DE", "Europe/Berlin")).toBe("00:30");
  expect(hour("de-DE", "UTC")).toBe("23:30");
  expect(dateFormat("de-DE", { timeZone: "UTC", dateStyle: "long" }).format(at)).toBe("1. Februar 2026");
  expect(dateFormat("en-GB", { timeZone: "UTC", dateStyle: "long" }).format(at)).toBe("1 February 2026");
  expect(numberFormat("de-DE").format(12_400.5)).toBe("12.400,5");
  expect(numberFormat("de-DE", { maximumFractionDigits: 0 }).format(12_400.2)).toBe("12.400");
  expect(numberFormat("en-GB").format(12_400)).toBe("12,400");
});

test("what is no time zone is refused every time", () => {
  for (const _ of [1, 2]) expect(() => dateFormat("de", { timeZone: "Elbe/Meißen" })).toThrow(RangeError);
});
