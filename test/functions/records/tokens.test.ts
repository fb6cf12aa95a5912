import { describe, expect, it } from "vitest";
import { digestOf } from "../../../core/digest.ts";
import { tokenKey } from "../../../functions/records/keys.ts";
import { makeToken, readToken, type TokenFor, useToken } from "../../../functions/records/tokens.ts";
import { testCloud } from "../../cloud/test-cloud.ts";

const what: TokenFor = {
  ...{ is: "confirm", addressKey: "A".repeat(22), publications: ["elblandbote"] },
  ...{ wording: "0123456789abcdef", requestedAt: "2026-11-23T08:00:00.000Z" },
};

describe("the token of a confirm mail", () => {
  it("is 256 bits, and the table knows its hash alone", async () => {
    const cloud = testCloud();
    const token = await makeToken(cloud, what);
    expect(Buffer.from(token, "base64url")).toHaveLength(32);
    expect(await makeToken(cloud, what)).not.toBe(token);
    const [row] = await cloud.table.get([tokenKey(digestOf(token))]);
    expect(JSON.stringify(row)).not.toContain(token);
    expect(await readToken(cloud, token)).toEqual({ what, isUsed: false });
  });

  it("is good for seven days and one use", async () => {
    const cloud = testCloud();
    const [used, late] = [await makeToken(cloud, what), await makeToken(cloud, what)];
    await cloud.table.write([useToken(cloud, used, what)]);
    expect(await readToken(cloud, used)).toEqual({ what, isUsed: true });
    await expect(cloud.table.write([useToken(cloud, used, what)])).rejects.toThrow();
    cloud.clock.advance({ days: 7, milliseconds: -1 });
    expect(await readToken(cloud, late)).toBeDefined();
    cloud.clock.advance({ milliseconds: 1 });
    expect(await readToken(cloud, late)).toBeUndefined();
    await expect(cloud.table.write([useToken(cloud, late, what)])).rejects.toThrow();
  });

  it("has one spelling", async () => {
    const cloud = testCloud();
    const token = await makeToken(cloud, what);
    const last = token.at(-1) ?? "";
    const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    for (const letter of alphabet)
      if (letter !== last) expect(await readToken(cloud, token.slice(0, -1) + letter)).toBeUndefined();
    for (const other of ["", " ", `${token}=`, `${token}\n`, "Ä".repeat(43), "A".repeat(100_000)])
      expect(await readToken(cloud, other)).toBeUndefined();
  });
});
