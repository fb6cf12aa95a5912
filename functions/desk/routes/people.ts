import { type Context, Hono } from "hono";
import { inviteView, peopleView, personView, signedIn, type TypedPerson } from "../../../core/desk/people.ts";
import { readAddress } from "../../../core/email-address.ts";
import { readRoles } from "../../../core/person.ts";
import { Refusal } from "../../../core/refusal.ts";
import type { Cloud } from "../../cloud/cloud.ts";
import { pageOfPeople, requirePerson } from "../../records/people-listed.ts";
import { listSessions } from "../../records/sessions.ts";
import { invite, inviteAgain } from "../invitations.ts";
import { changePerson, removePerson } from "../people.ts";
import { signOut } from "../signing-out.ts";
import type { DeskContext, DeskEnv } from "./desk-env.ts";
import { pagerOf } from "./pager.ts";
import { type Posted, posted } from "./posted.ts";
import { done, sentenceOf, show } from "./show.ts";

/** Who works for a publication: invited, given roles, removed. */
export function people(cloud: Cloud): Hono<DeskEnv> {
  const app = new Hono<DeskEnv>();
  app.get("/", (c) => showPeople(c, cloud));
  app.post("/", (c) => inviteOne(c, cloud));
  app.get("/:person", (c) => showPerson(c, cloud));
  app.post("/:person", (c) => changeOne(c, cloud));
  app.post("/:person/invitation", async (c) => {
    const { person, publication, baseUrl } = c.var;
    await inviteAgain(cloud, person, publication.id, c.req.param("person"), baseUrl);
    return done(c, `/people/${c.req.param("person")}`, "invited");
  });
  app.post("/:person/sessions/end", async (c) => {
    const { person, publication } = c.var;
    await signOut(cloud, person, publication.id, c.req.param("person"));
    return done(c, `/people/${c.req.param("person")}`, "person-signed-out");
  });
  app.get("/:person/removal", async (c) => {
    const { name, address } = await personOf(c, cloud);
    return show(c, "person-removal", { address, back: c.req.path.replace(/\/removal$/, "") }, { details: { name } });
  });
  app.post("/:person/removal", async (c) => {
    await removePerson(cloud, c.var.person, c.var.publication.id, c.req.param("person"));
    return done(c, "/people", "person-removed");
  });
  return app;
}

const peopleOnPage = 50;
const nobody: TypedPerson = { name: "", roles: [] };

async function showPeople(c: DeskContext, cloud: Cloud, typed = nobody, refusal?: Refusal): Promise<Response> {
  const { publication, language } = c.var;
  const after = c.req.query("after");
  const { people: known, next } = await pageOfPeople(cloud, publication.id, { limit: peopleOnPage, after });
  const form = inviteView(typed, refusal ? sentenceOf(c, refusal) : "", language);
  return show(
    c,
    "people",
    { ...peopleView(known, publication.id, language), pager: pagerOf(c, after, next), form },
    { status: refusal ? 422 : 200 },
  );
}

async function inviteOne(c: DeskContext, cloud: Cloud): Promise<Response> {
  const { person, publication, baseUrl } = c.var;
  const typed = typedIn(await posted(c));
  const { address = "", name } = typed;
  return unlessRefused(
    async () => {
      const invited = { address: readAddress(address), name, roles: readRoles(typed.roles), mustBeNew: true };
      await invite(cloud, person, publication.id, invited, baseUrl);
      return done(c, "/people", "invited");
    },
    (refusal) => showPeople(c, cloud, typed, refusal),
  );
}

async function showPerson(
  c: Context<DeskEnv>,
  cloud: Cloud,
  typed?: TypedPerson,
  refusal?: Refusal,
): Promise<Response> {
  const known = await personOf(c, cloud);
  const problem = refusal ? sentenceOf(c, refusal) : "";
  const sessions = (await listSessions(cloud, known.addressKey)).length;
  const view = {
    ...personView(known, { language: c.var.language, problem, ...(typed && { typed }) }),
    signedIn: signedIn(sessions, c.var.language),
    ...{ isSignedIn: sessions > 0, isSelf: known.id === c.var.person.id },
  };
  const status = refusal?.code === "person-changed" ? 409 : refusal ? 422 : 200;
  return show(c, "person", view, { title: known.name, status });
}

async function changeOne(c: Context<DeskEnv>, cloud: Cloud): Promise<Response> {
  const form = await posted(c);
  const [typed, id] = [typedIn(form), c.req.param("person") ?? ""];
  return unlessRefused(
    async () => {
      const next = { name: typed.name, roles: readRoles(typed.roles), version: Number(form.text("version")) };
      await changePerson(cloud, c.var.person, c.var.publication.id, id, next);
      return done(c, `/people/${id}`, "saved");
    },
    (refusal) => showPerson(c, cloud, typed, refusal),
  );
}

/** A right that is lacking is said by a page of its own. */
async function unlessRefused(
  act: () => Promise<Response>,
  say: (refusal: Refusal) => Promise<Response>,
): Promise<Response> {
  try {
    return await act();
  } catch (refusal) {
    if (!(refusal instanceof Refusal) || refusal.code === "not-allowed" || refusal.code === "no-person") throw refusal;
    return say(refusal);
  }
}

const personOf = (c: Context<DeskEnv>, cloud: Cloud) =>
  requirePerson(cloud, c.var.publication.id, c.req.param("person") ?? "");

const typedIn = (form: Posted): TypedPerson => ({
  ...{ address: form.text("address"), name: form.text("name"), roles: form.all("roles") },
});
