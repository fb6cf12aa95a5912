import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bytesOf, messageOf } from "../../core/delivery/message.ts";
import { Closed, type Letter, type Mail, Rejected } from "../../functions/cloud/cloud.ts";
import { fresh, groups, type Made, type Reach } from "./contract.ts";

export interface MadeMail extends Made {
  readonly mail: Mail;
  /** A sender the carrier knows, and a reader it may write to. */
  readonly from: string;
  readonly to: string;
  /** What arrived for a message id: on the wire, at the reader. Left out where nobody can look. */
  readonly arrived?: (messageId: string) => Promise<{ to: string; raw: string; tags: Record<string, string> }>;
}

export function mailContract(name: string, make: () => Promise<MadeMail>, reach: Reach = {}): void {
  const { everywhere, twinAndRealAws } = groups(reach);

  describe(`mail, ${name}`, () => {
    let made: MadeMail;
    beforeAll(async () => {
      made = await make();
    });
    afterAll(() => made?.end?.());

    const letter = (changes: Partial<Letter> & { body?: string } = {}): Letter => {
      const { body = "Guten Tag=\r\n", ...others } = changes;
      const head = [
        `From: Kurier <${made.from}>`,
        `To: ${made.to}`,
        "Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?=",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: quoted-printable",
      ];
      return {
        ...{ stream: "editions", from: made.from, to: made.to },
        message: messageOf(Buffer.from(`${head.join("\r\n")}\r\n\r\n${body}`)),
        tags: { delivery: "AbC-_09", attempt: fresh("a") },
        ...others,
      };
    };

    everywhere("sending", () => {
      it("accepts a letter and answers an id of its own for each", async () => {
        const ids = [await made.mail.send(letter()), await made.mail.send(letter())].map(({ messageId }) => messageId);
        expect(new Set(ids).size).toBe(2);
        for (const id of ids) expect(id).toMatch(/^\S+$/);
      });

      it("brings the very bytes to the one reader", async ({ skip }) => {
        if (!made.arrived) return skip();
        const sent = letter({ body: "Zeile eins\r\n.\r\nFrom hier\r\n\r\n  Ende=\r\n" });
        const { messageId } = await made.mail.send(sent);
        const { to, raw } = await made.arrived(messageId);
        expect(to).toBe(made.to);
        expect(raw.endsWith(bytesOf(sent.message).toString())).toBe(true);
      });

      it("tells how much may be sent", async () => {
        const { perSecond, perDay, sentInLastDay } = await made.mail.quota();
        expect(perSecond).toBeGreaterThan(0);
        expect(perDay).toBeGreaterThan(0);
        expect(sentInLastDay).toBeGreaterThanOrEqual(0);
      });

      it.each(["", "a@example.org, b@example.org", "no address", "a@example.org\r\nBcc: b@example.org"])(
        "rejects the recipient %j",
        async (to) => {
          await expect(made.mail.send(letter({ to }))).rejects.toThrow(Rejected);
        },
      );
    });

    twinAndRealAws("what the carrier adds and checks", () => {
      it("writes Date and Message-ID, and keeps the tags for its reports", async ({ skip }) => {
        if (!made.arrived) return skip();
        const sent = letter();
        const { messageId } = await made.mail.send(sent);
        const { raw, tags } = await made.arrived(messageId);
        const head = raw.slice(0, raw.indexOf("\r\n\r\n"));
        expect(head.match(/^Date: \w{3}, \d{1,2} \w{3} \d{4} \d\d:\d\d:\d\d (\+0000|GMT)$/gm)).toHaveLength(1);
        expect(head.match(/^Message-ID: <[^@\s]+@[^>\s]+>$/gim)).toHaveLength(1);
        expect(head).toContain(messageId);
        // Tags come back in what is reported; a carrier that reports nothing leaves them here.
        expect(tags).toMatchObject(made.mail.reports ? sent.tags : {});
      });

      it.each<Record<string, string>>([
        { "a b": "x" },
        { delivery: "ada@example.org" },
        { delivery: "x".repeat(257) },
        { größe: "x" },
      ])("rejects the tags %j", async (tags) => {
        await expect(made.mail.send(letter({ tags }))).rejects.toThrow(Rejected);
      });
    });

    twinAndRealAws("closing", () => {
      it("stops one stream and leaves the other open", async () => {
        await made.mail.close("editions");
        await made.mail.close("editions");
        await expect(made.mail.send(letter())).rejects.toThrow(Closed);
        await made.mail.send(letter({ stream: "confirmations" }));
        await made.mail.open("editions");
        await expect.poll(() => made.mail.send(letter()), { timeout: 20_000 }).toBeTruthy();
      });
    });
  });
}
