import { describe, expect, it } from "vitest";
import { behindCloudFront } from "../../../functions/cloud/behind-cloudfront.ts";

const [first, second] = ["a".repeat(43), "b".repeat(43)];
const ask = (headers: Record<string, string>, origin: object) =>
  behindCloudFront(
    async () => JSON.stringify(origin),
    async (_event: object) => "a page",
  )({ headers });

describe("the site behind CloudFront", () => {
  it("answers to either of two secrets, so that they can take turns", async () => {
    expect(await ask({ "x-kurier-origin": first }, { a: first, b: second })).toBe("a page");
    expect(await ask({ "x-kurier-origin": second }, { a: first, b: second })).toBe("a page");
  });

  it.each([{}, { "x-kurier-origin": "" }, { "x-kurier-origin": `${first}a` }])(
    "turns away who comes past it with %o",
    async (headers) => {
      expect(await ask(headers as Record<string, string>, { a: first, b: "" })).toMatchObject({ statusCode: 403 });
    },
  );

  it("takes a short value for none: nobody gets in by showing nothing", async () => {
    expect(await ask({ "x-kurier-origin": "kurz" }, { a: "kurz", b: "" })).toMatchObject({ statusCode: 403 });
  });
});
