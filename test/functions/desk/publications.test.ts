import { describe, expect, it } from "vitest";
import { operator } from "../../../core/rights.ts";
import type { Cloud } from "../../../functions/cloud/cloud.ts";
import { found } from "../../../functions/desk/publications.ts";
import { listPublications } from "../../../functions/records/publications.ts";
import { putOnShelf } from "../../../functions/records/shelf.ts";
import { testCloud } from "../../cloud/test-cloud.ts";
import { aPublication } from "../../people-and-papers.ts";
import { place, scheduleSpring } from "../an-issue-to-send.ts";

it("founds no publication in a colour nobody can read, and names the nearest one that works", async () => {
  const cloud = testCloud();
  const pale = aPublication({ accent: "#F0E060" });
  await expect(found(cloud, operator, pale)).rejects.toMatchObject({
    code: "weak-accent",
    details: { accent: "#F0E060" },
  });
  expect(await listPublications(cloud)).toEqual([]);
});

it("lets nobody but the operator found one", async () => {
  const cloud = testCloud();
  await expect(found(cloud, { id: "guelsen", roles: ["editor"] }, aPublication())).rejects.toMatchObject({
    code: "not-allowed",
  });
});

it("keeps the language a publication was founded in", async () => {
  const cloud = testCloud();
  await found(cloud, operator, aPublication());
  await expect(found(cloud, operator, aPublication({ language: "en" }))).rejects.toMatchObject({
    code: "language-fixed",
  });
  await found(cloud, operator, aPublication({ claim: "Neu gesetzt" }));
});

describe("the pages of a publication", () => {
  const page = async ({ files }: Cloud, path: string, publication = "elblandbote") =>
    Buffer.from((await files.read(`public/${publication}/${path}`))?.body ?? "").toString();

  it("stand before its first issue: nobody consents beside a privacy text that is not there", async () => {
    const cloud = testCloud();
    await found(cloud, operator, aPublication({ privacy: "Wir speichern Ihre Adresse." }));
    for (const path of ["index.html", "bestellen/index.html", "impressum/index.html", "barrierefreiheit/index.html"])
      expect(await page(cloud, path)).toContain("ELBLANDbote");
    expect(await page(cloud, "datenschutz/index.html")).toContain("Wir speichern Ihre Adresse.");
  });

  it("say at once what was changed in the settings, and keep the issues on the shelf", async () => {
    const cloud = testCloud();
    await scheduleSpring(cloud);
    await putOnShelf(cloud, { ...place, fingerprint: "f".repeat(64), language: "de" }, "2026-03-02T05:00:00.000Z");
    await found(cloud, operator, aPublication({ privacy: "Neuer Wortlaut." }));
    expect(await page(cloud, "datenschutz/index.html")).toContain("Neuer Wortlaut.");
    expect(await page(cloud, "index.html")).toContain("Kleine Orte, große Wege");
  });

  it("offer a sister under the name it has now", async () => {
    const cloud = testCloud();
    await found(cloud, operator, aPublication({ besides: ["talblatt"] }));
    await found(cloud, operator, aPublication({ id: "talblatt", title: "Talblatt", titleParts: ["Tal", "blatt"] }));
    expect(await page(cloud, "bestellen/index.html")).toContain('value="talblatt"');
  });
});
