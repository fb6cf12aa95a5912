import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { outFolder } from "../../local/out-folder.ts";

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "kurier-out-"));
});
afterEach(() => rm(home, { recursive: true, force: true }));

const printed = async (text: string): Promise<string> => {
  const place = join(home, "out");
  const out = await outFolder(place);
  await out.write("editions/email.txt", text);
  await out.finish();
  return place;
};

describe("the folder a press writes", () => {
  it("is written whole, and again over itself", async () => {
    await printed("eins");
    const place = await printed("zwei");
    expect(await readFile(join(place, "editions/email.txt"), "utf8")).toBe("zwei");
    expect(await readdir(home)).toEqual(["out"]);
  });

  it("is refused when it holds anything a press did not write, and keeps it", async () => {
    const place = await printed("eins");
    await writeFile(join(place, "notizen.txt"), "meine");
    await expect(outFolder(place)).rejects.toMatchObject({ code: "out-not-ours", details: { file: "notizen.txt" } });
    expect(await readFile(join(place, "notizen.txt"), "utf8")).toBe("meine");
  });

  it("is left as it was when the press gives up", async () => {
    const place = await printed("eins");
    const out = await outFolder(place);
    await out.write("editions/email.txt", "halb");
    await out.abandon();
    expect(await readFile(join(place, "editions/email.txt"), "utf8")).toBe("eins");
    expect(await readdir(home)).toEqual(["out"]);
  });
});
