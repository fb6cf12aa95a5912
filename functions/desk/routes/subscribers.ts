import { Hono } from "hono";
import { growthView } from "../../../core/desk/growth-view.ts";
import { reasonNamed, subscriberView } from "../../../core/desk/subscriber-view.ts";
import { type Walk, walkOf, walkView, wantedOf } from "../../../core/desk/subscribers-view.ts";
import { liftingNamed } from "../../../core/desk/suppressions-view.ts";
import { readyTable, underWay } from "../../../core/desk/walk-view.ts";
import { Refusal } from "../../../core/refusal.ts";
import { may } from "../../../core/rights.ts";
import { consentPage } from "../../../core/subscriber/consent-page.ts";
import { type AddressKey, addressKeyLength } from "../../../core/subscriber/subscriber.ts";
import { startOfWalk } from "../../../core/subscriber/walk.ts";
import type { Cloud } from "../../cloud/cloud.ts";
import { countGrowth, readGrowth } from "../../records/growth.ts";
import { readSubscriber } from "../../records/subscribers.ts";
import { eraseAddress, whoIsErased } from "../erase.ts";
import { evidenceFor } from "../evidence.ts";
import { handOut, readersErrand } from "../handout.ts";
import { readerFileOf } from "../reader.ts";
import { findReaders, readerKey } from "../reader-search.ts";
import { liftSuppression, suppressionSeen, suppressKey } from "../suppressions.ts";
import { type WalkPlace, walkAt } from "../walking.ts";
import { walkOn } from "../walks.ts";
import type { DeskContext, DeskEnv } from "./desk-env.ts";
import { lateIn } from "./late.ts";
import { fetched, nextPiece } from "./pieces.ts";
import { posted } from "./posted.ts";
import { done, sentenceOf, show } from "./show.ts";

/** Readers: all of them piece by piece, and each by the key of their address. No address stands in the address of a page. */
export function subscribers(cloud: Cloud): Hono<DeskEnv> {
  const app = new Hono<DeskEnv>();
  app.get("/", (c) =>
    listed(
      cloud,
      c,
      walkOf((name) => c.req.query(name)),
    ),
  );
  app.post("/search", (c) => searched(cloud, c));
  app.post("/count", async (c) => {
    const isWhole = await countGrowth(cloud, c.var.publication.id, lateIn(cloud));
    return done(c, "/subscribers", isWhole ? "counted" : "counting");
  });
  app.post("/export", async (c) => {
    const { person, publication, language } = c.var;
    const walk = await walkOn(cloud, readersErrand(person, publication.id, language), lateIn(cloud));
    if (walk?.state !== "done") return c.redirect(`/${publication.id}/subscribers`, 303);
    return c.redirect(await handOut(cloud, person, walk), 303);
  });
  app.post("/export/pieces", async (c) => {
    await nextPiece(cloud, c, tableOf(c));
    return c.redirect(`/${c.var.publication.id}/subscribers`, 303);
  });
  app.post("/export/table", (c) => fetched(cloud, c, tableOf(c), `/${c.var.publication.id}/subscribers`));
  app.get("/:key", (c) => shown(cloud, c, keyIn(c)));
  app.post("/:key/suppression", async (c) => {
    const reason = reasonNamed((await posted(c)).text("reason")) ?? "asked";
    await suppressKey(cloud, c.var.person, keyIn(c), reason);
    return done(c, `/subscribers/${keyIn(c)}`, "suppressed");
  });
  app.post("/:key/suppression/lifting", async (c) => {
    const why = liftingNamed((await posted(c)).text("why")) ?? "wish";
    const { isMailable } = await liftSuppression(cloud, c.var.person, keyIn(c), why);
    // Where only this publication had suppressed somebody it does not know, no page of theirs is left.
    const isLeft = await readSubscriber(cloud, c.var.publication.id, keyIn(c));
    return done(c, isLeft ? `/subscribers/${keyIn(c)}` : "/suppressions", isMailable ? "lifted" : "lifted-here");
  });
  app.get("/:key/erasure", (c) => toErase(cloud, c, keyIn(c)));
  app.post("/:key/erasure", (c) => erased(cloud, c, keyIn(c)));
  return app;
}

/** What no key can look like leads to nobody. @throws Refusal `reader-unknown` */
function keyIn(c: DeskContext): AddressKey {
  const key = c.req.param("key") ?? "";
  if (key.length !== addressKeyLength || !/^[\w-]+$/.test(key)) throw new Refusal("reader-unknown");
  return key;
}

const tableOf = (c: DeskContext): WalkPlace => ({
  ...{ kind: "subscribers", publication: c.var.publication.id, issue: "" },
});

