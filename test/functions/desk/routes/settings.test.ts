import { beforeEach, describe, expect, it } from "vitest";
import { sectionNames, stateOf } from "../../../../core/desk/settings.ts";
import type { KnownPerson } from "../../../../core/person.ts";
import type { Role } from "../../../../core/rights.ts";
import { words } from "../../../../core/words.ts";
import { newPersonChanges } from "../../../../functions/records/people.ts";
import { requirePublication, savePublication } from "../../../../functions/records/publications.ts";
import { aPublication } from "../../../people-and-papers.ts";
import { type ADesk, aDesk, german, publication, type Visitor } from "./a-desk.ts";

const say = words("de").desk;
let house: ADesk;
beforeEach(async () => {
  house = await aDesk();
});
const now = () => requirePublication(house.cloud, publication);

describe("the settings", () => {
  it("lead from one page to every section, and each shows what stands", async () => {
    const admin = await house.as("admin");
    const page = await (await admin.get("/settings", german)).text();
    for (const section of sectionNames) {
      expect(page).toContain(`href="/${publication}/settings/${section}"`);
      const answer = await admin.get(`/settings/${section}`, german);
      expect([section, answer.status]).toEqual([section, 200]);
      expect(await answer.text()).toContain(`<h1>${say.setting.section[section].name}</h1>`);
    }
    expect((await admin.get("/settings/nothing")).status).toBe(404);
  });

  it("are saved by a form, and the next page says so", async () => {
    const admin = await house.as("admin");
    const seen = stateOf(await now(), "masthead");
    const answer = await admin.post("/settings/masthead", { seen, title: "Talblatt", bold: "Tal", accent: "#7A1F2B" });
    expect(answer.status).toBe(303);
    expect(answer.headers.get("location")).toBe(`/${publication}/settings/masthead?done=saved`);
    expect(await now()).toMatchObject({ title: "Talblatt", titleParts: ["Tal", "blatt"], accent: "#7A1F2B" });
  });

  it("say of the colour that stands how well it can be read, where no script does", async () => {
    const admin = await house.as("admin");
    expect(await (await admin.get("/settings/masthead", german)).text()).toContain("Der Kontrast beträgt 7,3 : 1.");
    const seen = stateOf(await now(), "masthead");
    const answer = await admin.post("/settings/masthead", { seen, title: "", bold: "", accent: "#7A1F2B" });
    expect(await answer.text()).toContain("Der Kontrast beträgt 9,0 : 1.");
  });

  it("have a field for what the publication is, and it stands at the foot of its pages", async () => {
    const admin = await house.as("admin");
    const seen = stateOf(await now(), "masthead");
    await admin.post("/settings/masthead", { seen, claim: "Zeitschrift für Städte am Fluss" });
    expect((await now()).claim).toBe("Zeitschrift für Städte am Fluss");
    const imprint = await house.cloud.files.read(`public/${publication}/impressum/index.html`);
    expect(Buffer.from(imprint?.body ?? "").toString()).toContain("<br>Zeitschrift für Städte am Fluss");
  });

  it("ask once more before readers' filters miss", async () => {
    const admin = await house.as("admin");
    const typed = { seen: stateOf(await now(), "sender"), "sender.listId": "blatt.tal.example" };
    const asked = await admin.post("/settings/sender", typed);
    expect(asked.status).toBe(422);
    expect(await asked.text()).toContain(say.setting.confirm["setting-list-moved"]);
    expect((await admin.post("/settings/sender", { ...typed, confirm: "yes" })).status).toBe(303);
    expect((await now()).sender.listId).toBe("blatt.tal.example");
  });

  it("come back with what was typed and a sentence at each field that is wrong", async () => {
    const admin = await house.as("admin");
    const seen = stateOf(await now(), "masthead");
    const answer = await admin.post("/settings/masthead", { seen, title: "Neu & schön", bold: "", accent: "#F0E060" });
    const page = await answer.text();
    expect(answer.status).toBe(422);
    expect(page).toContain('value="Neu &amp; schön"');
    expect(page).toContain('value="#F0E060"');
    expect(page).toMatch(/id="accent-problem">.*#F0E060/);
  });

  it("show both versions to whoever was slower, and save theirs when they say so again", async () => {
    const admin = await house.as("admin");
    const seen = stateOf(await now(), "sender");
    await savePublication(house.cloud, aPublication({ sender: { ...aPublication().sender, name: "Die Redaktion" } }));
    const answer = await admin.post("/settings/sender", { seen, "sender.name": "Das Blatt" });
    const page = await answer.text();
    expect(answer.status).toBe(409);
    expect(page).toContain('value="Das Blatt"');
    expect(page).toContain("Die Redaktion");
    expect((await now()).sender.name).toBe("Die Redaktion");
    const [, again = ""] = /name="seen" value="(\w+)"/.exec(page) ?? [];
    expect((await admin.post("/settings/sender", { seen: again, "sender.name": "Das Blatt" })).status).toBe(303);
    expect((await now()).sender.name).toBe("Das Blatt");
  });

  it("strike off no topic that somebody else has added since, and lose none that was renamed meanwhile", async () => {
    const admin = await house.as("admin");
    await savePublication(house.cloud, aPublication({ topics: [{ id: "kitas", title: "Kitas" }] }));
    const seen = stateOf(await now(), "contents");
    await savePublication(house.cloud, aPublication({ topics: [{ id: "bauen", title: "Bauen" }] }));
    const mine = { sections: "", "topic.kitas": "Kitas und Schulen", topics: "" };
    const page = await (await admin.post("/settings/contents", { seen, ...mine })).text();
    expect(page).toContain('name="topic.bauen" type="text" value="Bauen"');
    expect(page).toMatch(/name="topics"[^>]*>\nKitas und Schulen</);
  });

  it("turn off what has no tick", async () => {
    const admin = await house.as("admin");
    const seen = stateOf(await now(), "release");
    await admin.post("/settings/release", { seen, approvals: "one" });
    expect(await now()).toMatchObject({ approvals: "one", checksLinks: false });
  });

  it("judge a colour while it is tried", async () => {
    const admin = await house.as("admin");
    expect(await (await admin.get("/settings/colour/F0E060", german)).json()).toMatchObject({ isReadable: false });
    expect((await admin.get("/settings/colour/red")).status).toBe(404);
  });

  it("are the admin's alone", async () => {
    const publisher = await house.as("publisher");
    for (const path of ["/settings", "/settings/sender", "/settings/colour/0B5A3E"])
      expect((await publisher.get(path)).status).toBe(403);
    expect((await publisher.post("/settings/sender")).status).toBe(403);
  });
});

describe("the order form", () => {
  const sister = aPublication({ id: "talblatt", title: "Talblatt" });
  const knownThere = (person: KnownPerson, ...roles: Role[]) =>
    house.cloud.table.write(newPersonChanges(sister.id, { ...person, roles }));
  const ordering = async (visitor: Visitor) => (await visitor.get("/settings/readers", german)).text();
  const { label } = say.setting.field.besides;

  it("asks about no other publication where there is none, or none of theirs", async () => {
    const admin = await house.as("admin");
    expect(await ordering(admin)).not.toContain(label);
    await savePublication(house.cloud, sister);
    await knownThere(admin.person, "editor");
    expect(await ordering(admin)).not.toContain(label);
  });

  it("offers another one whose settings are theirs too, at once, and lets it go again", async () => {
    const admin = await house.as("admin");
    await savePublication(house.cloud, sister);
    await knownThere(admin.person, "admin");
    expect(await ordering(admin)).toContain("<span>Talblatt</span>");
    const answer = await admin.post("/settings/readers", {
      seen: stateOf(await now(), "readers"),
      besides: ["", "talblatt"],
    });
    expect(answer.status).toBe(303);
    expect((await now()).besides).toEqual(["talblatt"]);
    const form = await house.cloud.files.read(`public/${publication}/bestellen/index.html`);
    expect(Buffer.from(form?.body ?? "").toString()).toContain("Talblatt");
    expect(await ordering(admin)).toMatch(/value="talblatt" checked/);
    await admin.post("/settings/readers", { seen: stateOf(await now(), "readers"), besides: [""] });
    expect((await now()).besides).toEqual([]);
  });

  it("takes no publication that was not there to be ticked", async () => {
    const admin = await house.as("admin");
    await savePublication(house.cloud, sister);
    await admin.post("/settings/readers", { seen: stateOf(await now(), "readers"), besides: ["", "talblatt"] });
    expect((await now()).besides).toEqual([]);
  });

  it("keeps what stands where nobody was asked", async () => {
    const admin = await house.as("admin");
    await savePublication(house.cloud, sister);
    await savePublication(house.cloud, aPublication({ besides: ["talblatt"] }));
    await admin.post("/settings/readers", { seen: stateOf(await now(), "readers"), welcome: "yes" });
    expect(await now()).toMatchObject({ besides: ["talblatt"], welcome: true });
  });
});
