import { type Context, Hono } from "hono";
import type { Publication } from "../../core/publication.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { movingKey, requestKey, subscriberKey } from "../records/keys.ts";
import { findPublication } from "../records/publications.ts";
import { confirmReader, moveReader } from "../records/readers.ts";
import { currentCover } from "../records/shelf.ts";
import { readSubscriber } from "../records/subscribers.ts";
import { readToken, type TokenFor } from "../records/tokens.ts";
import { answer } from "./page.ts";
import { linkFor } from "./reader.ts";

/** The button of a confirm mail: a GET shows it, however often it is fetched; a POST presses it, once. */
export function confirming(cloud: Cloud): Hono {
  const app = new Hono();
  app.get("/:publication/c/:token", async (c) => {
    const publication = await findPublication(cloud, c.req.param("publication"));
    const token = publication && (await readToken(cloud, c.req.param("token")));
    if (!publication || !token || !isOf(publication, token.what)) return stale(c, publication);
    const manner = { publication };
    if (token.isUsed) return answer(c, "already", {}, manner);
    const address = await waitingAddress(cloud, token.what);
    if (token.what.is === "move") return answer(c, "confirm-move", { ...address }, manner);
    return answer(c, "confirm", { ...address, titles: await titlesOf(cloud, token.what.publications) }, manner);
  });
  app.post("/:publication/c/:token", async (c) => {
    const publication = await findPublication(cloud, c.req.param("publication"));
    const token = publication && (await readToken(cloud, c.req.param("token")));
    if (!publication || !token || !isOf(publication, token.what)) return stale(c, publication);
    return token.what.is === "move" ? moved(cloud, c, publication) : confirmed(cloud, c, publication);
  });
  return app;
}

async function confirmed(cloud: Cloud, c: Context, publication: Publication): Promise<Response> {
  const done = await confirmReader(cloud, c.req.param("token") ?? "");
  if (done === "used") return answer(c, "already", {}, { publication });
  if (!done) return stale(c, publication);
  const [first = publication.id] = done.publications;
  const [titles, cover, preferences, reader] = await Promise.all([
    titlesOf(cloud, done.publications),
    currentCover(cloud, publication.id),
    linkFor(cloud, "preferences", done.addressKey, first),
    readSubscriber(cloud, first, done.addressKey),
  ]);
  return answer(c, "confirmed", { titles, cover, preferences }, { publication, language: reader?.language });
}

async function moved(cloud: Cloud, c: Context, publication: Publication): Promise<Response> {
  const done = await moveReader(cloud, c.req.param("token") ?? "");
  if (done === "used") return answer(c, "already", {}, { publication });
  if (!done) return stale(c, publication);
  const reader = await readSubscriber(cloud, publication.id, done.addressKey);
  return answer(c, "moved", {}, { publication, language: reader?.language });
}

const stale = (c: Context, publication: Publication | undefined) => answer(c, "stale", {}, { publication });

/** A link stands below the publication it was asked for at; below another it says nothing. */
const isOf = ({ id }: Publication, what: TokenFor): boolean =>
  what.is === "move" ? what.publication === id : what.publications.includes(id);

const titlesOf = async (cloud: Cloud, ids: readonly string[]): Promise<string[]> =>
  (await Promise.all(ids.map((id) => findPublication(cloud, id)))).flatMap((one) => one?.title ?? []);

/** Where the button will make issues go; shown by half. */
async function waitingAddress({ table }: Cloud, what: TokenFor): Promise<{ readonly address?: string }> {
  const { addressKey: key } = what;
  const [first = ""] = what.is === "confirm" ? what.publications : [what.publication];
  const keys = what.is === "confirm" ? [subscriberKey(first, key), requestKey(key, first)] : [movingKey(key, first)];
  const address = (await table.get(keys, { consistent: true })).flatMap((row) => row?.address ?? [])[0];
  return typeof address === "string" ? { address } : {};
}
