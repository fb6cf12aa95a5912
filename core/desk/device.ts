/** With what somebody signed in, as coarse as its owner knows it again: "Firefox", on "windows". */
export interface Device {
  /** By the name on its icon. */
  readonly browser?: string;
  readonly system?: System;
}
export const systems = ["android", "chromeos", "ipad", "iphone", "linux", "mac", "windows"] as const;
export type System = (typeof systems)[number];

/** By the header `User-Agent`; what it does not say, or says in words nobody knows, is left out. */
export function deviceOf(userAgent: string): Device {
  const [browser, system] = [nameIn(browsers, userAgent), nameIn(signs, userAgent)];
  return { ...(browser && { browser }), ...(system && { system }) };
}

/** Nearly all of them call themselves Safari besides, many Chrome: whoever says more stands first. */
const browsers = [
  ["Edge", /\bEdg(A|iOS)?\//],
  ["Opera", /\bOP(R|T|X)\//],
  ["Samsung Internet", /\bSamsungBrowser\//],
  ["Vivaldi", /\bVivaldi\//],
  ["DuckDuckGo", /\b(DuckDuckGo|Ddg)\//],
  ["Firefox", /\b(Firefox|FxiOS)\//],
  ["Chrome", /\b((Headless)?Chrome|CriOS)\//],
  ["Safari", /\bVersion\/\S+.* Safari\//],
] as const;

/** An iPad may say it was a Mac, and Android says it is Linux, too. */
const signs = [
  ["iphone", /\biPhone\b/],
  ["ipad", /\biPad\b/],
  ["android", /\bAndroid\b/],
  ["windows", /\bWindows\b/],
  ["chromeos", /\bCrOS\b/],
  ["mac", /\bMacintosh\b/],
  ["linux", /\bLinux\b/],
] as const satisfies readonly (readonly [System, RegExp])[];

const nameIn = <Name extends string>(names: readonly (readonly [Name, RegExp])[], userAgent: string) =>
  names.find(([, sign]) => sign.test(userAgent))?.[0];
