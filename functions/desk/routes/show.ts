import type { ContentfulStatusCode } from "hono/utils/http-status";
import { type DeskContent, type DeskPageName, type DoneCode, renderDeskPage } from "../../../core/desk/page.ts";
import type { Refusal } from "../../../core/refusal.ts";
import { refusalSentence, words } from "../../../core/words.ts";
import { house } from "../../house.ts";
import { lookOf, scriptAt } from "../look.ts";
import type { DeskContext } from "./desk-env.ts";

interface Shown extends Omit<DeskContent, "view" | "scripts"> {
  readonly status?: ContentfulStatusCode;
  /** Names of our modules: "upload.js". */
  readonly scripts?: readonly string[];
}

/** Answers with a page: template `desk/<name>`, wording `desk.<name>`. */
export function show(c: DeskContext, name: DeskPageName, view: object, more: Shown = {}): Response | Promise<Response> {
  const { status = 200, scripts = [], ...content } = more;
  const place = {
    ...{ language: c.var.language, publication: c.var.publication, person: c.var.person, token: c.var.token },
    others: c.var.session ? (c.var.others ?? []) : [],
    stay: c.req.method === "GET" ? c.req.path : `/${c.var.publication?.id ?? ""}`,
    ...{ here: c.req.path, ...lookOf(c.var.publication), done: doneOf(c) },
  };
  return c.html(renderDeskPage(house(), place, name, { ...content, view, scripts: scripts.map(scriptAt) }), status);
}

/** After an act: the page to look at now, which says what was done. `path` begins behind the publication. */
export function done(c: DeskContext, path: string, code: DoneCode): Response {
  const url = new URL(`/${c.var.publication.id}${path}`, c.var.baseUrl);
  url.searchParams.set("done", code);
  return c.redirect(`${url.pathname}${url.search}${url.hash}`, 303);
}

/** The sentence of what a rule said no to, in the language of who asked. */
export const sentenceOf = (c: DeskContext, refusal: Refusal): string => refusalSentence(c.var.language, refusal);

function doneOf(c: DeskContext): DoneCode | undefined {
  const codes = Object.keys(words(c.var.language).desk.done) as DoneCode[];
  return codes.find((code) => code === c.req.query("done"));
}
