import { describe, expect, it } from "vitest";
import { counted, isRevoked, tooMany } from "../../../core/delivery/rejections.ts";

const at = (minute: number): string => `2026-11-23T08:${String(minute).padStart(2, "0")}:00.000Z`;
const rejected = (trailing: number, minute: number) => ({ trailing, since: at(minute), wasAccepted: false });

describe("rejections in a row", () => {
  it("add up over the rounds of an issue, from the first of them on", () => {
    const three = counted(undefined, rejected(3, 1));
    const nine = counted(three, rejected(6, 2));
    expect(nine).toMatchObject({ inARow: 9, since: at(1) });
    expect(tooMany(nine)).toBe(false);
    expect(tooMany(counted(nine, rejected(1, 3)))).toBe(true);
  });

  it("begin anew once a letter was accepted", () => {
    const nine = counted(undefined, rejected(9, 1));
    expect(counted(nine, { trailing: 2, since: at(5), wasAccepted: true })).toMatchObject({ inARow: 2, since: at(5) });
    expect(counted(nine, { trailing: 0, since: "", wasAccepted: true })).toMatchObject({ inARow: 0 });
  });

  it("are taken back by their time", () => {
    const revoked = [{ from: at(1), to: at(3) }];
    expect([at(0), at(1), at(2), at(3), at(4)].map((time) => isRevoked(revoked, time))).toEqual([
      ...[false, true, true, true, false],
    ]);
  });
});
