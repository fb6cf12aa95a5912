import { beforeEach, expect, it } from "vitest";
import { withheldFile } from "../../../../functions/records/paths.ts";
import { savePublication } from "../../../../functions/records/publications.ts";
import { aPublication } from "../../../people-and-papers.ts";
import { type ADesk, aDesk, deskUrl, publication, type Visitor } from "./a-desk.ts";

const file = `${"a".repeat(64)}-mail.jpg`;

let house: ADesk;
let editor: Visitor;
beforeEach(async () => {
  house = await aDesk();
  editor = await house.as("editor");
  for (const id of [publication, "bergblatt"])
    await house.cloud.files.write(withheldFile(id, `bilder/${file}`), "picture", { type: "image/jpeg" });
});
const ask = (of: string, headers: Readonly<Record<string, string>> = {}) =>
  house.app.request(new URL(`/pictures/${of}/${file}`, deskUrl).href, { headers });

it("shows a picture that was taken off the site to whoever works there, and keeps it nowhere", async () => {
  const answer = await ask(publication, { cookie: editor.cookie });
  expect([answer.status, answer.headers.get("cache-control")]).toEqual([200, "private, no-store"]);
  expect(await answer.text()).toBe("picture");
});

it("shows it to nobody else: not to a stranger who knows its name, not to another publication's people", async () => {
  await savePublication(house.cloud, aPublication({ id: "bergblatt", baseUrl: "https://bergblatt.example" }));
  expect((await ask(publication)).status).toBe(404);
  expect((await ask("bergblatt", { cookie: editor.cookie })).status).toBe(404);
});
