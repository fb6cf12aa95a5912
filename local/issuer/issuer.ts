import type { HttpBindings } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { type Context, Hono } from "hono";
import type Provider from "oidc-provider";
import { fill, type Language, words } from "../../core/words.ts";
import type { Cloud } from "../../functions/cloud/cloud.ts";
import { onlyThisMachine } from "../only-this-machine.ts";
import { localAsset, localPage } from "../pages.ts";
import { peopleHere, type SomebodyHere } from "./people-here.ts";
import { localProvider, sessionCookie } from "./provider.ts";

/**
 * The issuer beside the desk, for one machine and nobody else: whoever sits there is whom they say. It speaks what Cognito
 * speaks, so the desk is walked through the same door.
 */
export interface IssuerParts {
  readonly cloud: Cloud;
  readonly language: Language;
  readonly issuer: URL;
  readonly callback: URL;
}
interface Env {
  readonly Bindings: HttpBindings;
}

export function localIssuer(parts: IssuerParts): Hono<Env> {
  const provider = localProvider({
    ...parts,
    find: async (id) => (await peopleHere(parts.cloud)).find((one) => one.id === id),
    explain: () => localPage(parts.language, "lost", words(parts.language).mailbox.lost.title, {}),
  });
  const app = new Hono<Env>();
  app.use(onlyThisMachine, guarded(parts));
  app.get("/mailbox/gestalt/:name", (c) => {
    const asset = localAsset(c.req.param("name"));
    return asset ? c.body(new Uint8Array(Buffer.from(asset.body)), 200, { "Content-Type": asset.type }) : c.notFound();
  });
  app.get("/who/:uid", (c) => offer(c, provider, parts));
  app.post("/who/:uid", async (c) => enter(c, provider, String((await c.req.parseBody()).who ?? "")));
  app.all("*", async (c) => {
    forgetLast(c.env.incoming);
    await provider.callback()(c.env.incoming, c.env.outgoing);
    return RESPONSE_ALREADY_SENT;
  });
  return app;
}

/** Everybody one may be; whom the desk asked for by name comes in at once, for there the button was pressed. */
async function offer(c: Context<Env>, provider: Provider, { cloud, language }: IssuerParts): Promise<Response> {
  const [{ params }, people] = await Promise.all([
    provider.interactionDetails(c.env.incoming, c.env.outgoing),
    peopleHere(cloud),
  ]);
  const hinted = people.find(({ address }) => address === params.login_hint);
  if (hinted && params.prompt !== "login") return enter(c, provider, hinted.id);
  const say = words(language);
  const first = hinted ? [hinted, ...people.filter((one) => one !== hinted)] : people;
  const shown = first.map((one) => ({ id: one.id, name: one.name, address: one.address, does: doesOf(one, language) }));
  return c.html(localPage(language, "who", say.mailbox.who.title, { people: shown }));
}

const doesOf = ({ works }: SomebodyHere, language: Language): string =>
  works
    .map(({ publication, roles }) => {
      const { desk, mailbox } = words(language);
      return fill(mailbox.who.does, { roles: roles.map((one) => desk.role[one]).join(", "), publication });
    })
    .join(" · ");

async function enter(c: Context<Env>, provider: Provider, who: string): Promise<Response> {
  const url = await provider.interactionResult(c.env.incoming, c.env.outgoing, { login: { accountId: who } });
  return c.redirect(url, 303);
}

/** Nobody stays signed in here: or whoever comes as somebody else would first be asked to leave as who they were. */
function forgetLast({ headers }: HttpBindings["incoming"]): void {
  const kept = (headers.cookie ?? "").split("; ").filter((cookie) => !cookie.startsWith(sessionCookie));
  headers.cookie = kept.join("; ");
}

/** Its form leads to the desk by way of two redirects, which browsers hold against this too. */
const guarded =
  ({ callback }: IssuerParts) =>
  async (c: Context, next: () => Promise<void>): Promise<void> => {
    await next();
    if (!c.req.path.startsWith("/who/")) return;
    c.header(
      "Content-Security-Policy",
      `default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self' ${callback.origin}; frame-ancestors 'none'`,
    );
    c.header("Cache-Control", "no-store");
    c.header("Referrer-Policy", "no-referrer");
    c.header("X-Content-Type-Options", "nosniff");
  };
