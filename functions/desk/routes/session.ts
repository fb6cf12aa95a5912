import { type Context, Hono } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { createMiddleware } from "hono/factory";
import { deviceOf } from "../../../core/desk/device.ts";
import { ownPath } from "../../../core/desk/own-path.ts";
import type { DoneCode } from "../../../core/desk/page.ts";
import { sessionLines } from "../../../core/desk/sessions.ts";
import { Refusal } from "../../../core/refusal.ts";
import type { Cloud } from "../../cloud/cloud.ts";
import { peopleAt } from "../../records/people.ts";
import { closeSession, listSessions, openedAt, type Session, sessionHours } from "../../records/sessions.ts";
import { signInMinutes } from "../../records/sign-ins.ts";
import { noteSignOut } from "../../records/sign-outs.ts";
import type { Issuer } from "../issuer.ts";
import { beginSignIn, finishSignIn } from "../sign-in.ts";
import type { DeskContext, DeskEnv } from "./desk-env.ts";
import { sessionCookie } from "./guard.ts";
import { type Posted, posted } from "./posted.ts";
import { sentenceOf, show } from "./show.ts";
import { publicationsOf } from "./start.ts";

/** Who lets people in. */
export interface SignIn {
  /** Asked each time: on AWS its settings may be changed while we run. @throws Refusal `issuer-silent` */
  readonly issuer: () => Promise<Issuer>;
}

/** Signing in and out, and where somebody is signed in. */
export const signingIn =
  ({ issuer }: SignIn) =>
  (cloud: Cloud): Hono<DeskEnv> => {
    const app = new Hono<DeskEnv>();
    app.use(named(cloud));
    app.get("/", (c) => (c.var.session && c.req.query("why") !== "again" ? shown(c, cloud, c.var.session) : asked(c)));
    app.post("/", (c) => begin(c, cloud, issuer));
    // The one GET that changes something: OpenID Connect comes back by a redirect. What it brings is worth nothing
    // without the cookie of the browser it began in, and nothing a second time.
    app.get("/callback", (c) => comeBack(c, cloud, issuer));
    app.post("/end", (c) => end(c, cloud));
    return app;
  };

/** Whose session it is: one name, wherever they are known. */
const named = (cloud: Cloud) =>
  createMiddleware<DeskEnv>(async (c, next) => {
    const [first] = c.var.session ? await peopleAt(cloud, c.var.session.addressKey) : [];
    if (first) c.set("person", first.person);
    await next();
  });

/** Please sign in; anew where something lies ahead that cannot be taken back. */
function asked(c: DeskContext, refusal?: Refusal, to = c.req.query("to")): Response | Promise<Response> {
  const view = { problem: refusal ? sentenceOf(c, refusal) : "", to: ownPath(to) };
  const refused = refusal && notNow.has(refusal.code) ? 503 : 403;
  return show(c, c.var.session ? "sign-in-again" : "sign-in", view, { status: refusal ? refused : 200 });
}

/** Nobody can come in, whoever they are. */
const notNow: ReadonlySet<string> = new Set(["issuer-silent", "desk-fenced"]);

async function begin(c: DeskContext, cloud: Cloud, issuer: SignIn["issuer"]): Promise<Response> {
  const form = await posted(c);
  const wish = { isFresh: form.has("fresh"), to: form.text("to"), address: form.text("as") || undefined };
  try {
    return await leadOn(c, cloud, await issuer(), wish);
  } catch (refusal) {
    if (refusal instanceof Refusal) return asked(c, refusal, wish.to);
    throw refusal;
  }
}

/**
 * On to the issuer by a page that leads there by itself. A redirect would be the form's, and browsers hold the whole way
 * of a form against our policy: an issuer that passes people on to another one could not be named in it.
 */
async function leadOn(
  c: DeskContext,
  cloud: Cloud,
  issuer: Issuer,
  wish: { readonly isFresh: boolean; readonly to: string; readonly address?: string | undefined },
): Promise<Response> {
  const { url, state } = await beginSignIn(cloud, issuer, { ...wish, language: c.var.language });
  keepState(c, state);
  c.header("Refresh", `0; url=${url}`);
  return show(c, "sign-in-way", { url });
}

async function comeBack(c: DeskContext, cloud: Cloud, issuer: SignIn["issuer"]): Promise<Response> {
  const state = getCookie(c, stateCookie(c.var.baseUrl)) ?? "";
  const device = deviceOf(c.req.header("user-agent") ?? "");
  const came = { query: new URL(c.req.url).searchParams, state, before: c.var.session, device };
  if (came.query.get("state") === state) deleteCookie(c, stateCookie(c.var.baseUrl), cookieOf(c));
  try {
    const who = await finishSignIn(cloud, await issuer(), came);
    if (who.is === "left") return await leadOn(c, cloud, await issuer(), { isFresh: true, to: who.to });
    if (who.is === "unknown") return await show(c, "sign-in-unknown", {}, { details: who, status: 403 });
    setCookie(c, sessionCookie(c.var.baseUrl), who.token, { ...cookieOf(c), maxAge: sessionHours * 3600 });
    return c.redirect(who.to, 303);
  } catch (refusal) {
    if (refusal instanceof Refusal) return asked(c, refusal);
    throw refusal;
  }
}

/** Here, at one other place, at all others, or wherever they are signed in. One that has ended already is no trouble. */
async function end(c: DeskContext, cloud: Cloud): Promise<Response> {
  const { session } = c.var;
  const { isMeant, done } = meantBy(await posted(c), session);
  const own = session ? await listSessions(cloud, session.addressKey) : [];
  if (session) await noteSignOut(cloud, session.addressKey);
  for (const one of own.filter(isMeant)) await closeSession(cloud, one);
  if (!session || isMeant(session)) deleteCookie(c, sessionCookie(c.var.baseUrl), cookieOf(c));
  return c.redirect(`/session?done=${done}`, 303);
}

interface Meant {
  readonly isMeant: (one: Session) => boolean;
  readonly done: DoneCode;
}
/** Which of theirs a form speaks of; one that names none, of the one it came from. */
function meantBy(form: Posted, here: Session | undefined): Meant {
  if (form.has("everywhere")) return { isMeant: () => true, done: "signed-out-everywhere" };
  if (form.has("others")) return { isMeant: ({ id }) => id !== here?.id, done: "signed-out-others" };
  const named = form.text("session") || here?.id;
  return { isMeant: ({ id }) => id === named, done: named === here?.id ? "signed-out" : "signed-out-there" };
}

async function shown(c: DeskContext, cloud: Cloud, session: Session): Promise<Response> {
  const [sessions, theirs] = await Promise.all([
    listSessions(cloud, session.addressKey),
    publicationsOf(cloud, session.addressKey),
  ]);
  const place = { here: session.id, timeZone: theirs[0]?.timeZone ?? "Europe/Berlin", language: c.var.language };
  const own = sessions.map((one) => ({ ...one, openedAt: openedAt(one) }));
  return show(c, "sessions", { sessions: sessionLines(own, place), hasOthers: own.length > 1 });
}

const keepState = (c: Context, state: string): void =>
  setCookie(c, stateCookie(c.var.baseUrl), state, { ...cookieOf(c), maxAge: signInMinutes * 60 });

const stateCookie = ({ protocol }: URL): string => (protocol === "https:" ? "__Host-kurier-sign-in" : "kurier-sign-in");

/** Lax: the issuer's redirect comes from elsewhere and has to bring them. */
const cookieOf = (c: DeskContext) =>
  ({ path: "/", httpOnly: true, sameSite: "Lax", secure: c.var.baseUrl.protocol === "https:" }) as const;
