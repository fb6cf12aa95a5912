import { describe, expect, it } from "vitest";
import { isFileName } from "../../../core/article/submission.ts";
import { safeName } from "../../../core/mail/enclosures.ts";
import { isGenuine } from "../../../core/mail/genuine.ts";
import { readHandIn } from "../../../core/mail/hand-in.ts";
import { readHead } from "../../../core/mail/head.ts";
import { ownWords } from "../../../core/mail/own-words.ts";
import { Refusal } from "../../../core/refusal.ts";
import fc from "../../lots.ts";
import { aMail, anArticle, sesTrace } from "./mails.ts";

const photo = { name: "a.jpg", type: "image/jpeg", body: Buffer.alloc(3_000, 7) };
const sound = aMail({ text: anArticle, html: `<p>${anArticle}</p>`, enclosed: [photo] });

/** A sound mail in which something was cut, doubled, or written over. */
const brokenMail = fc
  .array(fc.record({ at: fc.nat(sound.length - 1), length: fc.nat(200), bytes: fc.uint8Array({ maxLength: 60 }) }), {
    maxLength: 12,
  })
  .map((wounds) =>
    wounds.reduce(
      (mail, { at, length, bytes }) => Buffer.concat([mail.subarray(0, at), bytes, mail.subarray(at + length)]),
      sound,
    ),
  );

describe("any mail", () => {
  it("is read or refused, never a fault, and its files have names a submission may have", async () => {
    await fc.assert(
      fc.asyncProperty(brokenMail, async (raw) => {
        await readHead(raw);
        try {
          const { files } = await readHandIn(raw, []);
          expect(files.every(({ name }) => isFileName(name))).toBe(true);
        } catch (refusal) {
          if (!(refusal instanceof Refusal)) throw refusal;
        }
      }),
    );
  });

  it("whose sender failed is never believed, whatever headers its writer puts below the server's", async () => {
    const trace = sesTrace({ spf: "fail", results: ["dmarc=fail header.from=rathaus.example"] });
    const line = fc.constantFrom(
      ...sesTrace().map((one) => one.replace(/\r\n/g, "")),
      "X-Kurier-Receipt: a",
      "Subject: b",
    );
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 20 }), async (headers) => {
        const head = await readHead(aMail({ trace, headers }));
        expect(head && isGenuine(head)).toBe(false);
      }),
    );
  });

  it("says its own words, or how many lines it left out", () => {
    const line = fc.constantFrom(
      "Wort",
      "",
      "> Zitat",
      "-- ",
      "--",
      "Am 1. Mai schrieb A:",
      "Von: a",
      "An: b",
      "Datum: c",
      "Gesendet mit X Mail",
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 40 }), (lines) => {
        const { words, notes } = ownWords(lines.join("\n"));
        const whole = lines
          .map((one) => one.trimEnd())
          .join("\n")
          .trim();
        expect(whole.startsWith(words)).toBe(true);
        expect(notes.length > 0).toBe(/\p{L}/u.test(whole.slice(words.length)));
      }),
    );
  });

  it("has files whose names harm nobody, whatever they are called", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 300 }), (typed) => {
        const name = safeName(typed);
        expect(name === "" || (isFileName(name) && !/^[.~]|[\p{Cf}/\\]/u.test(name))).toBe(true);
      }),
    );
  });
});
