import { beforeEach, describe, expect, it } from "vitest";
import { operator } from "../../../../core/rights.ts";
import { removePerson } from "../../../../functions/desk/people.ts";
import { findPerson, listPeople } from "../../../../functions/records/people.ts";
import { listSessions, openSession } from "../../../../functions/records/sessions.ts";
import { workUntilQuiet } from "../../../../local/wiring.ts";
import { type ADesk, aDesk, deskUrl, german, publication, type Visitor } from "./a-desk.ts";

let house: ADesk;
let admin: Visitor;
beforeEach(async () => {
  house = await aDesk();
  admin = await house.as("admin");
});

const invited = { address: "Paula@Elbland.example", name: "Paula Zschoche", roles: ["editor"] };
const pathOfPaula = async () => `/people/${(await paula())?.id}`;
const paula = async () =>
  (await listPeople(house.cloud, publication)).find(({ address }) => address === "paula@elbland.example");
const text = async (answer: Response | Promise<Response>) => (await answer).text();
const unfilled = { name: "", address: "", roles: [] };

describe("the people's page", () => {
  it("invites somebody, who is written to where the desk stands", async () => {
    const answer = await admin.post("/people", invited);
    expect([answer.status, answer.headers.get("location")]).toEqual([303, `/${publication}/people?done=invited`]);
    expect(await text(admin.get("/people?done=invited", german))).toContain("Die Einladung ist unterwegs.");
    expect(await paula()).toMatchObject({ address: "paula@elbland.example", roles: ["editor"] });
    await workUntilQuiet(house.cloud, { waitSeconds: 5 });
    const [letter] = house.cloud.outbox.list({ limit: 2, to: "paula@elbland.example" }).letters;
    expect(letter && String(house.cloud.outbox.source(letter))).toContain(`${deskUrl.origin}/${publication}/`);
  });

  it.each([
    ["no address", { ...invited, address: "" }],
    ["no such address", { ...invited, address: "paula" }],
    ["nothing to do", { ...invited, roles: [] }],
    ["nothing at all", unfilled],
  ])("says what is wrong with %s, keeps what was typed and takes nobody in", async (_, typed) => {
    const answer = await admin.post("/people", typed);
    const page = await answer.text();
    expect([answer.status, page.includes('role="alert"')]).toEqual([422, true]);
    expect(page).not.toContain("publisher, admin");
    expect(page).toContain(`value="${typed.name}"`);
    expect(await listPeople(house.cloud, publication)).toHaveLength(1);
  });

  it("gives nobody a role there is not", async () => {
    expect((await admin.post("/people", { ...invited, roles: ["editor", "boss"] })).status).toBe(422);
    expect(await listPeople(house.cloud, publication)).toHaveLength(1);
  });

  it("leaves whoever is known as they are", async () => {
    await admin.post("/people", invited);
    const again = await admin.post("/people", { ...invited, roles: ["admin"] });
    expect([again.status, (await again.text()).includes("schon bekannt")]).toEqual([422, true]);
    expect((await paula())?.roles).toEqual(["editor"]);
  });

  it("shows words of people as words", async () => {
    await admin.post("/people", { ...invited, name: '<img src=x onerror="alert(1)">' });
    for (const page of ["/people", "/acts"]) expect(await text(admin.get(page))).not.toContain("<img src=x");
  });

  it("is asked with a name too long or full of signs, and stays one line", async () => {
    await admin.post("/people", { ...invited, name: `Paula\u202e\n${"x".repeat(500)}` });
    const [found] = (await listPeople(house.cloud, publication)).filter(({ roles }) => roles.includes("editor"));
    expect(found?.name).toMatch(/^Paula x+$/);
    expect((await admin.get("/people")).status).toBe(200);
  });
});

