import { describe, expect, it } from "vitest";
import { whyUnsigned } from "./signature.ts";

/** `get-vanilla` of the suite AWS published for Signature Version 4. */
const published = {
  method: "GET",
  url: "/",
  headers: {
    host: "example.amazonaws.com",
    "x-amz-date": "20150830T123600Z",
    authorization:
      "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=host;x-amz-date, Signature=5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
  },
};
const secrets = { AKIDEXAMPLE: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY" };
const nothing = new Uint8Array(0);
const withHeaders = (more: Record<string, string>) => ({ ...published, headers: { ...published.headers, ...more } });

describe("the check of a signature", () => {
  it("agrees with the example AWS published", () => {
    expect(whyUnsigned(published, nothing, secrets)).toBeUndefined();
  });

  it.each([
    ["another body", published, Buffer.from("x"), secrets, "it is signed otherwise"],
    ["another host", withHeaders({ host: "example.org" }), nothing, secrets, "it is signed otherwise"],
    ["another path", { ...published, url: "/x" }, nothing, secrets, "it is signed otherwise"],
    [
      "another day",
      withHeaders({ "x-amz-date": "20150831T123600Z" }),
      nothing,
      secrets,
      "its day is not the request's",
    ],
    ["an unsigned token", withHeaders({ "x-amz-security-token": "t" }), nothing, secrets, /token is not signed/],
    ["another secret", published, nothing, { AKIDEXAMPLE: "guess" }, "it is signed otherwise"],
    ["a stranger's key", published, nothing, {}, "nobody has this key"],
    ["no signature", withHeaders({ authorization: "" }), nothing, secrets, "there is no signature"],
  ])("refuses %s", (_, request, body, known, why) => {
    expect(whyUnsigned(request, body, known)).toMatch(why);
  });
});
