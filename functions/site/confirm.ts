import { type Context, Hono } from "hono";
import type { Publication } from "../../core/publication.ts";
import type { Language } from "../../core/words.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { requestKey, subscriberKey } from "../records/keys.ts";
import { readMoving } from "../records/moving.ts";
import { findPublication } from "../records/publications.ts";
import { confirmReader, moveReader } from "../records/readers.ts";
import { currentCover } from "../records/shelf.ts";
import { readSubscriber, subscriberOfRow } from "../records/subscribers.ts";
import { readToken, type TokenFor } from "../records/tokens.ts";
import { answer } from "./page.ts";
import { linkFor } from "./reader.ts";

/** The button of a confirm mail: a GET shows it, however often it is fetched; a POST presses it, once. */
export function confirming(cloud: Cloud): Hono {
  const app = new Hono();
  app.get("/:publication/c/:token", async (c) => {
    const held = await findToken(cloud, c);
    if (!held.what) return stale(c, held.publication);
    const { publication, what, isUsed, address, language } = held;
    const manner = { publication, language };
    if (isUsed) return answer(c, "already", {}, manner);
    if (address === undefined) return stale(c, publication, language);
    if (what.is === "move") return answer(c, "confirm-move", { address }, manner);
    return answer(c, "confirm", { address, titles: await titlesOf(cloud, what.publications) }, manner);
  });
  app.post("/:publication/c/:token", async (c) => {
    const held = await findToken(cloud, c);
    if (!held.what) return stale(c, held.publication);
    return held.what.is === "move" ? moved(cloud, c, held) : confirmed(cloud, c, held);
  });
  return app;
}

type Held = { readonly publication: Publication; readonly what: TokenFor; readonly isUsed: boolean } & Waiting;

/** A link stands below the publication it was asked for at; below another it says nothing. */
async function findToken(
  cloud: Cloud,
  c: Context,
): Promise<Held | { readonly publication: Publication | undefined; readonly what?: undefined }> {
  const publication = await findPublication(cloud, c.req.param("publication") ?? "");
  const token = publication && (await readToken(cloud, c.req.param("token") ?? ""));
  if (!publication || !token || !isOf(publication, token.what)) return { publication };
  return { publication, ...token, ...(await waitingFor(cloud, token.what)) };
}

async function confirmed(cloud: Cloud, c: Context, { publication, language }: Held): Promise<Response> {
  const done = await confirmReader(cloud, c.req.param("token") ?? "");
  if (done === "used") return answer(c, "already", {}, { publication, language });
  if (!done) return stale(c, publication, language);
  const [first = publication.id] = done.publications;
  const [titles, cover, preferences, reader] = await Promise.all([
    titlesOf(cloud, done.publications),
    currentCover(cloud, publication.id),
    linkFor(cloud, "preferences", done.addressKey, first),
    readSubscriber(cloud, first, done.addressKey),
  ]);
  return answer(c, "confirmed", { titles, cover, preferences }, { publication, language: reader?.language });
}

async function moved(cloud: Cloud, c: Context, { publication, language }: Held): Promise<Response> {
  const done = await moveReader(cloud, c.req.param("token") ?? "");
  if (done === "used") return answer(c, "already", {}, { publication, language });
  if (!done) return stale(c, publication, language);
  const reader = await readSubscriber(cloud, publication.id, done.addressKey);
  return answer(c, "moved", {}, { publication, language: reader?.language });
}

const stale = (c: Context, publication: Publication | undefined, language?: Language) =>
  answer(c, "stale", {}, { publication, language });

const isOf = ({ id }: Publication, what: TokenFor): boolean =>
  what.is === "move" ? what.publication === id : what.publications.includes(id);

const titlesOf = async (cloud: Cloud, ids: readonly string[]): Promise<string[]> =>
  (await Promise.all(ids.map((id) => findPublication(cloud, id)))).flatMap((one) => one?.title ?? []);

interface Waiting {
  /** Where the button will make issues go; undefined where nothing waits any more. */
  readonly address?: string | undefined;
  /** Chosen with the order. */
  readonly language?: Language | undefined;
}

async function waitingFor(cloud: Cloud, what: TokenFor): Promise<Waiting> {
  if (what.is === "move") {
    const { publication, from } = what;
    const [address, mover] = await Promise.all([readMoving(cloud, what), readSubscriber(cloud, publication, from)]);
    return { address, language: mover?.language };
  }
  const keys = what.publications.flatMap((id) => [subscriberKey(id, what.addressKey), requestKey(what.addressKey, id)]);
  const rows = (await cloud.table.get(keys, { consistent: true })).flatMap((row) => (row ? subscriberOfRow(row) : []));
  const waiting = rows.find((row) => "address" in row);
  return { address: waiting?.address, language: (waiting ?? rows[0])?.language };
}
