import PostalMime from "postal-mime";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Person } from "../../../core/rights.ts";
import { commission, commissionAgain, revokeCommission } from "../../../functions/desk/commissions.ts";
import { pasteText } from "../../../functions/desk/hand-in.ts";
import { draftIssue } from "../../../functions/desk/issues.ts";
import { submissionBehind } from "../../../functions/records/hand-in-links.ts";
import { listPeople } from "../../../functions/records/people.ts";
import { savePublication } from "../../../functions/records/publications.ts";
import { readSubmission } from "../../../functions/records/submissions.ts";
import { remind } from "../../../functions/remind.ts";
import { workUntilQuiet } from "../../../local/wiring.ts";
import { type TestCloud, testCloud } from "../../cloud/test-cloud.ts";
import { anIssue, aPublication } from "../../people-and-papers.ts";

const bote = aPublication();
const guelsen: Person = { id: "guelsen-yildiz", roles: ["editor"] };
const frieda = "frieda@verein.example";
const wanted = {
  ...{ name: "Frieda Möhring", address: frieda, issue: "2026-01", until: "2026-12-15" },
  ...{ title: "Der Deich hält", words: "Etwa 3.000 Zeichen.", deskUrl: "https://desk.example" },
};
const id = "2026-11-23-der-deich-haelt";
const words = "# Der Deich hält\n\nEr ist einen Meter höher als im letzten Jahr.\n";

let cloud: TestCloud;
beforeEach(async () => {
  for (const way of ["info", "warn"] as const) vi.spyOn(console, way).mockImplementation(() => {});
  cloud = testCloud();
  await savePublication(cloud, bote);
  await draftIssue(cloud, guelsen, anIssue());
});
const asked = async (given: Partial<typeof wanted> = {}, by = guelsen) => {
  const submission = await commission(cloud, by, bote, { ...wanted, ...given });
  await workUntilQuiet(cloud);
  return submission;
};
const row = () => readSubmission(cloud, bote.id, id);
const version = async () => (await row())?.version ?? 0;
const mails = async (to = frieda) => {
  const { letters } = cloud.outbox.list({ limit: 50, to });
  return Promise.all(letters.reverse().map((letter) => PostalMime.parse(cloud.outbox.source(letter))));
};
const subjects = async (to = frieda) => (await mails(to)).map(({ subject }) => subject);
const tokenIn = (text = "") => /https:\/\/desk\.example\/r\/hand-in\/(\S+)/.exec(text)?.[1] ?? "";
const hourly = async () => {
  await remind(cloud)(undefined, { deadline: new Date(cloud.clock.now().getTime() + 60_000) });
  await workUntilQuiet(cloud);
};

describe("an author who is asked for an article", () => {
  it("gets a letter with a link of their own, and becomes known as an author and nothing else", async () => {
    await asked();
    const [mail] = await mails();
    expect(mail?.subject).toBe("Ihr Beitrag für ELBLANDbote, Ausgabe 01|26");
    for (const part of ["15. Dezember 2026", "Der Deich hält", "Etwa 3.000 Zeichen."])
      expect(mail?.text?.replaceAll("\u00a0", " ")).toContain(part);
    expect(await submissionBehind(cloud, tokenIn(mail?.text))).toEqual({ publication: bote.id, submission: id });
    expect(await listPeople(cloud, bote.id)).toMatchObject([{ name: "Frieda Möhring", roles: ["author"] }]);
    expect(await row()).toMatchObject({
      by: expect.stringMatching(/^p-[0-9a-f]{12}$/),
      desk: { asked: { issue: "2026-01", until: "2026-12-15" } },
    });
  });

  it("keeps the name and the roles they are known by", async () => {
    await asked();
    await asked({ name: "Ganz Anders", title: "Noch einer" });
    expect(await listPeople(cloud, bote.id)).toMatchObject([{ name: "Frieda Möhring" }]);
  });

  it.each([
    [{ until: "2026-11-22" }, "until-past"],
    [{ until: "2028-01-01" }, "until-no-day"],
    [{ until: "morgen" }, "until-no-day"],
    [{ issue: "2026-07" }, "no-issue"],
    [{ address: "frieda" }, "address-form"],
  ] as const)("is asked for something that is possible: %o", async (given, code) => {
    await expect(asked(given)).rejects.toMatchObject({ code: expect.stringMatching(code.replace(/-form$/, "-")) });
    expect(await subjects()).toEqual([]);
  });

  it("is asked by editors alone, and by no more than sixty letters an hour", async () => {
    await expect(asked({}, { id: "thomas", roles: ["author"] })).rejects.toMatchObject({ code: "not-allowed" });
    for (let number = 0; number < 60; number += 1) await commission(cloud, guelsen, bote, wanted);
    await expect(asked()).rejects.toMatchObject({ code: "commission-too-often" });
  });
});

