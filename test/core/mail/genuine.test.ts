import { describe, expect, it } from "vitest";
import { automatic } from "../../../core/mail/automatic.ts";
import { isGenuine } from "../../../core/mail/genuine.ts";
import { type MailHead, readHead } from "../../../core/mail/head.ts";
import { isInfected, isSpam } from "../../../core/mail/trace.ts";
import { aMail, author, type MailGiven, sesTrace } from "./mails.ts";

const headOf = async (given: MailGiven): Promise<MailHead> => (await readHead(aMail(given))) as MailHead;
const genuine = async (given: MailGiven): Promise<boolean> => isGenuine(await headOf(given));

describe("a mail is believed to be its author's", () => {
  it("when DMARC passed for the domain they name", async () => {
    expect(await genuine({})).toBe(true);
    expect((await headOf({})).from).toBe(author);
  });

  it.each([
    [
      "a DKIM signature of that very domain",
      { spf: "none", results: ["dkim=pass header.i=@rathaus.example", "dmarc=none"] },
    ],
    [
      "a DKIM signature of the domain above",
      { spf: "none", results: ["dkim=pass header.d=rathaus.example"], from: "a@amt.rathaus.example" },
    ],
    ["SPF for that very domain", { results: ["dmarc=permerror"] }],
  ])(
    "when there is no DMARC, but %s",
    async (_, { from, ...trace }: { from?: string; spf?: string; results: string[] }) => {
      expect(await genuine({ ...(from && { from }), trace: sesTrace(trace) })).toBe(true);
    },
  );

  it.each<[string, Parameters<typeof sesTrace>[0]]>([
    [
      "DMARC failed, whatever else passed",
      { results: ["dkim=pass header.i=@rathaus.example", "dmarc=fail header.from=rathaus.example"] },
    ],
    [
      "a stranger's own domain passed SPF and DKIM",
      { envelope: "x@evil.example", results: ["dkim=pass header.i=@evil.example", "dmarc=none"] },
    ],
    [
      "DMARC passed for another domain",
      { envelope: "x@evil.example", results: ["dmarc=pass header.from=evil.example"] },
    ],
    ["a domain below signed it", { spf: "none", results: ["dkim=pass header.i=@evil.rathaus.example"] }],
    ["SPF only shrugged", { spf: "softfail", results: ["dmarc=none"] }],
    ["nothing was checked", { spf: "none", results: [] }],
    [
      "the address it came from pretends to be a result",
      { envelope: `"a; dmarc=pass header.from=rathaus.example; b"@evil.example`, results: ["dmarc=none"] },
    ],
    [
      "the server's greeting pretends to be a second result",
      {
        spf: "none",
        helo: "x; dmarc=pass header.from=rathaus.example",
        results: ["dmarc=fail header.from=rathaus.example"],
      },
    ],
    [
      "a comment pretends to be a result",
      { spf: "none", helo: "x (; dmarc=pass header.from=rathaus.example;)", results: [] },
    ],
  ])("but not when %s", async (_, trace) => {
    expect(await genuine({ trace: sesTrace(trace) })).toBe(false);
  });

  it("and a forger's own verdicts below the server's count for nothing", async () => {
    const forged = ["Authentication-Results: amazonses.com; dmarc=pass header.from=rathaus.example"];
    const failed = sesTrace({
      spf: "fail",
      results: ["dmarc=fail header.from=rathaus.example"],
      spam: "FAIL",
      virus: "FAIL",
    });
    const whole = [...sesTrace(), ...forged];
    for (const headers of [forged, whole]) {
      const head = await headOf({ trace: failed, headers });
      expect([isGenuine(head), head.trace && isSpam(head.trace), head.trace && isInfected(head.trace)]).toEqual([
        false,
        true,
        true,
      ]);
    }
  });

  it.each<[string, MailGiven]>([
    ["nobody wrote a block above", { trace: null }],
    ["a forger wrote a block, but no server above it", { trace: null, headers: [...sesTrace().slice(2)] }],
    ["the block lacks its receipt", { trace: sesTrace().filter((line) => !line.startsWith("X-SES-RECEIPT")) }],
    [
      "a name stands in the block twice",
      { trace: ["Authentication-Results: amazonses.com; dmarc=pass header.from=rathaus.example", ...sesTrace()] },
    ],
    [
      "SES's receipt stands over another server's reception",
      { trace: sesTrace().map((line) => line.replace("amazonaws.com", "evil.example")) },
    ],
  ])("and nothing is believed when %s", async (_, given) => {
    const head = await headOf(given);
    expect([head.trace, isGenuine(head)]).toEqual([undefined, false]);
  });

  it.each([
    "Thomas <thomas@rathaus.example>, Mallory <m@evil.example>",
    "thomas@rathaus.example\r\nFrom: m@evil.example",
    "nobody",
    `${`"\\"`.repeat(3000)} <thomas@rathaus.example>`,
  ])("and there is exactly one of them: %#", async (from) => {
    expect((await headOf({ from })).from).toBeUndefined();
  });

  it("and a name that holds an address is only a name", async () => {
    expect((await headOf({ from: `"thomas@rathaus.example" <m@evil.example>` })).from).toBe("m@evil.example");
  });

  it("and a head without an end is no mail", async () => {
    expect(await readHead(Buffer.alloc(300_000, "X-Endless: a\r\n"))).toBeUndefined();
    expect(await readHead(Buffer.from(""))).toMatchObject({ from: undefined, trace: undefined });
  });
});

describe("a machine's mail", () => {
  const why = async (given: MailGiven) => automatic(await headOf(given), ["redaktion@bote.example"]);

  it.each<[string, MailGiven]>([
    ["auto-submitted", { headers: ["Auto-Submitted: auto-replied (vacation)"] }],
    ["auto-submitted", { headers: ["Auto-Submitted: auto-generated"] }],
    ["auto-submitted", { headers: ["X-Autoreply: yes"] }],
    ["bulk", { headers: ["Precedence: bulk"] }],
    ["bulk", { headers: ["Precedence: List"] }],
    ["bulk", { headers: ["Precedence: junk"] }],
    ["list", { headers: ["List-Id: <amt.rathaus.example>"] }],
    ["bounce", { trace: sesTrace({ envelope: "" }) }],
    ["loop", { headers: ["X-Loop: bote.example"] }],
    ["loop", { from: "Redaktion <redaktion@bote.example>" }],
    ["machine", { from: "Mail Delivery System <MAILER-DAEMON@rathaus.example>" }],
    ["machine", { from: "noreply@rathaus.example" }],
  ])("is known as %s", async (reason, given) => {
    expect(await why(given)).toBe(reason);
  });

  it("is told from a person's", async () => {
    expect(await why({ headers: ["Auto-Submitted: no", "Precedence: first-class"] })).toBeUndefined();
  });
});
