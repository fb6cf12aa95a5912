import { describe, expect, it } from "vitest";
import { sharedClock } from "../../functions/cloud/clock.ts";
import { cloudFrontEdge } from "../../functions/cloud/edge.ts";
import { rentDistribution } from "./rented-distribution.ts";

const written = (distribution?: string): string =>
  JSON.stringify({ issuer: "https://issuer.example", clientId: "desk", deskUrl: "https://desk.example", distribution });

describe("CloudFront before the public files", () => {
  it("forgets what it is told to, and the same once more when it is told again", async () => {
    const { id, forgotten } = await rentDistribution();
    const edge = cloudFrontEdge(async () => written(id), sharedClock());
    await edge.forget(["/slk/*"]);
    await edge.forget(["/slk/*", "/*"]);
    expect((await forgotten()).sort((one, other) => one.length - other.length)).toEqual([["/slk/*"], ["/slk/*", "/*"]]);
  });

  it("is asked nothing where nothing is to be forgotten", async () => {
    const { id, forgotten } = await rentDistribution();
    await cloudFrontEdge(async () => written(id), sharedClock()).forget([]);
    expect(await forgotten()).toEqual([]);
  });

  it("is nobody in a regional stage, which has none", async () => {
    await cloudFrontEdge(async () => written(), sharedClock()).forget(["/slk/*"]);
  });
});
