import { describe, expect, it } from "vitest";
import { deviceOf } from "../../../core/desk/device.ts";
import { deviceSpoken } from "../../../core/desk/sessions.ts";

const apple = "AppleWebKit/605.1.15 (KHTML, like Gecko)";
const chrome = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0";
const spoken = (userAgent: string): string => deviceSpoken(deviceOf(userAgent), "de");

describe("with what somebody signed in", () => {
  it.each([
    ["Firefox auf Windows", "(Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0"],
    ["Firefox auf Android", "(Android 15; Mobile; rv:145.0) Gecko/145.0 Firefox/145.0"],
    [
      "Firefox auf dem iPhone",
      `(iPhone; CPU iPhone OS 18_6 like Mac OS X) ${apple} FxiOS/145.0 Mobile/15E148 Safari/604.1`,
    ],
    ["Chrome auf ChromeOS", `(X11; CrOS x86_64 14541.0.0) ${chrome} Safari/537.36`],
    ["Chrome auf Android", `(Linux; Android 10; K) ${chrome} Mobile Safari/537.36`],
    [
      "Chrome auf dem iPad",
      `(iPad; CPU OS 18_6 like Mac OS X) ${apple} CriOS/142.0.7444.46 Mobile/15E148 Safari/604.1`,
    ],
    ["Edge auf Windows", `(Windows NT 10.0; Win64; x64) ${chrome} Safari/537.36 Edg/142.0.0.0`],
    ["Edge auf Android", `(Linux; Android 10; K) ${chrome} Mobile Safari/537.36 EdgA/142.0.0.0`],
    ["Opera auf Linux", `(X11; Linux x86_64) ${chrome} Safari/537.36 OPR/124.0.0.0`],
    [
      "Samsung Internet auf Android",
      `(Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36`,
    ],
    ["Safari auf dem Mac", `(Macintosh; Intel Mac OS X 10_15_7) ${apple} Version/26.1 Safari/605.1.15`],
    [
      "Safari auf dem iPhone",
      `(iPhone; CPU iPhone OS 18_6 like Mac OS X) ${apple} Version/26.1 Mobile/15E148 Safari/604.1`,
    ],
  ])("is %s", (named, userAgent) => {
    expect(spoken(`Mozilla/5.0 ${userAgent}`)).toBe(named);
  });

  it.each(["", "curl/8.5.0", "Amazon CloudFront", "<script>alert(1)</script>"])(
    "is a browser, where it says no more: %j",
    (userAgent) => {
      expect([deviceOf(userAgent), spoken(userAgent)]).toEqual([{}, "Ein Browser"]);
    },
  );
});