describe("the reminder", () => {
  it("comes once, two days before the last day at nine, where nothing was handed in", async () => {
    await asked();
    cloud.clock.set("2026-12-13T07:59:00.000Z");
    await hourly();
    expect(await subjects()).toHaveLength(1);
    cloud.clock.set("2026-12-13T08:00:00.000Z");
    await Promise.all([hourly(), hourly()]);
    await hourly();
    expect((await subjects()).slice(1)).toEqual([
      "Erinnerung: Ihr Beitrag bis 15.\u00a0Dezember 2026".replace("\u00a0", " "),
    ]);
  });

  it("does not come where the article is there, or the link was taken back", async () => {
    await asked();
    await asked({ title: "Zweiter" });
    await pasteText(cloud, guelsen, { publication: bote.id, submission: id }, { text: words, seen: "" });
    await workUntilQuiet(cloud);
    await revokeCommission(cloud, guelsen, bote, { submission: "2026-11-23-zweiter", version: 1 });
    cloud.clock.set("2026-12-14T08:00:00.000Z");
    await hourly();
    expect((await subjects()).filter((subject) => subject?.startsWith("Erinnerung"))).toEqual([]);
  });

  const reminders = async () => (await subjects()).filter((subject) => subject?.startsWith("Erinnerung"));

  it("goes with the last day: once for each, on the right day", async () => {
    await asked();
    await commissionAgain(cloud, guelsen, bote, { submission: id, version: await version(), until: "2026-12-20" });
    cloud.clock.set("2026-12-13T08:00:00.000Z");
    await hourly();
    expect(await reminders()).toEqual([]);
    cloud.clock.set("2026-12-18T08:00:00.000Z");
    await hourly();
    expect(await reminders()).toEqual(["Erinnerung: Ihr Beitrag bis 20. Dezember 2026"]);
    await commissionAgain(cloud, guelsen, bote, { submission: id, version: await version(), until: "2026-12-28" });
    cloud.clock.set("2026-12-26T08:00:00.000Z");
    await hourly();
    await hourly();
    expect(await reminders()).toHaveLength(2);
    expect((await reminders())[1]).toContain("28. Dezember");
  });

  it("comes where all that was brought was no good", async () => {
    await asked();
    await cloud.files.write(`submissions/${bote.id}/${id}/scan.pdf`, "%PDF-", { type: "application/pdf" });
    await workUntilQuiet(cloud);
    expect(await row()).toMatchObject({ state: "refused" });
    cloud.clock.set("2026-12-13T08:00:00.000Z");
    await hourly();
    expect(await reminders()).toHaveLength(1);
  });

  it("does not follow the first letter on its heels", async () => {
    await asked({ until: "2026-11-25" });
    cloud.clock.set("2026-11-24T08:00:00.000Z");
    await hourly();
    expect(await subjects()).toHaveLength(1);
  });
});

