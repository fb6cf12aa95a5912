import { describe, expect, it } from "vitest";
import { contentReason } from "../../core/delivery/feedback.ts";
import { without } from "../../core/delivery/outcome.ts";
import { reasonWords } from "../../core/delivery/outcome-words.ts";

describe("why a reader stands where they stand", () => {
  it("is in the reader's language, where the carrier gave no more than a code", () => {
    expect(reasonWords("de", without("rejected", contentReason))).toBe("der Inhalt wurde beanstandet");
    expect(reasonWords("en", without("complained", "abuse"))).toBe("reported as spam");
  });

  it("says in words what our own carrier and ledger write down, and names no kind of trouble", () => {
    const doubtful = without("uncertain", "Doubtful: the carrier did not answer");
    expect(reasonWords("de", doubtful)).toMatch(/ \(der Postweg antwortete nicht\)$/);
    expect(reasonWords("de", without("unresolved", "lease expired"))).toMatch(/ \(der Lauf brach ab\)$/);
    expect(reasonWords("de", without("rejected", "Rejected: 550 5.1.1"))).toBe("550 5.1.1");
  });

  it("leaves the carrier's codes as they are", () => {
    const full = { ...without("bounced", "MailboxFull 4.2.2"), bounce: "soft" } as const;
    expect(reasonWords("de", full)).toBe("das Postfach nimmt gerade nichts an (MailboxFull 4.2.2)");
  });
});
