import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { savePublication } from "../../functions/records/publications.ts";
import { localCloud } from "../../local/cloud/local-cloud.ts";
import { aPublication } from "../people-and-papers.ts";
import { kurier } from "./paper-desk.ts";

let folder: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "kurier-people-"));
  await inFolder((cloud) => savePublication(cloud, aPublication()));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function inFolder<T>(work: (cloud: ReturnType<typeof localCloud>) => Promise<T>): Promise<T> {
  const cloud = localCloud({ folder, isDurable: false });
  try {
    return await work(cloud);
  } finally {
    cloud.close();
  }
}
const people = (...args: string[]) => kurier("people", ...args, "--data", folder, "--lang", "de");

describe("the people a publication knows", () => {
  it("are added by address and name, and listed by name", async () => {
    const added = await people("add", "Thomas@Rathaus.example", "--name", "Thomas Śěrak");
    expect(added.out).toBe(
      "Thomas Śěrak <thomas@rathaus.example> kann nun per Mail einreichen, unter dem Kürzel thomas-serak.\n",
    );
    await people("add", "anna@rathaus.example", "--name", "Anna Weiß");
    expect((await people("list")).out.split("\n").map((line) => line.split(" ")[0])).toEqual([
      "anna-weiss",
      "thomas-serak",
      "",
    ]);
  });

  it("keep their id when they are named anew, and two of a name have two ids", async () => {
    await people("add", "thomas@rathaus.example", "--name", "Thomas Serak");
    const again = await people("add", "thomas@rathaus.example", "--name", "Thomas Śěrak");
    expect(again.out).toContain("war schon bekannt, unter dem Kürzel thomas-serak");
    expect((await people("add", "t.serak@post.example", "--name", "Thomas Śěrak")).out).toContain(
      "Kürzel thomas-serak-2",
    );
  });

  it("are forgotten, and nobody takes their id after them", async () => {
    await people("add", "thomas@rathaus.example", "--name", "Thomas Śěrak");
    expect((await people("remove", "thomas@rathaus.example")).code).toBe(0);
    expect((await people("list")).out).toContain("Noch ist niemand bekannt.");
    expect((await people("add", "thomas@rathaus.example", "--name", "Thomas Śěrak")).out).toContain("thomas-serak-2");
    expect((await people("remove", "wer@rathaus.example")).err).toContain("kennt die Publikation nicht");
  });

  it("stand among the acts by their id, never by their address", async () => {
    await people("add", "thomas@rathaus.example", "--name", "Thomas Śěrak");
    await inFolder(async ({ table }) => {
      const { items } = await table.query({ pk: "acts#elblandbote", limit: 20 });
      expect(items.map(({ act, id }) => [act, id])).toEqual([["add-person", "thomas-serak"]]);
      expect(JSON.stringify(items)).not.toContain("@");
    });
  });

  it("are people: a machine's mailbox hands nothing in", async () => {
    expect((await people("add", "noreply@rathaus.example")).code).toBe(2);
  });
});