describe("a personal link", () => {
  it("is sent again with another last day, and the old one is as good", async () => {
    await asked();
    await commissionAgain(cloud, guelsen, bote, { submission: id, version: await version(), until: "2026-12-20" });
    await workUntilQuiet(cloud);
    const tokens = (await mails()).map(({ text }) => tokenIn(text));
    expect(new Set(tokens).size).toBe(2);
    expect(await row()).toMatchObject({ desk: { asked: { until: "2026-12-20" } } });
    for (const token of tokens) expect(await submissionBehind(cloud, token)).toMatchObject({ submission: id });
  });

  it("is kept as a hash, and leads nowhere sixty days after its last day", async () => {
    await asked();
    const token = tokenIn((await mails())[0]?.text);
    expect(JSON.stringify((await cloud.table.query({ pk: `hand-in-link#${token}`, limit: 1 })).items)).toBe("[]");
    cloud.clock.set("2027-02-14T00:00:00.000Z");
    expect(await submissionBehind(cloud, token)).toBeUndefined();
    for (const other of ["", "x".repeat(43), `${token}x`]) expect(await submissionBehind(cloud, other)).toBeUndefined();
  });

  it("is changed over the row that was shown: of two editors the second hears of the first", async () => {
    await asked();
    const seen = { submission: id, version: await version() };
    await revokeCommission(cloud, guelsen, bote, seen);
    const second = commissionAgain(cloud, guelsen, bote, { ...seen, until: "2026-12-20" });
    await expect(second).rejects.toMatchObject({ code: "moved-on" });
    expect(await row()).toMatchObject({ desk: { asked: { isRevoked: true, until: "2026-12-15" } } });
  });

  it("belongs to who was asked alone", async () => {
    await asked();
    await pasteText(cloud, guelsen, { publication: bote.id, submission: id }, { text: words, seen: "" });
    await workUntilQuiet(cloud);
    expect(await row()).toMatchObject({ state: "ingested", desk: { asked: { until: "2026-12-15" } } });
    await cloud.files.write(`submissions/${bote.id}/von-hand/a.md`, words, { type: "text/plain" });
    await workUntilQuiet(cloud);
    const again = commissionAgain(cloud, guelsen, bote, { submission: "von-hand", version: 1, until: "2026-12-20" });
    await expect(again).rejects.toMatchObject({ code: "not-commissioned" });
  });
});

describe("the letter about what was handed in", () => {
  const letters = async () => (await subjects()).slice(1);
  const quiet = async () => workUntilQuiet(cloud, { waitSeconds: 400 });
  const paste = async (text: string) => {
    const files = await cloud.files.list(`submissions/${bote.id}/${id}/`);
    await pasteText(cloud, guelsen, { publication: bote.id, submission: id }, { text, seen: files[0]?.etag ?? "" });
    await workUntilQuiet(cloud);
  };

  it("comes once, when it has been quiet for five minutes, and leads back by a link of theirs", async () => {
    await asked();
    await paste(words);
    cloud.clock.advance({ seconds: 60 });
    await paste(`${words}\nUnd breiter.\n`);
    expect(await letters()).toEqual([]);
    await quiet();
    expect(await letters()).toEqual(["Angekommen: Der Deich hält"]);
    const [, mail] = await mails();
    expect(mail?.text).toContain("liegt nun in der Bibliothek");
    expect(await submissionBehind(cloud, tokenIn(mail?.text))).toMatchObject({ submission: id });
  });

  it("says what is asked for", async () => {
    await asked();
    await paste(`${words}\n![](deich.jpg)\n`);
    await quiet();
    expect((await mails())[1]?.text?.replace(/\s+/g, " ")).toContain("nennt Bilder, die noch fehlen: deich.jpg");
  });

  it("does not come twice for the same files", async () => {
    await asked();
    await paste(words);
    await quiet();
    await paste("# Anders\n\nGanz anders.\n");
    await paste(words);
    await quiet();
    expect(await letters()).toEqual(["Angekommen: Der Deich hält"]);
  });

  it("comes once an hour while it would say the same, and at once when something else is asked for", async () => {
    await asked();
    cloud.clock.set("2026-12-01T09:40:00.000Z");
    const visit = async (text: string) => {
      await paste(text);
      await quiet();
    };
    await visit(words);
    await visit(`${words}\nNoch ein Absatz.\n`);
    cloud.clock.advance({ minutes: 20 });
    await visit(`${words}\nUnd noch einer.\n`);
    expect(await letters()).toHaveLength(1);
    await visit(`${words}\n![](deich.jpg)\n`);
    expect(await letters()).toHaveLength(2);
    cloud.clock.advance({ minutes: 60 });
    await visit(`${words}\nGanz neu.\n`);
    expect(await letters()).toHaveLength(3);
  });

  it("goes to nobody who was removed meanwhile", async () => {
    await asked();
    await paste(words);
    const { removePerson } = await import("../../../functions/desk/people.ts");
    await removePerson(cloud, { id: "chef", roles: ["admin"] }, bote.id, frieda);
    await quiet();
    expect(await letters()).toEqual([]);
  });
});
