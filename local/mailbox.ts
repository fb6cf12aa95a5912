import { type Context, Hono } from "hono";
import PostalMime, { type Email } from "postal-mime";
import { isDeskPath } from "../core/desk/routes.ts";
import { dateFormat } from "../core/formats.ts";
import { fill, type Language, words } from "../core/words.ts";
import type { LetterHead, LetterSource } from "./letters.ts";
import { localAsset, localPage } from "./pages.ts";

/** How a letter can be looked at. */
const views = ["html", "phone", "text", "source"] as const;
type View = (typeof views)[number];

const lettersOnPage = 50;

/** Our pages: nothing from anywhere else, no script at all. */
const pagePolicy =
  "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
/**
 * A letter is a stranger's page: an origin of its own, no script, no form, nothing sent anywhere. Links open in a new
 * tab, which is an ordinary one: the leave page there must be able to post its form.
 */
const letterPolicy =
  "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self' https: data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

/** A publication served beside the mailbox, and the base address its letters name. */
interface Home {
  readonly id: string;
  readonly baseUrl?: string;
  /** Of its wall clock; absent where only a folder is shown. */
  readonly timeZone?: string;
}
interface MailboxParts {
  readonly letters: LetterSource;
  readonly language: Language;
  readonly homes?: () => Promise<readonly Home[]>;
  /** Where the desk beside it listens now: "http://127.0.0.1:4830"; undefined where there is none. */
  readonly desk?: () => string | undefined;
}

/** The mailbox in the browser, to be mounted at `/mailbox/`. */
export function mailbox({ letters, language, homes = async () => [], desk = () => undefined }: MailboxParts): Hono {
  const say = words(language).mailbox;
  const app = new Hono();
  const nothing = (c: Context) => c.html(localPage(language, "missing", say.missing.title, {}), 404);

  app.use(async (c, next) => {
    await next();
    c.header("X-Content-Type-Options", "nosniff");
    c.header("Referrer-Policy", "no-referrer");
    c.header("Cache-Control", "no-store");
    if (!c.res.headers.has("Content-Security-Policy")) c.header("Content-Security-Policy", pagePolicy);
  });

  app.get("/gestalt/:name", (c) => {
    const asset = localAsset(c.req.param("name"));
    return asset ? c.body(bytesOf(asset.body), 200, { "Content-Type": asset.type }) : nothing(c);
  });

  app.get("/", async (c) => {
    const after = c.req.query("after");
    const [{ letters: page, next }, count, clock] = await Promise.all([
      letters.list({ limit: lettersOnPage, ...(after === undefined ? {} : { after }) }),
      letters.count(),
      wallClock(homes, language),
    ]);
    const content = {
      count: countOf(count, language),
      letters: page.map((letter) => rowOf(letter, language, clock)),
      newest: after !== undefined,
      older: next === undefined ? null : `./?after=${encodeURIComponent(next)}`,
      turns: after !== undefined || next !== undefined,
    };
    return c.html(localPage(language, "list", say.title, content));
  });

  app.get("/:id/letter.eml", async (c) => {
    const source = await letters.read(c.req.param("id"));
    if (!source) return nothing(c);
    return c.body(bytesOf(source), 200, {
      "Content-Type": "message/rfc822",
      "Content-Disposition": 'attachment; filename="letter.eml"',
    });
  });

  app.get("/:id/letter", async (c) => {
    const source = await letters.read(c.req.param("id"));
    const html = source && (await PostalMime.parse(source)).html;
    if (!html) return nothing(c);
    return c.html(framed(html, await homes(), desk()), 200, { "Content-Security-Policy": letterPolicy });
  });

  const show = async (c: Context, view: View | undefined): Promise<Response> => {
    const source = view && (await letters.read(c.req.param("id") ?? ""));
    if (!view || !source) return nothing(c);
    const email = await PostalMime.parse(source);
    const title = email.subject || say.noSubject;
    const clock = await wallClock(homes, language);
    return c.html(localPage(language, "letter", title, letterView(email, source, view, { language, clock })));
  };
  app.get("/:id", (c) => c.redirect(`${encodeURIComponent(c.req.param("id"))}/`, 308));
  app.get("/:id/", (c) => show(c, "html"));
  app.get("/:id/:view", (c) => show(c, viewNamed(c.req.param("view"))));

  app.get("/*", nothing);
  return app;
}

