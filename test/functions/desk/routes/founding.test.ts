import type { Hono } from "hono";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { operator } from "../../../../core/rights.ts";
import { words } from "../../../../core/words.ts";
import { foundPublication, inviteFounder } from "../../../../functions/desk/founding.ts";
import type { DeskEnv } from "../../../../functions/desk/routes/desk-env.ts";
import { formToken } from "../../../../functions/desk/routes/guard.ts";
import { desk } from "../../../../functions/desk.ts";
import { findFounder, listFounders } from "../../../../functions/records/founders.ts";
import { listPeople } from "../../../../functions/records/people.ts";
import { listPublications, requirePublication, savePublication } from "../../../../functions/records/publications.ts";
import { openSession } from "../../../../functions/records/sessions.ts";
import { type TestCloud, testCloud } from "../../../cloud/test-cloud.ts";
import { aPublication } from "../../../people-and-papers.ts";
import { aPerson, deskUrl } from "./a-desk.ts";

const say = words("de").desk;
let cloud: TestCloud;
let app: Hono<DeskEnv>;
let session: string;
beforeEach(async () => {
  cloud = testCloud();
  app = desk(cloud, { baseUrl: deskUrl, site: new URL("https://blatt.example/") });
  const { addressKey } = await inviteFounder(cloud, operator, {
    address: "Henrike@Talblatt.example",
    name: "Henrike Fährmann",
  });
  session = await openSession(cloud, { addressKey, signedInAt: cloud.clock.now().toISOString() });
});

const get = async (path: string) =>
  app.request(new URL(path, deskUrl).href, {
    headers: { cookie: `__Host-kurier-desk=${session}`, "accept-language": "de" },
  });
async function post(path: string, fields: Readonly<Record<string, string>>) {
  const [, seen = ""] = /name="seen" value="(\d+)"/.exec(await (await get(path)).text()) ?? [];
  return app.request(new URL(path, deskUrl).href, {
    method: "POST",
    body: new URLSearchParams({ token: formToken(session), seen, ...fields }),
    headers: { cookie: `__Host-kurier-desk=${session}`, "sec-fetch-site": "same-origin", "accept-language": "de" },
  });
}
const steps = {
  name: { title: "Talblatt", bold: "Tal", accent: "#7A1F2B", language: "de" },
  sender: {
    "sender.from": "post@talblatt.example",
    "sender.name": "Talblatt",
    "sender.replyTo": "post@talblatt.example",
    baseUrl: "https://blatt.example/talblatt",
  },
  imprint: {
    ...{
      "publisher.name": "Talbund e. V.",
      "publisher.address": "Am Hang 1\n01999 Tal",
      "publisher.email": "bund@talblatt.example",
    },
    ...{ responsiblePerson: "Henrike Fährmann", imprint: "Angaben nach § 5 DDG.", approvals: "one" },
  },
} as const;
const walk = async () => {
  for (const [step, fields] of Object.entries(steps))
    expect((await post(`/founding/${step}`, fields)).status).toBe(303);
};

