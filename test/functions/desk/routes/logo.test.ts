import { beforeEach, describe, expect, it, vi } from "vitest";
import { words } from "../../../../core/words.ts";
import { latestActs } from "../../../../functions/records/acts.ts";
import { requirePublication } from "../../../../functions/records/publications.ts";
import { workUntilQuiet } from "../../../../local/wiring.ts";
import { aLogoDrawing } from "../../../a-logo.ts";
import { type ADesk, aDesk, german, publication, type Visitor } from "./a-desk.ts";

const { logo: say, done, setting } = words("de").desk;
const alt = "Ein Ring um eine Sonne";
let house: ADesk;
let admin: Visitor;
beforeEach(async () => {
  for (const way of ["info", "warn"] as const) vi.spyOn(console, way).mockImplementation(() => {});
  house = await aDesk();
  admin = await house.as("admin");
});
const now = async () => (await requirePublication(house.cloud, publication)).logo;
const page = async () => (await admin.get("/settings/logo", german)).text();
const seenOn = (html: string) => /name="seen" value="(\w+)"/.exec(html)?.[1] ?? "";

/** Posts a file with the form for a ground, as a browser does. */
async function bring(body: Uint8Array, ground: "light" | "dark" = "light"): Promise<{ backTo: string | undefined }> {
  const form = (await page()).split("<form").find((piece) => piece.includes(`id="file-${ground}"`)) ?? "";
  const fields = [...form.matchAll(/type="hidden" name="([^"]+)" value="([^"]*)"/g)];
  const given = Object.fromEntries(fields.map(([, name, value]) => [name, value]));
  return house.cloud.acceptUpload(given, { name: "wappen.svg", body: Buffer.from(body) });
}
async function brought(body: Uint8Array = aLogoDrawing(), ground: "light" | "dark" = "light"): Promise<string> {
  await bring(body, ground);
  await workUntilQuiet(house.cloud);
  return page();
}
const putIn = (html: string, words_ = alt) => admin.post("/settings/logo", { seen: seenOn(html), alt: words_ });

describe("the logo among the settings", () => {
  it("is offered on the page of all settings, after the masthead", async () => {
    const all = await (await admin.get("/settings", german)).text();
    expect(all.indexOf("/settings/logo")).toBeGreaterThan(all.indexOf("/settings/masthead"));
    expect(all.indexOf("/settings/logo")).toBeLessThan(all.indexOf("/settings/publisher"));
    expect(all).toContain(setting.section.logo.name);
  });

  it("is brought straight to storage, which leads back; until it is read the page says so", async () => {
    const { backTo } = await bring(aLogoDrawing());
    expect(backTo).toContain(`/${publication}/settings/logo`);
    expect(await page()).toContain(say.reading);
    expect(await now()).toBeUndefined();
    await workUntilQuiet(house.cloud);
    expect(await page()).not.toContain(say.reading);
  });

  it("is shown on both grounds before anything is saved, and the desk hands its file out", async () => {
    const html = await brought();
    expect(html).toContain(say.previewNew);
    expect(html).toContain(say.on.dark);
    const [, src = ""] = /<img src="([^"]+-logo\.png)"/.exec(html) ?? [];
    const picture = await house.app.request(`https://redaktion.elbland.example${src}`);
    expect([picture.status, picture.headers.get("content-type")]).toEqual([200, "image/png"]);
  });

  it("is put in with what it shows, stands on the pages at once, and the act is written down", async () => {
    const answer = await putIn(await brought());
    expect(answer.headers.get("location")).toBe(`/${publication}/settings/logo?done=saved`);
    expect(await now()).toMatchObject({ alt, light: { width: 72, height: 72, needsPlate: true } });
    const imprint = await house.cloud.files.read(`public/${publication}/impressum/index.html`);
    const html = Buffer.from(imprint?.body ?? "").toString();
    expect(html).toMatch(
      /<img class="logo plate" src="\.\.\/bilder\/[0-9a-f]{64}-logo\.png" alt="Ein Ring um eine Sonne" width="72" height="72">/,
    );
    const [act] = (await latestActs(house.cloud, publication, { limit: 1 })).acts;
    expect(act).toMatchObject({ act: "change-publication", by: admin.person.id });
  });

  it("may have another file for dark views, which takes the place of the plate", async () => {
    await putIn(await brought());
    await putIn(await brought(aLogoDrawing("#7FCBA4"), "dark"));
    expect((await now())?.dark).toMatchObject({ width: 72, height: 72 });
    const archive = Buffer.from((await house.cloud.files.read(`public/${publication}/archiv/index.html`))?.body ?? "");
    expect(String(archive)).toMatch(
      /<source media="screen and \(prefers-color-scheme: dark\)" srcset="[^"]+-logo\.png">/,
    );
    expect(String(archive)).not.toContain("logo plate");
  });

  it("says what is wrong with a file, and nothing is put in", async () => {
    const html = await brought(Buffer.from("%PDF-1.7"));
    expect(html).toContain(words("de").refusal["logo-type"]);
    await putIn(html);
    expect(await now()).toBeUndefined();
  });

  it("asks for what it shows, and keeps the file that was brought", async () => {
    const answer = await putIn(await brought(), "");
    expect(answer.status).toBe(422);
    const html = await answer.text();
    expect(html).toContain(words("de").refusal["setting-missing"]);
    expect((await putIn(html)).status).toBe(303);
  });

  it("puts in no file that came after the page was shown: both are told, and the words stay", async () => {
    const html = await brought();
    await brought(aLogoDrawing("#B9683A"));
    const answer = await putIn(html);
    expect(answer.status).toBe(409);
    const again = await answer.text();
    expect(again).toContain(say.movedOn);
    expect(again).toContain(`value="${alt}"`);
    expect((await putIn(again)).status).toBe(303);
    expect((await now())?.light.needsPlate).toBe(false);
  });

  it("may be dropped before it is put in", async () => {
    await brought();
    const answer = await admin.post("/settings/logo/end");
    expect(answer.headers.get("location")).toContain("done=logo-dropped");
    expect(await page()).not.toContain(say.previewNew);
    expect(done["logo-dropped"]).toBeTruthy();
  });

  it("goes from the pages when it is removed, and its file stays for the letters that name it", async () => {
    await putIn(await brought());
    const sha256 = (await now())?.light.sha256;
    const answer = await admin.post("/settings/logo/removal", { seen: seenOn(await page()) });
    expect(answer.status).toBe(303);
    expect(await now()).toBeUndefined();
    const imprint = await house.cloud.files.read(`public/${publication}/impressum/index.html`);
    expect(Buffer.from(imprint?.body ?? "").toString()).not.toContain("-logo.png");
    expect(await house.cloud.files.read(`public/${publication}/bilder/${sha256}-logo-light.png`)).toBeDefined();
  });

  it("is nobody's but an administrator's", async () => {
    const publisher = await house.as("editor", "publisher");
    expect((await publisher.get("/settings/logo")).status).toBe(403);
    expect((await publisher.post("/settings/logo/removal", { seen: "" })).status).toBe(403);
  });
});
