import { beforeEach, describe, expect, it, vi } from "vitest";
import { routeRights } from "../../../../core/desk/routes.ts";
import type { KnownPerson } from "../../../../core/person.ts";
import { operator, type Role, roles } from "../../../../core/rights.ts";
import { commission } from "../../../../functions/desk/commissions.ts";
import { beginImport } from "../../../../functions/desk/imports.ts";
import { draftIssue } from "../../../../functions/desk/issues.ts";
import { changePerson, removePerson } from "../../../../functions/desk/people.ts";
import { askReview } from "../../../../functions/desk/reviews.ts";
import { importFolder } from "../../../../functions/records/paths.ts";
import { newPersonChanges } from "../../../../functions/records/people.ts";
import { requirePublication, savePublication } from "../../../../functions/records/publications.ts";
import { openSession } from "../../../../functions/records/sessions.ts";
import { anIssue, aPublication } from "../../../people-and-papers.ts";
import { keyOf, takeIn } from "../../an-issue-to-send.ts";
import { place, theArticle } from "../an-article.ts";
import { type ADesk, aDesk, deskUrl, publication, type Visitor, visitorWith } from "./a-desk.ts";

/** Every route, tried with what really stands under a publication, by people it is none of the business of. */

const other = "waldbote";
const reader = "geheime.leserin@auenrode.example";
const secrets = ["Der Steg", reader, "Geheime Quelle", "Der Deich hält", "verein.example", "Kleine Orte"];

let house: ADesk;
let owner: Visitor;
/** What the parts of an address stand for, as they really are. */
let ids: Readonly<Record<string, string>>;
beforeEach(async () => {
  for (const way of ["error", "warn", "info"] as const) vi.spyOn(console, way).mockImplementation(() => {});
  house = await aDesk();
  const { cloud } = house;
  await savePublication(cloud, { ...aPublication(), id: other });
  owner = await house.as("editor", "publisher", "admin");
  await theArticle(cloud);
  await draftIssue(cloud, owner.person, anIssue());
  await takeIn(cloud, [reader]);
  const here = await requirePublication(cloud, publication);
  const asked = await commission(cloud, owner.person, here, {
    ...{ name: "Frieda Möhring", address: "frieda@verein.example", issue: "2026-01", until: "2026-12-15" },
    ...{ title: "Der Deich hält", words: "", deskUrl: deskUrl.href },
  });
  const whom = { address: "jo@verein.example", name: "Jo" };
  await askReview(cloud, owner.person, place, { revision: 1, whom, words: "", desk: deskUrl });
  const { id } = await beginImport(cloud, owner.person, publication, "Geheime Quelle");
  await cloud.files.write(`${importFolder(publication, id)}list.csv`, `email\n${reader}\n`, { type: "text/csv" });
  ids = {
    ...{ article: "steg", submission: asked.id, issue: "2026-01", key: await keyOf(cloud, reader) },
    ...{ person: owner.person.id, id, section: "sender", colour: "7A1F2B", kind: "web" },
  };
});

/** Somebody who may do everything at the other publication. */
async function strangerAt(home: string, ...held: readonly Role[]): Promise<Visitor> {
  const known = { v: 1, id: "wanda", name: "Wanda", address: "wanda@wald.example", roles: held } as const;
  const person: KnownPerson = { ...known, addressKey: await keyOf(house.cloud, known.address) };
  await house.cloud.table.write(newPersonChanges(home, person));
  const signedInAt = house.cloud.clock.now().toISOString();
  return visitorWith(house.app, person, await openSession(house.cloud, { addressKey: person.addressKey, signedInAt }));
}

/** What a form could say. */
const fields = {
  ...{ revision: "1", version: "1", seen: "0", markdown: "Gekapert.", text: "Gekapert.", words: "Gekapert." },
  ...{ address: reader, name: "Gekapert", roles: "admin", reason: "asked", why: "slip", agreed: "yes", label: "X" },
  ...{ answer: "declined", article: "steg", title: "Gekapert", until: "2026-12-20", issue: "2026-01", source: "X" },
};

async function asks({ cookie, token }: Visitor, route: string, at: string): Promise<Response> {
  const [method = "GET", path = ""] = route.split(" ");
  const filled = path.replace(/:(\w+)/g, (_, name: string) => (name === "publication" ? at : (ids[name] ?? "nothing")));
  const headers = { cookie, "sec-fetch-site": "same-origin", origin: deskUrl.origin };
  const body = method === "POST" ? { body: new URLSearchParams({ token, ...fields }) } : {};
  return house.app.request(new URL(filled, deskUrl).href, { method, headers, ...body });
}

