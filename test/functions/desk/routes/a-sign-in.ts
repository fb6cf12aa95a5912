import type { Hono } from "hono";
import { onTestFinished } from "vitest";
import type { IssuerSettings } from "../../../../core/desk/issuer.ts";
import { openIssuer } from "../../../../functions/desk/issuer.ts";
import type { DeskEnv } from "../../../../functions/desk/routes/desk-env.ts";
import { signingIn } from "../../../../functions/desk/routes/session.ts";
import { desk } from "../../../../functions/desk.ts";
import { savePublication } from "../../../../functions/records/publications.ts";
import { openLocalIssuer } from "../../../../local/issuer/open-issuer.ts";
import { fakeClock } from "../../../cloud/fake-clock.ts";
import { type TestCloud, testCloud } from "../../../cloud/test-cloud.ts";
import { aPublication } from "../../../people-and-papers.ts";
import { deskUrl } from "./a-desk.ts";

/** The desk and a real issuer beside it, and a browser that walks between them. */

export const callback = new URL("/session/callback", deskUrl);

export interface ADoor {
  readonly cloud: TestCloud;
  readonly app: Hono<DeskEnv>;
  readonly settings: IssuerSettings;
}

/** @param given settings of the desk that differ from the issuer's own */
export async function aDoor(given: Partial<IssuerSettings> = {}, cloud = nowadays()): Promise<ADoor> {
  await savePublication(cloud, aPublication());
  const local = await openLocalIssuer(cloud, { language: "de", callback, port: 4910 });
  onTestFinished(() => local.close());
  const settings = { ...local.settings, ...given };
  const issuer = openIssuer(settings, callback);
  return {
    cloud,
    settings,
    app: desk(cloud, { baseUrl: deskUrl, session: signingIn({ issuer: async () => issuer }) }),
  };
}

/** An issuer lives in real time. */
const nowadays = (): TestCloud => testCloud({ clock: fakeClock(new Date().toISOString()) });

/** Of a form; undefined leaves one of its own out. */
type Fields = Readonly<Record<string, string | undefined>>;

export interface Visited {
  readonly url: URL;
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** A browser with cookies of its own by origin. It follows redirects and the page that leads to the issuer. */
export class Browser {
  readonly #app: Hono<DeskEnv>;
  readonly #userAgent: string;
  readonly #jar = new Map<string, string>();
  /** Every address it was at. */
  readonly way: URL[] = [];
  /** How the desk set each cookie, the last time. */
  readonly lines = new Map<string, string>();

  constructor({ app }: Pick<ADoor, "app">, userAgent = "") {
    this.#app = app;
    this.#userAgent = userAgent;
  }

  cookie(name: string): string | undefined {
    return this.#jar.get(`${deskUrl.origin} ${name}`);
  }
  setCookie(name: string, value: string): void {
    this.#jar.set(`${deskUrl.origin} ${name}`, value);
  }

  get = (path: string | URL): Promise<Visited> => this.#walk(new URL(path, deskUrl), "GET");

  /** Without following anything. */
  step = (path: string | URL): Promise<Visited> => this.#ask(new URL(path, deskUrl), "GET");

  /** Presses a button of a page and follows; what stands in its hidden fields goes along. */
  press = (page: Visited, fields: Fields = {}): Promise<Visited> => this.#walk(...formOf(page, fields));

  /** The same without following anything: where it leads. */
  async pressOnce(page: Visited, fields: Fields = {}): Promise<URL> {
    const seen = await this.#ask(...formOf(page, fields));
    return new URL(seen.headers.get("location") ?? "", page.url);
  }

  /** Follows until the next step would lead to that origin, and answers it. */
  async until(url: URL, origin: string): Promise<URL> {
    if (url.origin === origin) return url;
    const seen = await this.#ask(url, "GET");
    return this.until(new URL(seen.headers.get("location") ?? "", url), origin);
  }

  async #walk(url: URL, method: string, body?: URLSearchParams): Promise<Visited> {
    const seen = await this.#ask(url, method, body);
    const refresh = /^0; url=(.*)$/.exec(seen.headers.get("refresh") ?? "")?.[1];
    const next = seen.headers.get("location") ?? refresh;
    if (next === undefined || this.way.length > 60) return seen;
    return this.#walk(new URL(next, url), "GET");
  }

  async #ask(url: URL, method: string, body?: URLSearchParams): Promise<Visited> {
    this.way.push(url);
    const headers = new Headers({
      cookie: this.#cookies(url),
      "accept-language": "de",
      "sec-fetch-site": "same-origin",
      "user-agent": this.#userAgent,
    });
    const init = { method, headers, redirect: "manual" as const, ...(body && { body }) };
    const answer = url.origin === deskUrl.origin ? await this.#app.request(url.href, init) : await fetch(url, init);
    for (const line of answer.headers.getSetCookie()) this.#keep(url, line);
    return { url, status: answer.status, headers: answer.headers, text: await answer.text() };
  }

  #cookies({ origin }: URL): string {
    const theirs = [...this.#jar].filter(([key]) => key.startsWith(`${origin} `));
    return theirs.map(([key, value]) => `${key.slice(origin.length + 1)}=${value}`).join("; ");
  }

  #keep({ origin }: URL, line: string): void {
    const [pair = ""] = line.split(";");
    const at = pair.indexOf("=");
    if (origin === deskUrl.origin) this.lines.set(pair.slice(0, at), line);
    const isGone = /Max-Age=0|01 Jan 1970/i.test(line) || pair.length === at + 1;
    if (isGone) this.#jar.delete(`${origin} ${pair.slice(0, at)}`);
    else this.#jar.set(`${origin} ${pair.slice(0, at)}`, pair.slice(at + 1));
  }
}

const unescaped = (text = ""): string =>
  text.replaceAll("&#x3D;", "=").replaceAll("&amp;", "&").replaceAll("&quot;", '"');

/** The first form of a page that is not the masthead's, as a browser would send it. */
function formOf(page: Visited, fields: Fields): [URL, "POST", URLSearchParams] {
  const content = page.text.slice(page.text.indexOf("<main"));
  const [, head = "", inner = ""] = /<form([^>]*)>(.*?)<\/form>/s.exec(content) ?? [];
  const hidden = [...inner.matchAll(/type="hidden" name="([^"]+)" value="([^"]*)"/g)];
  const action = /action="([^"]+)"/.exec(head)?.[1] ?? page.url.href;
  const told = Object.fromEntries(hidden.map(([, name, value]) => [name, unescaped(value)]));
  const given = Object.entries({ ...told, ...fields }).filter(
    (field): field is [string, string] => field[1] !== undefined,
  );
  return [new URL(action, page.url), "POST", new URLSearchParams(given)];
}
