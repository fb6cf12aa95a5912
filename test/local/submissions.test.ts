import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { addPerson } from "../../functions/desk/people.ts";
import { mailFile } from "../../functions/records/paths.ts";
import { savePublication } from "../../functions/records/publications.ts";
import { localCloud } from "../../local/cloud/local-cloud.ts";
import { person } from "../../local/session.ts";
import { workUntilQuiet } from "../../local/wiring.ts";
import { aMail, author } from "../core/mail/mails.ts";
import { aPublication } from "../people-and-papers.ts";
import { kurier } from "./paper-desk.ts";

let folder: string;
beforeEach(async () => {
  vi.spyOn(console, "info").mockImplementation(() => {});
  folder = mkdtempSync(join(tmpdir(), "kurier-submissions-"));
  const cloud = localCloud({ folder, isDurable: false });
  await savePublication(cloud, aPublication());
  await addPerson(cloud, person, aPublication().id, { address: author, name: "Thomas Śěrak" });
  const enclosed = [{ name: "markt.md", type: "text/markdown", body: "---\ntitel: Der Markt\n---\n\nEr zieht um.\n" }];
  const mail = aMail({ subject: "Markt", text: "Liebe Redaktion,\n\nanbei der Markt.", enclosed });
  await cloud.files.write(mailFile(aPublication().id, "m1"), mail, { type: "message/rfc822" });
  await workUntilQuiet(cloud);
  cloud.close();
});
afterEach(() => rmSync(folder, { recursive: true }));
const submissions = (...args: string[]) => kurier("submissions", ...args, "--data", folder, "--lang", "de");

describe("submissions", () => {
  it("are listed with who handed them in and what became of them", async () => {
    expect((await submissions("list")).out).toMatch(/^\d{4}-\d\d-\d\d-markt {2}aufgenommen {2}Thomas Śěrak\n$/);
  });

  it("are shown with their files and the covering letter", async () => {
    const [id = ""] = (await submissions("list")).out.split(" ");
    const { out } = await submissions("show", id);
    expect(out).toContain(`${id}: aufgenommen, eingereicht von Thomas Śěrak\n  markt.md\n`);
    expect(out).toContain("Anschreiben:\n  > Liebe Redaktion,\n  >\n  > anbei der Markt.\n");
    expect((await submissions("show", "nie")).err).toContain("Eine Einreichung nie gibt es nicht.");
  });
});
