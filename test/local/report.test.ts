import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { kurier, layOut, papers } from "./paper-desk.ts";

let desk: string;
let at: string[];
beforeEach(async () => {
  desk = await layOut(await mkdtemp(join(tmpdir(), "kurier-report-")), papers);
  at = ["--lang", "de", "--data", join(desk, "data")];
  await kurier("publications", "found", join(desk, "publication.yaml"), ...at);
  await kurier("articles", "submit", join(desk, "articles/markt.md"), ...at);
  await kurier("issues", "create", join(desk, "issue.yaml"), ...at);
  await kurier("issues", "build", "3/2026", ...at);
}, 60_000);
afterEach(() => rm(desk, { recursive: true, force: true }));

const stage = "https://redaktion.auenrode.example";

describe("asking for an approval", () => {
  it("goes by mail to whoever is named, with a link to the desk", async () => {
    const asked = await kurier(
      ...["issues", "ask-approval", "3/2026", "paula@auenrode.example", "--name", "Paula Zschoche"],
      ...["--desk-url", stage, ...at],
    );
    expect([asked.err, asked.code]).toEqual(["", 0]);
    expect(asked.out).toContain("Paula Zschoche ist um die Freigabe der Ausgabe 03|26 gebeten.");
    const again = ["issues", "ask-approval", "3/2026", "paula@auenrode.example", "--desk-url", stage, "--json", ...at];
    expect(JSON.parse((await kurier(...again)).out).refusals[0].code).toBe("name-missing");
    const named = JSON.parse((await kurier(...again, "--name", "Paula Zschoche")).out);
    expect(named).toMatchObject({ name: "Paula Zschoche", answer: null });
    expect(JSON.stringify(named)).not.toContain("addressKey");
  }, 60_000);
});

describe("the differences of two builds", () => {
  it("are told in words, and as data, also by the first digits of a fingerprint", async () => {
    const none = await kurier("issues", "differences", "3/2026", "--json", ...at);
    expect(JSON.parse(none.out).refusals[0].code).toBe("no-build");
    const text = papers["articles/markt.md"].replace("die Stände am Hafen", "die Stände am Bahnhof");
    await writeFile(join(desk, "articles/markt.md"), text);
    await kurier("articles", "submit", join(desk, "articles/markt.md"), ...at);
    await kurier("issues", "build", "3/2026", ...at);
    const said = await kurier("issues", "differences", "3/2026", ...at);
    expect(said.code).toBe(0);
    expect(said.out).toContain("Der Markt zieht um: geändert");
    expect(said.out).toMatch(/- .*am Hafen/);
    expect(said.out).toMatch(/\+ .*am Bahnhof/);
    const data = JSON.parse((await kurier("issues", "differences", "3/2026", "--json", ...at)).out);
    expect(data.isSame).toBe(false);
    const both = ["--from", data.to.slice(0, 12), "--to", data.to.slice(0, 12)];
    expect((await kurier("issues", "differences", "3/2026", ...both, ...at)).out).toContain("keinen Unterschied");
  }, 60_000);
});

describe("the report of an issue", () => {
  const report = (...more: string[]) => kurier("issues", "report", "3/2026", ...more, ...at);

  it("has the account, providers and moves, and the table in a file or by a link", async () => {
    expect(JSON.parse((await report("--json")).out).refusals[0].code).toBe("not-begun");
    await kurier("subscribers", "import", join(desk, "readers.csv"), "--consent-source", "Liste", ...at);
    await kurier("issues", "approve", "3/2026", ...at);
    await kurier("issues", "schedule", "3/2026", ...at);
    const file = join(desk, "zustellungen.csv");
    const said = await report("--out", file);
    expect([said.err, said.code]).toEqual(["", 0]);
    expect(said.out).toContain("2 = 2 eingeplant + 0 nicht eingeplant");
    expect(said.out).toContain("In den 14 Tagen danach: 0 abbestellt");
    expect(said.out).toContain("alle anderen  2 Briefe");
    expect((await readFile(file, "utf8")).trim().split("\r\n")).toHaveLength(3);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(JSON.parse((await report("--out", file, "--json")).out).refusals[0].code).toBe("out-taken");
    expect(JSON.parse((await report("--link", "--json")).out).refusals[0].code).toBe("desk-url-missing");
    const { link, providers } = JSON.parse((await report("--link", "--desk-url", stage, "--json")).out);
    expect(link).toMatch(/^https:\/\/redaktion\.auenrode\.example\/download\?/);
    expect(providers).toEqual([{ name: null, letters: 2, bounced: 0, complained: 0 }]);
  }, 120_000);
});