async function listed(cloud: Cloud, c: DeskContext, walk: Walk, returned: { typed?: string; problem?: string } = {}) {
  const { publication, person, language } = c.var;
  const [piece, growth, table] = await Promise.all([
    findReaders(cloud, person, publication.id, wantedOf(walk.filter, publication), walk.from),
    readGrowth(cloud, publication.id),
    walkAt(cloud, person, tableOf(c)),
  ]);
  const at = `/${publication.id}/subscribers`;
  const mayImport = may(person, "import-subscribers", { publication: publication.id, kind: "subscribers", id: "" });
  const view = {
    ...walkView(publication, language, walk, piece),
    growth: growthView(growth, publication.timeZone, language),
    importUrl: mayImport ? `${at}/imports` : null,
    walk: underWay(table, `${at}/export/pieces`, language),
    table: readyTable(table, `${at}/export/table`, { timeZone: publication.timeZone, language }),
    ...{ typed: returned.typed ?? "", problem: returned.problem ?? null },
  };
  return show(
    c,
    "subscribers",
    view,
    returned.problem ? { status: 422 } : { scripts: view.walk ? ["goes-on.js"] : [] },
  );
}

/** The address goes with the form, not with the link: it would stand in histories and logs. */
async function searched(cloud: Cloud, c: DeskContext): Promise<Response> {
  const { publication, person } = c.var;
  const typed = (await posted(c)).text("address");
  try {
    const key = await readerKey(cloud, person, publication.id, typed);
    const [here, suppression] = await Promise.all([
      readSubscriber(cloud, publication.id, key),
      suppressionSeen(cloud, publication.id, key),
    ]);
    if (!here && !suppression) throw new Refusal("reader-unknown");
    return c.redirect(`/${publication.id}/subscribers/${key}`, 303);
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    const walk = { filter: walkOf(() => undefined).filter, from: startOfWalk, seen: 0 };
    return listed(cloud, c, walk, { typed, problem: sentenceOf(c, refusal) });
  }
}

const latestIssues = 12;

async function shown(cloud: Cloud, c: DeskContext, addressKey: AddressKey): Promise<Response> {
  const { publication, person, language } = c.var;
  const file = await readerFileOf(cloud, person, addressKey, [publication.id], latestIssues);
  const [here] = file.publications;
  const subscriber = here?.subscriber ?? null;
  const address = subscriber && "address" in subscriber ? subscriber.address : "";
  const consent = await evidenceFor(cloud, { address, addressKey }, [publication.id]).catch(noneFiled);
  const thing = { publication: publication.id, kind: "subscribers", id: addressKey } as const;
  const { title, view } = subscriberView({
    ...{ publication, language, addressKey, subscriber, suppression: file.suppression, issues: here?.issues ?? [] },
    ...{ consent: consent && consentPage(consent, language), mayErase: may(person, "erase", thing) },
    mayReadIssues: may(person, "read-issues", { publication: publication.id, kind: "issue", id: publication.id }),
  });
  return show(c, "subscriber", view, { title });
}

function noneFiled(trouble: unknown): undefined {
  if (!(trouble instanceof Refusal) || trouble.code !== "no-evidence") throw trouble;
}

/** Whoever reads something else at this desk is not theirs to forget. @throws Refusal `reader-unknown` */
async function requireReader(cloud: Cloud, c: DeskContext, key: AddressKey) {
  const subscriber = await readSubscriber(cloud, c.var.publication.id, key);
  if (!subscriber || !("address" in subscriber)) throw new Refusal("reader-unknown");
  return subscriber;
}

async function toErase(cloud: Cloud, c: DeskContext, key: AddressKey, typed = "", problem: string | null = null) {
  const { publication, person } = c.var;
  const { address } = await requireReader(cloud, c, key);
  const { addresses, isHeldElsewhere } = await whoIsErased(cloud, person, address);
  const at = `/${publication.id}/subscribers/${key}`;
  const view = { at, addresses, isHeldElsewhere, typed, problem };
  return show(c, "erasure", view, { details: { publication: publication.title }, status: problem ? 422 : 200 });
}

/** In two steps: whoever erases types the whole address they mean. */
async function erased(cloud: Cloud, c: DeskContext, key: AddressKey): Promise<Response> {
  const { publication, person } = c.var;
  const typed = (await posted(c)).text("address");
  await requireReader(cloud, c, key);
  try {
    if ((await readerKey(cloud, person, publication.id, typed)) !== key) throw new Refusal("erase-differs");
    await eraseAddress(cloud, person, typed);
  } catch (refusal) {
    if (!(refusal instanceof Refusal) || refusal.code === "not-allowed") throw refusal;
    return toErase(cloud, c, key, typed, sentenceOf(c, refusal));
  }
  return done(c, "/subscribers", "erased");
}
