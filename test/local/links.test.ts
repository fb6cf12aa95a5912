import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { linkRing, linkToken, readLinkToken } from "../../core/subscriber/link.ts";
import { savePublication } from "../../functions/records/publications.ts";
import { type LocalCloud, localCloud } from "../../local/cloud/local-cloud.ts";
import { aPublication } from "../people-and-papers.ts";
import { kurier } from "./paper-desk.ts";

let folder: string;
let cloud: LocalCloud;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "kurier-links-"));
  cloud = localCloud({ folder, isDurable: false });
  await savePublication(cloud, aPublication());
});
afterEach(() => {
  cloud.close();
  rmSync(folder, { recursive: true });
});
const rotate = (...more: string[]) => kurier("links", "rotate", ...more, "--data", folder, "--lang", "de");
const almut = "a".repeat(22);
const keys = async () => JSON.parse(await cloud.secrets.read("links")) as { kid: string; since?: string }[];

describe("links rotate", () => {
  it("puts a new key first, and whoever runs already knows both at once", async () => {
    const token = linkToken(linkRing(await cloud.secrets.read("links")), "leave", almut, "elblandbote");
    const address = await cloud.secrets.read("address");
    const { code, out } = await rotate("--yes");
    expect([code, out]).toEqual([
      0,
      expect.stringMatching(/^Der neue Schlüssel unterschreibt ab .+\. Gültig sind nun 2/),
    ]);
    const text = await cloud.secrets.read("links");
    expect(await keys()).toHaveLength(2);
    expect(readLinkToken(linkRing(text), "leave", "elblandbote", token)).toBe(almut);
    expect(linkToken(linkRing(text), "leave", almut, "elblandbote")).not.toBe(token);
    expect(linkToken(linkRing(text, new Date()), "leave", almut, "elblandbote")).toBe(token);
    expect(await cloud.secrets.read("address")).toBe(address);
  });

  it("is an act, and shows no key to anybody", async () => {
    const { out } = await rotate("--yes", "--json");
    const { items } = await cloud.table.query({ pk: "acts#elblandbote", limit: 9 });
    expect(items).toMatchObject([{ act: "rotate-links", by: "operator" }]);
    for (const { key } of JSON.parse(await cloud.secrets.read("links")) as { key: string }[])
      expect(out + JSON.stringify(items)).not.toContain(key);
    expect(statSync(join(folder, "secrets.json")).mode & 0o777).toBe(0o600);
  });

  it("asks first", async () => {
    expect((await rotate()).code).toBe(2);
    expect(await keys()).toHaveLength(1);
  });
});
