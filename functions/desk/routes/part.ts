import { type DeskPageName, renderDeskPart } from "../../../core/desk/page.ts";
import { house } from "../../house.ts";
import type { DeskContext } from "./desk-env.ts";

/** A piece of a page, for a script of ours to put in its place: partial `desk/part/<name>` in the words of its page. */
export const part = (c: DeskContext, name: string, page: DeskPageName, view: object): Response | Promise<Response> =>
  c.html(renderDeskPart(house(), c.var.language, name, page, view));
