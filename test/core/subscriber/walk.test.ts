import { describe, expect, it } from "vitest";
import { addressKeyOf, addressSecret } from "../../../core/subscriber/link.ts";
import { readPosition, shareBefore, startOfWalk, writePosition } from "../../../core/subscriber/walk.ts";
import { roundOf } from "../../../functions/records/keys.ts";

const secret = addressSecret(Buffer.alloc(32, 7).toString("base64url"));
const keys = Array.from({ length: 4000 }, (_, index) => addressKeyOf(secret, `leserin${index}@auenrode.example`));
/** As a walk meets them. */
const walked = keys
  .map((after) => ({ round: roundOf(after), after }))
  .sort((one, other) => {
    const [here, there] = [one.round + one.after, other.round + other.after];
    return here < there ? -1 : 1;
  });

describe("a walk over all readers", () => {
  it("knows how far it got within two in a hundred, and nobody counted", () => {
    const wrong = walked.filter((position, index) => Math.abs(shareBefore(position) - index / walked.length) > 0.02);
    expect(wrong).toEqual([]);
  });

  it("goes on from what stands in an address", () => {
    for (const position of [startOfWalk, walked[17] ?? startOfWalk])
      expect(readPosition(writePosition(position))).toEqual(position);
  });

  it.each([undefined, "", "g", "3.short", "3.<script>", "0.AAAAAAAAAAAAAAAAAAAA/A"])("begins anew at %s", (text) => {
    expect(readPosition(text)).toEqual(startOfWalk);
  });
});
