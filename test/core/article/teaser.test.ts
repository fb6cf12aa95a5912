import { describe, expect, it } from "vitest";
import type { Block } from "../../../core/article/article.ts";
import { shorten, teaserOf } from "../../../core/article/plain.ts";

const words = (text: string) => [{ type: "text" as const, text }];

describe("a teaser nobody wrote", () => {
  it("does not end in the middle of a date", () => {
    const opening = "Lange haben die Kinder im Ortsteil darauf gewartet, jetzt ist es so weit: Am Samstag, dem 14.";
    for (const space of [" ", "\u00a0"]) {
      const teaser = shorten(`${opening}${space}März 2026, hat die Bürgermeisterin den Spielplatz freigegeben.`, 110);
      expect(teaser).toMatch(/März 2026 …$/);
    }
  });

  it("is the first question of an interview that has no opening", () => {
    const turns = [{ question: words("Was hat Sie überrascht?"), speaker: "", answer: [] as Block[] }];
    expect(teaserOf({ teaser: "", lead: [], blocks: [{ type: "interview", turns }] })).toBe("Was hat Sie überrascht?");
  });
});
