import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { WithdrawalForm } from "../../core/subscriber/consent.ts";
import type { Subscriber } from "../../core/subscriber/subscriber.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { undoLeaving } from "../records/readers.ts";
import { leave, undoMinutes, whereNow } from "../records/subscribers.ts";
import { mostBytes } from "./fields.ts";
import { answer } from "./page.ts";
import { findReader, type Holder, isReader } from "./reader.ts";

/**
 * The way out. A POST leaves at once, by our button or by a mail program's one click (RFC 8058), without cookie,
 * question or redirect; "that was a mistake" takes it back for ten minutes.
 */
export function leaving(cloud: Cloud): Hono {
  const app = new Hono();
  app.on("GET", ["/:publication/u/:token", "/:publication/u/:token/undo"], async (c) => {
    const found = await findReader(cloud, c, "leave");
    if (!found.isOurs) return answer(c, "unknown-link", {}, { ...found });
    const { publication, subscriber } = found;
    const manner = { publication, language: subscriber?.language };
    if (c.req.path.endsWith("/undo") && isReader(subscriber)) return answer(c, "undone", {}, manner);
    if (!subscriber || subscriber.state === "unsubscribed")
      return answer(c, "left", isFresh(cloud, subscriber) ? { undo: undoOf(found) } : {}, manner);
    return answer(c, "leave", addressIn(subscriber), manner);
  });
  // Whoever posts without end leaves too; nobody reads it.
  const short = bodyLimit({ maxSize: mostBytes, onError: (c) => leaveNow(cloud, c, "link") });
  app.post("/:publication/u/:token", short, async (c) =>
    leaveNow(cloud, c, (await isOneClick(c)) ? "one-click" : "link"),
  );
  app.post("/:publication/u/:token/undo", async (c) => {
    const found = await findReader(cloud, c, "leave");
    if (!found.isOurs) return answer(c, "unknown-link", {}, found);
    const { publication, addressKey, subscriber } = found;
    const isBack = await undoLeaving(cloud, publication.id, addressKey);
    // Pressed twice, as people do: they are back already.
    const isStill = isBack || isReader(await whereNow(cloud, publication.id, addressKey));
    return answer(c, isStill ? "undone" : "too-late", {}, { publication, language: subscriber?.language });
  });
  return app;
}

async function leaveNow(cloud: Cloud, c: Context, form: WithdrawalForm): Promise<Response> {
  const found = await findReader(cloud, c, "leave");
  if (!found.isOurs) return answer(c, "unknown-link", {}, found);
  const { publication, addressKey, subscriber } = found;
  await leave(cloud, publication.id, addressKey, form);
  const canUndo = subscriber?.state === "confirmed" || isFresh(cloud, subscriber);
  const view = { ...addressIn(subscriber), ...(canUndo && { undo: undoOf(found) }) };
  return answer(c, "left", view, { publication, language: subscriber?.language });
}

const undoOf = ({ here }: Holder): string => `${here}/undo`;

const addressIn = (subscriber: Subscriber | undefined): { address?: string } =>
  subscriber && "address" in subscriber ? { address: subscriber.address } : {};

/** Left a moment ago. */
const isFresh = ({ clock }: Cloud, subscriber: Subscriber | undefined): boolean =>
  subscriber?.state === "unsubscribed" &&
  clock.now().getTime() - Date.parse(subscriber.unsubscribedAt) < undoMinutes * 60_000;

/** RFC 8058 3.1: what a mail program posts. Whatever else was posted leaves too. */
const isOneClick = async (c: Context): Promise<boolean> =>
  (await c.req.parseBody().catch(() => ({}) as Record<string, unknown>))["List-Unsubscribe"] === "One-Click";
