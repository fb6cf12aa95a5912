import { expect, it } from "vitest";
import { operator } from "../../../core/rights.ts";
import { found } from "../../../functions/desk/publications.ts";
import { listPublications } from "../../../functions/records/publications.ts";
import { testCloud } from "../../cloud/test-cloud.ts";
import { aPublication } from "../../people-and-papers.ts";

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
  await expect(found(cloud, { id: "guelsen", role: "editor" }, aPublication())).rejects.toMatchObject({
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
