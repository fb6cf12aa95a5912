import { describe, expect, it } from "vitest";
import type { Reported } from "../../core/delivery/account.ts";
import { nothing } from "../../core/delivery/account.ts";
import type { IssueAccount } from "../../functions/records/account.ts";
import { accountLines } from "../../local/account-lines.ts";

const account: IssueAccount = {
  ...{ ...nothing, candidates: 1250, excluded: { pending: 30, suppressed: 20 }, planned: 1200, waiting: 100 },
  ...{ sending: 8, accepted: 1060, skipped: { unsubscribed: 10, gone: 2 }, rejected: 5, uncertain: 6, unresolved: 9 },
};
const heard: Reported = {
  ...{ delivered: 1000, bounced: 7, hardBounced: 4, softBounced: 3, complained: 1, delayed: 40 },
};

describe("the account for people", () => {
  it("stands in columns, each reason with its number", () => {
    expect(accountLines("de", account, heard).slice(0, -3)).toEqual([
      "  Leserinnen und Leser  1.250",
      "    nicht eingeplant       50  nicht bestätigt 30, gesperrt 20",
      "    eingeplant          1.200",
      "      wartet              100",
      "      unterwegs             8",
      "      angenommen        1.060  zeitweise verzögert 40",
      "        zugestellt      1.000",
      "        unzustellbar        7  endgültig 4, vorübergehend 3",
      "        beschwert           1",
      "      übersprungen         12  abbestellt 10, nicht mehr da 2",
      "      abgewiesen            5",
      "      ungewiss              6",
      "      ungeklärt             9",
    ]);
  });

  it("writes both sums out so that anybody can add them up", () => {
    for (const language of ["de", "en"] as const) {
      const sums = accountLines(language, account, heard).slice(-2);
      for (const sum of sums) {
        const [whole = Number.NaN, ...parts] = [...sum.matchAll(/[\d.,]+/g)].map(([n]) => Number(n.replace(/\D/g, "")));
        expect(parts.reduce((all, part) => all + part, 0)).toBe(whole);
      }
      expect(sums[1]).toMatch(/^ {2}1[.,]200 = 100 .* \+ 9 /);
    }
  });

  it("leaves out what is nobody, but never the accepted", () => {
    const none = { ...nothing, candidates: 3, excluded: {}, planned: 3, waiting: 3 };
    const silence = { delivered: 0, bounced: 0, hardBounced: 0, softBounced: 0, complained: 0, delayed: 0 };
    expect(accountLines("en", none, silence)).toEqual([
      "  readers       3",
      "    planned     3",
      "      waiting   3",
      "      accepted  0",
      "",
      "  3 = 3 planned + 0 not planned",
      "  3 = 3 waiting + 0 accepted",
    ]);
  });
});