describe("a desk without any publication", () => {
  it("leads whoever was invited to found one to the first step", async () => {
    expect((await get("/")).headers.get("location")).toBe("/founding");
    expect((await get("/founding")).headers.get("location")).toBe("/founding/name");
    expect(await (await get("/founding/name")).text()).toContain(say.founding.steps.name.title);
  });

  it("is founded in three steps, by whom it then belongs to", async () => {
    await walk();
    expect(await listPublications(cloud)).toEqual(["talblatt"]);
    expect(await requirePublication(cloud, "talblatt")).toMatchObject({
      ...{ titleParts: ["Tal", "blatt"], accent: "#7A1F2B", approvals: "one" },
      sender: { listId: "talblatt.talblatt.example" },
    });
    const [founder] = await listPeople(cloud, "talblatt");
    expect(founder).toMatchObject({ name: "Henrike Fährmann", roles: ["editor", "publisher", "admin"] });
    const imprint = await cloud.files.read("public/talblatt/impressum/index.html");
    expect(Buffer.from(imprint?.body ?? "").toString()).toContain("Talbund e. V.");
    expect((await get("/")).headers.get("location")).toBe("/talblatt/");
    expect((await get("/talblatt/")).status).toBe(200);
  });

  it("then says what comes next, and keeps no trace of the invitation", async () => {
    await walk();
    expect(await listFounders(cloud)).toEqual([]);
    expect((await get("/founding")).status).toBe(404);
    const page = await (await get("/talblatt/first-steps")).text();
    expect(page).toContain(`4. <a href="/talblatt/submissions/new">${say["first-steps"].steps.article.label}</a>`);
    expect(await (await get("/talblatt/")).text()).toContain(say["first-steps"].steps.article.label);
  });

  it("keeps what was typed, right or wrong, for whoever leaves and comes back", async () => {
    await post("/founding/name", steps.name);
    const answer = await post("/founding/sender", { ...steps.sender, "sender.from": "post@" });
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain('id="sender.from-problem"');
    expect((await get("/founding")).headers.get("location")).toBe("/founding/sender");
    expect(await (await get("/founding/sender")).text()).toContain('value="post@"');
  });

  it("proposes what most will want: the pages below the site, answers to the sender", async () => {
    await post("/founding/name", steps.name);
    expect(await (await get("/founding/sender")).text()).toContain('value="https://blatt.example/talblatt"');
    await post("/founding/sender", steps.sender);
    expect(await (await get("/founding/imprint")).text()).toContain('value="post@talblatt.example"');
  });

  it("is not founded in a colour nobody can read, nor without an imprint", async () => {
    expect((await post("/founding/name", { ...steps.name, accent: "#F0E060" })).status).toBe(422);
    await post("/founding/name", steps.name);
    await post("/founding/sender", steps.sender);
    expect((await post("/founding/imprint", { ...steps.imprint, imprint: "" })).status).toBe(422);
    expect(await listPublications(cloud)).toEqual([]);
  });

  it("goes back to the step that is open where somebody jumped over one", async () => {
    const answer = await post("/founding/imprint", steps.imprint);
    expect(answer.headers.get("location")).toBe("/founding/name");
  });
});

describe("founding", () => {
  it("is nobody's who was not invited, whatever they may do elsewhere", async () => {
    await savePublication(cloud, aPublication());
    const { addressKey } = await aPerson(cloud, "almut", ["admin"]);
    session = await openSession(cloud, { addressKey, signedInAt: cloud.clock.now().toISOString() });
    for (const path of ["/founding", "/founding/name", "/founding/colour/0B5A3E"])
      expect((await get(path)).status).toBe(404);
    expect((await post("/founding/name", steps.name)).status).toBe(404);
    await expect(
      inviteFounder(cloud, { id: "almut", roles: ["admin"] }, { address: "a@b.example", name: "" }),
    ).rejects.toMatchObject({ code: "not-allowed" });
  });

  it("never replaces a publication of the same name: the second gets another id, and a list of its own", async () => {
    await savePublication(cloud, aPublication({ id: "talblatt", claim: "Das erste" }));
    await walk();
    expect(await requirePublication(cloud, "talblatt")).toMatchObject({ claim: "Das erste" });
    expect((await requirePublication(cloud, "talblatt-2")).sender.listId).toBe("talblatt-2.talblatt.example");
  });

  it("that was torn off before its pages stood is ended by trying again", async () => {
    await post("/founding/name", steps.name);
    await post("/founding/sender", steps.sender);
    const [invited] = await listFounders(cloud);
    vi.spyOn(console, "error").mockImplementation(() => {});
    const write = cloud.files.write;
    cloud.files.write = () => Promise.reject(new Error("the disk is full"));
    expect((await post("/founding/imprint", steps.imprint)).status).toBe(503);
    cloud.files.write = write;
    const founder = (invited && (await findFounder(cloud, invited.addressKey))) ?? expect.unreachable();
    expect(await foundPublication(cloud, founder)).toBe("talblatt");
    expect(await listPublications(cloud)).toEqual(["talblatt"]);
    expect(await cloud.files.read("public/talblatt/index.html")).toBeDefined();
  });

  it("in two windows: the second is told, and nothing typed in the first is overwritten", async () => {
    const page = await (await get("/founding/name")).text();
    const [, seen = ""] = /name="seen" value="(\d+)"/.exec(page) ?? [];
    await post("/founding/name", steps.name);
    const late = await post("/founding/name", { ...steps.name, title: "Bergblatt", seen });
    expect(late.status).toBe(409);
    expect(await (await get("/founding/name")).text()).toContain('value="Talblatt"');
  });
});