/** Everything that is written or sent from now on, in words. */
function watched(): () => string {
  const { table, files, queues } = house.cloud;
  const calls = [
    ...[vi.spyOn(table, "write"), vi.spyOn(table, "each"), vi.spyOn(files, "write"), vi.spyOn(files, "remove")],
    ...Object.values(queues).map((queue) => vi.spyOn(queue, "add")),
  ];
  return () => calls.flatMap(({ mock }) => mock.calls.map((said) => JSON.stringify(said))).join("\n");
}

const routes = Object.keys(routeRights);

describe("somebody who may do everything at another publication", () => {
  it("finds nothing behind any door of this one, and does nothing there", async () => {
    const wanda = await strangerAt(other, ...roles);
    const effects = watched();
    for (const route of routes) {
      const answer = await asks(wanda, route, publication);
      expect([route, answer.status]).toEqual([route, 404]);
      const page = await answer.text();
      for (const secret of secrets) expect([route, page.includes(secret)]).toEqual([route, false]);
    }
    expect(effects()).toBe("");
  });

  it("reaches nothing of this one by its ids at their own", async () => {
    const wanda = await strangerAt(other, ...roles);
    const effects = watched();
    for (const route of routes) {
      const answer = await asks(wanda, route, other);
      expect([route, answer.status < 500]).toEqual([route, true]);
      const page = (await answer.text()).replaceAll(reader, (typed) => (route.startsWith("POST") ? "typed" : typed));
      for (const secret of secrets) expect([route, secret, page.includes(secret)]).toEqual([route, secret, false]);
    }
    expect(effects()).not.toMatch(new RegExp(`${publication}|"steg"|Der Steg`));
  });
});

describe("an author", () => {
  const owned = /\/(articles|submissions)\/:/;

  it("reaches nothing that is another's at their own publication", async () => {
    const thomas = await strangerAt(publication, "author");
    const effects = watched();
    for (const route of routes.filter((one) => owned.test(one))) {
      const answer = await asks(thomas, route, publication);
      expect([route, answer.status]).toEqual([route, 403]);
      expect(await answer.text()).not.toMatch(/Der Steg|Der Deich hält/);
    }
    expect(effects()).toBe("");
    for (const list of ["/", "/submissions"])
      expect(await (await thomas.get(list)).text()).not.toMatch(/Der Steg|Der Deich hält|Frieda/);
  });
});

describe("a session", () => {
  const doors = ["/articles", "/articles/steg", "/issues/2026-01", "/subscribers", "/people"] as const;
  const statuses = async (visitor: Visitor) => Promise.all(doors.map(async (path) => (await visitor.get(path)).status));

  it("of somebody whose roles changed a moment ago opens what they may now", async () => {
    const wanda = await strangerAt(publication, "publisher", "admin");
    expect(await statuses(wanda)).toEqual([200, 200, 200, 200, 200]);
    await changePerson(house.cloud, operator, publication, wanda.person.id, { name: "Wanda", roles: ["author"] });
    expect(await statuses(wanda)).toEqual([403, 403, 403, 403, 403]);
    const effects = watched();
    expect((await wanda.post("/articles/steg/words", fields)).status).toBe(403);
    expect((await wanda.post(`/subscribers/${ids.key}/suppression`, fields)).status).toBe(403);
    expect(effects()).toBe("");
  });

  it("of somebody who was removed a moment ago opens nothing, though another publication knows them", async () => {
    const wanda = await strangerAt(publication, "publisher", "admin");
    await house.cloud.table.write(newPersonChanges(other, { ...wanda.person, roles: ["admin"] }));
    await removePerson(house.cloud, operator, publication, wanda.person.id);
    expect(await statuses(wanda)).toEqual([404, 404, 404, 404, 404]);
    expect((await asks(wanda, "GET /:publication/people", other)).status).toBe(200);
    await removePerson(house.cloud, operator, other, wanda.person.id);
    const gone = await asks(wanda, "GET /:publication/people", other);
    expect([gone.status, gone.headers.get("location")]).toEqual([303, expect.stringMatching(/^\/session/)]);
  });
});
