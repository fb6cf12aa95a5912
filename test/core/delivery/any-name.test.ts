import { describe, it } from "vitest";
import { write } from "../../../core/delivery/message.ts";
import fc from "../../lots.ts";
import { expectSound, expectStrict, prepared, reader, textOnly } from "./letter-oracle.ts";

/** So many names are drawn, a third of each kind. */
const names = 9000;
const longestName = 1200;

const trap = fc.constantFrom(
  ...["\r\nBcc: x@y.example", "\r\n\r\n", "\r\n.\r\n", "\n", "\r", "\0", "\t", " ", ".", "From ", "=", "=41", "=3D"],
  ...[
    "--=_kurier_0123456789abcdef0123456789abcdef--",
    "--=_kurier_",
    "=?UTF-8?Q?=0D=0A?=",
    "=?",
    "?=",
    "<",
    "&",
    '"',
    "\\",
  ],
  ...[
    "ü",
    "ß",
    "„",
    "李",
    "ع",
    "\u202e",
    "\u2066",
    "😀",
    "👩‍👩‍👧‍👦",
    "\ud800",
    "\udc00",
    "\uFDD0leaveUrl\uFDD1",
    "\u2028",
  ],
);
const name = fc.oneof(
  fc.string({ unit: "binary", maxLength: 200 }),
  fc.string({ unit: "grapheme", maxLength: 150 }),
  fc.array(fc.oneof(trap, fc.string({ maxLength: 40 })), { maxLength: 30 }).map((parts) => parts.join("")),
  fc
    .tuple(trap, fc.nat({ max: 90 }))
    .map(([sign, before]) => ("a".repeat(before) + sign.repeat(longestName)).slice(0, longestName)),
);

describe("a letter", () => {
  it("arrives whole at nine thousand readers with any name at all", { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(name, fc.boolean(), async (typed, isText) => {
        const addressee = reader(typed);
        await expectSound(write(isText ? textOnly : prepared, addressee), addressee);
        // A name that was never cleaned may read oddly; it still cannot break a line or add one.
        expectStrict(write(prepared, { ...addressee, name: typed, greeting: `Guten Tag, ${typed},` }));
      }),
      { numRuns: names },
    );
  });
});
