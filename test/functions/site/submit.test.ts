import type { Hono } from "hono";
import { beforeEach, describe, expect, it } from "vitest";
import { digestOf } from "../../../core/digest.ts";
import { languages } from "../../../core/words.ts";
import { savePublication } from "../../../functions/records/publications.ts";
import { site } from "../../../functions/site.ts";
import { template } from "../../a-written-template.ts";
import { testCloud } from "../../cloud/test-cloud.ts";
import { aPublication } from "../../people-and-papers.ts";

let app: Hono;
beforeEach(async () => {
  const cloud = testCloud();
  await savePublication(cloud, aPublication());
  await savePublication(cloud, aPublication({ id: "valley", language: "en", baseUrl: "https://example.org/valley" }));
  app = site(cloud);
});
const german = { headers: { "Accept-Language": "de" } };

describe("handing in, before the first issue and after", () => {
  it("is explained on a page: the template, the photos, and whom to send it to", async () => {
    const answer = await app.request("/elblandbote/einreichen/", german);
    const page = await answer.text();
    expect(answer.status).toBe(200);
    expect(page).toContain("Einen Beitrag für ELBLANDbote einreichen");
    expect(page).toContain('<a class="button" href="/einreichen/vorlage.docx" download="vorlage.docx">');
    expect(page).toContain('<a href="mailto:redaktion@elblandbote.example">');
    expect(page).toContain('href="/einreichen/template.docx" download="template.docx" lang="en"');
  });

  it("names the address that takes articles in, where the publication has one", async () => {
    const cloud = testCloud();
    await savePublication(cloud, aPublication({ submissions: "beitrag@elblandbote.example" }));
    const page = await (await site(cloud).request("/elblandbote/einreichen/", german)).text();
    expect(page).toContain('<a href="mailto:beitrag@elblandbote.example">');
    expect(page).not.toContain("mailto:redaktion@");
  });

  it("speaks the language of who asks, at the address of the publication's", async () => {
    const page = await (await app.request("/valley/submit/", german)).text();
    expect(page).toContain('<a class="button" href="/valley/submit/vorlage.docx"');
    expect(page).toContain('<html lang="de"');
  });

  it.each(["einreichen", "submit"])("finds its page without the slash: %s", async (word) => {
    const answer = await app.request(`/elblandbote/${word}`);
    expect([answer.status, answer.headers.get("location")]).toEqual([308, `${word}/`]);
  });

  it.each(languages)(
    "hands out the file that lies in the repository, to be saved and kept for an hour: %s",
    async (language) => {
      const name = language === "de" ? "vorlage.docx" : "template.docx";
      const answer = await app.request(`/elblandbote/einreichen/${name}`);
      expect(answer.status).toBe(200);
      expect(digestOf(new Uint8Array(await answer.arrayBuffer()))).toBe(digestOf(template(language)));
      expect(Object.fromEntries(answer.headers)).toMatchObject({
        "content-type": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "content-disposition": `attachment; filename="${name}"`,
        "cache-control": "public, max-age=3600",
        "x-content-type-options": "nosniff",
        "content-security-policy": expect.stringContaining("frame-ancestors 'none'"),
      });
    },
  );

  it("lets nobody keep the page itself, which speaks several languages", async () => {
    expect((await app.request("/elblandbote/einreichen/")).headers.get("cache-control")).toBe("no-store");
  });

  it.each(["/nirgends/einreichen/", "/nirgends/einreichen/vorlage.docx", "/elblandbote/einreichen/gemeindebrief.docx"])(
    "knows nothing at %s",
    async (path) => {
      expect((await app.request(path)).status).toBe(404);
    },
  );
});
