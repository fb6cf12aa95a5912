import { Hono } from "hono";
import { actLines, peopleIn, thingOf } from "../../../core/desk/acts.ts";
import { nameOf } from "../../../core/desk/name-of.ts";
import { fill, words } from "../../../core/words.ts";
import type { Cloud } from "../../cloud/cloud.ts";
import { type ActFilter, latestActs } from "../../records/acts.ts";
import { namesOf } from "../../records/people-listed.ts";
import type { DeskContext, DeskEnv } from "./desk-env.ts";
import { show } from "./show.ts";

const linesOnPage = 50;

/** Who did what to which thing. Nothing here can be changed. */
export function acts(cloud: Cloud): Hono<DeskEnv> {
  const app = new Hono<DeskEnv>();
  app.get("/", async (c) => {
    const { publication, language } = c.var;
    const { by, kind, id } = c.req.query();
    const before = /^\d{4}-/.test(c.req.query("before") ?? "") ? c.req.query("before") : undefined;
    const filter = { by, kind, id };
    const { acts: found, next } = await latestActs(cloud, publication.id, { limit: linesOnPage, before, filter });
    const people = await namesOf(cloud, publication.id, [by, ...found.flatMap(peopleIn)]);
    const place = { publication: publication.id, timeZone: publication.timeZone, language, people };
    return show(c, "acts", {
      lines: actLines(found, place),
      only: onlyOf(c, filter, place),
      pager: pagerOf(c, { before, next }),
    });
  });
  return app;
}

/** What is looked at alone, in words. */
function onlyOf({ var: { language } }: DeskContext, { by, kind, id }: ActFilter, place: Parameters<typeof thingOf>[1]) {
  const { ofPerson, ofThing } = words(language).desk.acts;
  if (by !== undefined) return fill(ofPerson, { name: nameOf(place.people, by, place.language) });
  return kind === undefined ? null : fill(ofThing, { thing: thingOf({ kind, id: id ?? "" }, place) });
}

function pagerOf(
  c: DeskContext,
  { before, next }: { readonly before?: string | undefined; readonly next?: string | undefined },
) {
  if (before === undefined && next === undefined) return null;
  const to = (more: Readonly<Record<string, string>>): string => {
    const { before: _, done: __, ...filter } = c.req.query();
    const query = new URLSearchParams({ ...filter, ...more }).toString();
    return query ? `${c.req.path}?${query}` : c.req.path;
  };
  return {
    ...(before !== undefined && { newest: to({}) }),
    ...(next !== undefined && { older: to({ before: next }) }),
  };
}
