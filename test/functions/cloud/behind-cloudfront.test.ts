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

  it("turns nobody away while one secret takes the other's turn, as the runbook says, whichever values it remembers", async () => {
    const steps: readonly { shown: string; site: object[] }[] = [
      { shown: first, site: [{ a: first, b: "" }] },
      // The new value is written; for five minutes some remember the old ones.
      {
        shown: first,
        site: [
          { a: first, b: "" },
          { a: first, b: second },
        ],
      },
      // Deployed: CloudFront shows one here and the other there for a while.
      { shown: first, site: [{ a: first, b: second }] },
      { shown: second, site: [{ a: first, b: second }] },
      // The old one is emptied.
      {
        shown: second,
        site: [
          { a: first, b: second },
          { a: "", b: second },
        ],
      },
    ];
    for (const { shown, site } of steps)
      for (const origin of site) expect(await ask({ "x-kurier-origin": shown }, origin)).toBe("a page");
    expect(await ask({ "x-kurier-origin": first }, { a: "", b: second })).toMatchObject({ statusCode: 403 });
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
