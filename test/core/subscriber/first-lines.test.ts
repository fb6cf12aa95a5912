import { expect, it } from "vitest";
import { firstLines } from "../../../core/subscriber/first-lines.ts";

it("knows each of fifty thousand addresses again, and in which line it stood first", () => {
  const lines = firstLines();
  const all = Array.from({ length: 50_000 }, (_, number) => `leserin${number}@auenrode.example`);
  expect(all.every((address, index) => lines.seen(address, index + 2) === undefined)).toBe(true);
  expect(all.every((address, index) => lines.seen(address, 99) === index + 2)).toBe(true);
});