/** "25 Briefe" */
export function countOf(letters: number, language: Language): string {
  const say = words(language).mailbox;
  return letters === 1 ? say.one : fill(say.count, { letters: letters.toLocaleString(language) });
}

const bytesOf = (body: string | Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.from(body));

const viewNamed = (name: string): View | undefined => views.find((view) => view === name);

/** "2. März 2026, 07:00", as the desk says it. */
type WallClock = (at: string) => string;

/** Everything here is of one office: its first publication's clock is everybody's. */
async function wallClock(homes: () => Promise<readonly Home[]>, language: Language): Promise<WallClock> {
  const timeZone = (await homes()).find((home) => home.timeZone !== undefined)?.timeZone;
  const format = dateFormat(language, { dateStyle: "medium", timeStyle: "short", ...(timeZone && { timeZone }) });
  return (at) => (at === "" ? "" : format.format(new Date(at)));
}

function rowOf({ id, to, subject, at }: LetterHead, language: Language, clock: WallClock): object {
  return {
    url: `${id}/`,
    ...to,
    subject: subject || words(language).mailbox.noSubject,
    at,
    time: clock(at),
  };
}

interface Spoken {
  readonly language: Language;
  readonly clock: WallClock;
}

function letterView(email: Email, source: Uint8Array, view: View, { language, clock }: Spoken): object {
  const say = words(language).mailbox;
  const at = email.date ?? "";
  return {
    subject: email.subject || say.noSubject,
    from: oneLine(email.from),
    to: (email.to ?? []).map(oneLine).join(", "),
    ...{ at, time: clock(at) },
    views: views.map((name) => ({
      name,
      url: name === "html" ? "./" : name,
      label: say.view[name],
      current: name === view,
    })),
    view: viewOf(email, source, view, say),
  };
}

function viewOf(email: Email, source: Uint8Array, view: View, say: { onlyText: string; noText: string }): object {
  const nothing = { frame: null, phone: false, words: null, hint: null };
  if (view === "source") return { ...nothing, words: new TextDecoder().decode(source) };
  const text = { ...nothing, words: email.text ?? null, hint: email.text ? null : say.noText };
  if (view === "text") return text;
  return email.html ? { ...nothing, frame: "letter", phone: view === "phone" } : { ...text, hint: say.onlyText };
}

const oneLine = (mailbox: Email["from"]): string =>
  mailbox?.name ? `${mailbox.name} <${mailbox.address ?? ""}>` : (mailbox?.address ?? "");

/** Wherever this machine printed a letter for, it is looked at here: the port may be another one by now. */
const ownAddress = /(http:\/\/127\.0\.0\.1:\d+)(\/[^"'\s<>]*)/g;

/** The letter's own HTML; its links open beside the mailbox, at the pages served here: those out there may not stand yet. */
function framed(html: string, homes: readonly Home[], desk: string | undefined): string {
  // The desk has an origin of its own: its pages are none of those here.
  let here = html.replace(ownAddress, (whole, origin: string, path: string) => {
    if (origin !== desk && !isDeskPath(path)) return path;
    return desk === undefined ? whole : `${desk}${path}`;
  });
  for (const { id, baseUrl } of homes) if (baseUrl) here = here.replaceAll(`"${baseUrl}/`, `"/${id}/`);
  const base = '<base target="_blank">';
  return /<head[^>]*>/i.test(here) ? here.replace(/<head[^>]*>/i, (head) => `${head}${base}`) : `${base}${here}`;
}
