import type { Page, Response } from "playwright-core";

/** Every page of the desk there is a way to, from the first one on. */

export interface Walk {
  readonly page: Page;
  readonly origin: string;
  readonly publication: string;
  /** How many pages of a kind are opened: what one article's page makes of a word, the next one's does, too. */
  readonly mostOf: (kind: string) => number;
  readonly look: (path: string, answer: Response | null) => Promise<void>;
}

/** Answers how many pages of each kind were seen. */
export async function walkDesk({ page, origin, publication, mostOf, look }: Walk): Promise<Map<string, number>> {
  const [seen, kinds, waiting] = [new Set<string>(), new Map<string, number>(), [`/${publication}/`]];
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    const kind = kindOf(path);
    if (seen.has(path) || (kinds.get(kind) ?? 0) >= mostOf(kind)) continue;
    seen.add(path);
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    await look(path, await page.goto(origin + path, { waitUntil: "load" }));
    // What was looked at may have led elsewhere.
    if (page.url() !== origin + path) await page.goto(origin + path, { waitUntil: "load" });
    waiting.push(...(await linksOn(page, publication)));
  }
  return kinds;
}

/** "/elblandbote/articles/m-3/words" is a page like "/elblandbote/articles/m-4/words". */
export function kindOf(path: string): string {
  const [place = "", query = ""] = path.split("?");
  const [, , room = "", thing, ...rest] = place.split("/");
  const shown = [room, ...(thing === undefined ? [] : [thing === "new" ? thing : "*"]), ...rest.map(numberless)];
  const asked = [...new URLSearchParams(query).keys()].sort().join("&");
  return `${shown.join("/")}${asked && `?${asked}`}`;
}

const numberless = (part: string): string => (/\d/.test(part) ? "*" : part);

/** A frame's page is opened by itself, too. */
const linksOn = (page: Page, publication: string): Promise<string[]> =>
  page.evaluate<string[]>(
    `[...document.querySelectorAll("a[href], iframe[src]")].map((one) => new URL(one.href || one.src)).filter(({ origin, pathname }) => origin === location.origin && pathname.startsWith("/${publication}/")).map(({ pathname, search }) => pathname + search)`,
  );
