import { describe, expect, it } from "vitest";
import { mostSigns, writeSigns } from "../../../core/delivery/form-body.ts";
import { bytesOf, type Message } from "../../../core/delivery/message.ts";
import fc from "../../lots.ts";

const ascii = fc.string({ unit: "grapheme-ascii", maxLength: 9 });
const message = fc.array(fc.tuple(ascii, ascii), { minLength: 1, maxLength: 9 }).map((pairs): Message => {
  const pieces = pairs.map(([piece]) => Buffer.from(piece));
  const bytes = pieces.reduce((sum, { length }) => sum + length, 0);
  return {
    shared: { pieces, places: pairs.slice(1).map(() => "to"), bytes },
    own: pairs.slice(1).map(([, own]) => own),
  };
});

function signsOf(one: Message): string {
  const buffer = Buffer.alloc(mostSigns(one) + 7);
  return buffer.toString("latin1", 7, writeSigns(one, buffer, 7));
}

describe("a message in a form", () => {
  it("is base64 of the whole, wherever a piece begins and however short it is", () => {
    fc.assert(
      fc.property(message, (one) => {
        expect(signsOf(one)).toBe(encodeURIComponent(bytesOf(one).toString("base64")));
      }),
      { numRuns: 2000 },
    );
  });

  it("reads the same the second time, when its pieces are known", () => {
    const shared = { pieces: [Buffer.from("a>>>?"), Buffer.from("~~~")], places: ["to" as const], bytes: 8 };
    const read = (own: string) => Buffer.from(decodeURIComponent(signsOf({ shared, own: [own] })), "base64").toString();
    expect([read("1"), read("22"), read(""), read("4444")]).toEqual([
      "a>>>?1~~~",
      "a>>>?22~~~",
      "a>>>?~~~",
      "a>>>?4444~~~",
    ]);
  });
});
