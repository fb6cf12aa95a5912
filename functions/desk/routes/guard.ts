import { getCookie, setCookie } from "hono/cookie";
import { createMiddleware } from "hono/factory";
import { digestOf } from "../../../core/digest.ts";
import { words } from "../../../core/words.ts";
import type { Cloud } from "../../cloud/cloud.ts";
import type { Doors } from "../../desk.ts";
import { isFenced } from "../../records/fence.ts";
import { readSession, type Session } from "../../records/sessions.ts";
import { languageOf } from "../../site/page.ts";
import type { DeskContext, DeskEnv } from "./desk-env.ts";
import { posted } from "./posted.ts";
import { show } from "./show.ts";
import { asksForData, typedFields } from "./typed.ts";

/** What stands before every route: nothing may be kept, framed or loaded from elsewhere, and nobody posts but our own pages. */

/** What every answer says, unless it is stricter itself. */
export const guarded = ({ baseUrl, storage = [] }: Doors) =>
  createMiddleware<DeskEnv>(async (c, next) => {
    await next();
    const headers: Readonly<Record<string, string>> = {
      ...{ "Content-Security-Policy": policyOf(storage), "Cache-Control": "no-store" },
      ...{ "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex, nofollow" },
      ...{ "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin" },
      ...(baseUrl.protocol === "https:" && { "Strict-Transport-Security": "max-age=31536000" }),
    };
    for (const [name, value] of Object.entries(headers)) if (!c.res.headers.has(name)) c.res.headers.set(name, value);
  });

/** No script or style but our files; frames show letters and pages, each in a sandbox of its own. */
export const policyOf = (storage: readonly string[]): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "font-src 'self'",
    ["img-src 'self' data: blob:", ...storage].join(" "),
    ["connect-src 'self'", ...storage].join(" "),
    ["form-action 'self'", ...storage].join(" "),
    "frame-src 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join("; ");

/** `__Host-` keeps a cookie from being set by anybody else; browsers take it over TLS only. */
export const sessionCookie = ({ protocol }: URL): string =>
  protocol === "https:" ? "__Host-kurier-desk" : "kurier-desk";

/** Who asks, and in which language they are answered. */
export const recognised = (cloud: Cloud, { baseUrl, others }: Doors) =>
  createMiddleware<DeskEnv>(async (c, next) => {
    // Before anything can fail: a page that says so is written in a language, too.
    c.set("baseUrl", baseUrl);
    c.set("language", languageOf(c));
    c.set("others", (await others?.()) ?? []);
    const cookie = getCookie(c, sessionCookie(baseUrl)) ?? "";
    const session = await openHere(cloud, cookie);
    c.set("session", session);
    c.set("token", session ? formToken(cookie) : "");
    await next();
  });

/** A session that stands in a copy or in an older table may be one that was ended: there it counts for nothing. */
async function openHere(cloud: Cloud, cookie: string): Promise<Session | undefined> {
  const session = await readSession(cloud, cookie);
  return session && !(await isFenced(cloud)) ? session : undefined;
}

/** What a form of this session carries: nobody who lacks the cookie can know it. */
export const formToken = (cookie: string): string => digestOf(`form ${cookie}`).slice(0, 32);

/** Browsers say where a form stood; ours carry a token besides. Whoever is not signed in has nothing another could use. */
export const fromOwnPage = (cloud: Pick<Cloud, "clock">, { baseUrl }: Doors) =>
  createMiddleware<DeskEnv>(async (c, next) => {
    if (c.req.method === "GET" || c.req.method === "HEAD") return next();
    if (!isFromHere(c, baseUrl)) return show(c, "strange", { old: null }, { status: 403 });
    const token = (await carried(c)) ?? "";
    const isOurs = token === c.var.token || (token !== "" && token === tokenOfAgain(c, baseUrl));
    return isOurs ? next() : tooOld(cloud, c);
  });

/** From a page of ours before its reader was signed out or in again. What stands elsewhere never gets so far. */
async function tooOld(cloud: Pick<Cloud, "clock">, c: DeskContext): Promise<Response> {
  const isOut = c.var.session === undefined && !c.req.path.startsWith("/r/");
  const say = words(c.var.language).desk.strange;
  // Whoever signed in again in another tab goes on in this one: their own script may have their new token.
  if (asksForData(c)) return c.json({ problem: isOut ? say.out : say.in, ...(!isOut && { token: c.var.token }) }, 403);
  const typed = await typedFields(c);
  const token = isOut ? giveAgain(c, cloud.clock.id()) : c.var.token;
  return show(c, "strange", { old: { typed, action: c.req.path, isOut, token } }, { status: 403 });
}

// ── sending once more ────────────────────────────────────────────────────────────────────────────

/** So long somebody may take to sign in again in another tab. */
const againSeconds = 3600;

const againCookie = ({ protocol }: URL): string => (protocol === "https:" ? "__Host-kurier-again" : "kurier-again");

/**
 * The page that says "too old" is made before its reader is signed in again, so its form cannot carry the token of that
 * session. It carries that of a cookie made for it, which nobody else can know either.
 */
function giveAgain(c: DeskContext, secret: string): string {
  const { baseUrl } = c.var;
  const secure = baseUrl.protocol === "https:";
  setCookie(c, againCookie(baseUrl), secret, {
    ...{ path: "/", httpOnly: true, sameSite: "Strict", maxAge: againSeconds, secure },
  });
  return formToken(secret);
}

function tokenOfAgain(c: DeskContext, baseUrl: URL): string | undefined {
  const secret = getCookie(c, againCookie(baseUrl));
  return secret ? formToken(secret) : undefined;
}

function isFromHere(c: DeskContext, baseUrl: URL): boolean {
  const site = c.req.header("sec-fetch-site");
  const origin = c.req.header("origin");
  if (site !== undefined) return site === "same-origin" || site === "none";
  // A form of a page that sends no referrer says "null"; telephones of before 2023 say nothing else. Their token speaks.
  return origin === baseUrl.origin || origin === "null";
}

const carried = async (c: DeskContext): Promise<string | undefined> =>
  c.req.header("x-kurier-token") ?? (await posted(c)).text("token");