describe("somebody's page", () => {
  beforeEach(async () => {
    await admin.post("/people", invited);
  });
  const change = { name: "Paula Z.", roles: ["editor", "publisher"], version: "0" };

  it("gives other roles, which hold from the next click on", async () => {
    const editor = await house.as("editor");
    expect((await editor.get("/people")).status).toBe(403);
    const answer = await admin.post(`/people/${editor.person.id}`, { ...change, roles: ["admin"] });
    expect(answer.headers.get("location")).toBe(`/${publication}/people/${editor.person.id}?done=saved`);
    expect((await editor.get("/people")).status).toBe(200);
  });

  it("shows the second of two both what they typed and what stands now, and loses neither", async () => {
    const second = await house.as("admin");
    await admin.post(await pathOfPaula(), change);
    const late = await second.post(await pathOfPaula(), { ...change, name: "Paula Zander", roles: ["author"] });
    const page = await late.text();
    expect(late.status).toBe(409);
    expect(page).toContain('value="Paula Zander"');
    expect(page).toContain("Paula Z. · Redaktion, Herausgabe");
    expect(await paula()).toMatchObject({ name: "Paula Z.", roles: ["editor", "publisher"] });
    const again = await second.post(await pathOfPaula(), {
      name: "Paula Zander",
      roles: ["author"],
      version: "1",
    });
    expect(again.status).toBe(303);
    expect(await paula()).toMatchObject({ name: "Paula Zander", roles: ["author"] });
  });

  it("keeps the last administrator in office", async () => {
    const answer = await admin.post(`/people/${admin.person.id}`, { ...change, roles: ["editor"] });
    expect([answer.status, (await answer.text()).includes("letzte Person")]).toEqual([422, true]);
    expect((await admin.post(`/people/${admin.person.id}/removal`)).status).toBe(422);
    expect((await findPerson(house.cloud, publication, admin.person.addressKey))?.roles).toEqual(["admin"]);
  });

  it("removes somebody after it was asked once more, and ends what they had open", async () => {
    const editor = await house.as("editor");
    const { id, addressKey } = editor.person;
    const asked = await text(admin.get(`/people/${id}/removal`, german));
    expect(asked).toContain("alle Anmeldungen beendet");
    expect((await listPeople(house.cloud, publication)).length).toBe(3);
    expect((await admin.post(`/people/${id}/removal`)).status).toBe(303);
    expect((await editor.get("/")).status).toBe(303);
    expect(await listSessions(house.cloud, addressKey)).toEqual([]);
    expect((await admin.get(`/people/${id}`)).status).not.toBe(200);
  });

  it("says how often somebody is signed in, and signs them out everywhere, which is written down", async () => {
    const editor = await house.as("editor");
    const { id, addressKey } = editor.person;
    const signedIn = async () => /Zurzeit [^<]*/.exec(await text(admin.get(`/people/${id}`, german)))?.[0];
    expect(await signedIn()).toBe("Zurzeit ist diese Person in einem Browser angemeldet.");
    await openSession(house.cloud, { addressKey, signedInAt: house.cloud.clock.now().toISOString() });
    expect(await signedIn()).toBe("Zurzeit ist diese Person in 2 Browsern angemeldet.");
    const answer = await admin.post(`/people/${id}/sessions/end`);
    expect(answer.headers.get("location")).toBe(`/${publication}/people/${id}?done=person-signed-out`);
    expect(await signedIn()).toBe("Zurzeit ist diese Person nirgends angemeldet.");
    expect([(await editor.get("/")).status, (await admin.get("/")).status]).toEqual([303, 200]);
    const acts = (await text(admin.get("/acts", german))).match(/hat eine Person überall abgemeldet/g);
    expect(acts).toHaveLength(1);
    // Once more, from a page that was open meanwhile: nothing is left to end, and nothing was done.
    await admin.post(`/people/${id}/sessions/end`);
    expect((await text(admin.get("/acts", german))).match(/überall abgemeldet/g)).toHaveLength(1);
  });

  it("signs nobody out who is not one of its people, and leads oneself to one's own", async () => {
    const editor = await house.as("editor");
    await removePerson(house.cloud, operator, publication, editor.person.id);
    const { addressKey } = editor.person;
    await openSession(house.cloud, { addressKey, signedInAt: house.cloud.clock.now().toISOString() });
    expect((await admin.post(`/people/${editor.person.id}/sessions/end`)).status).toBe(422);
    expect(await listSessions(house.cloud, addressKey)).toHaveLength(1);
    const own = await text(admin.get(`/people/${admin.person.id}`, german));
    expect([own.includes('href="/session">Wo Sie'), own.includes("sessions/end")]).toEqual([true, false]);
  });

  it("sends the invitation once more", async () => {
    const answer = await admin.post(`${await pathOfPaula()}/invitation`);
    expect(answer.headers.get("location")).toBe(`/${publication}${await pathOfPaula()}?done=invited`);
    await workUntilQuiet(house.cloud, { waitSeconds: 5 });
    expect(house.cloud.outbox.list({ limit: 5, to: "paula@elbland.example" }).letters).toHaveLength(2);
  });
});
