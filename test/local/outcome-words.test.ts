import { describe, expect, it } from "vitest";
import { contentReason } from "../../core/delivery/feedback.ts";
import { without } from "../../core/delivery/outcome.ts";
import { reasonWords } from "../../core/delivery/outcome-words.ts";

describe("why a reader stands where they stand", () => {
  it("is in the reader's language, where the carrier gave no more than a code", () => {
    expect(reasonWords("de", without("rejected", contentReason))).toBe("der Inhalt wurde beanstandet");
    expect(reasonWords("en", without("complained", "abuse"))).toBe("reported as spam");
  });

  it("leaves the carrier's codes as they are", () => {
    const full = { ...without("bounced", "MailboxFull 4.2.2"), bounce: "soft" } as const;
    expect(reasonWords("de", full)).toBe("das Postfach nimmt gerade nichts an (MailboxFull 4.2.2)");
  });
});
