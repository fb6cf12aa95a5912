import { readFileSync } from "node:fs";
import PostalMime from "postal-mime";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Publication } from "../../core/publication.ts";
import type { Files } from "../../functions/cloud/cloud.ts";
import { addPerson } from "../../functions/desk/people.ts";
import { receive } from "../../functions/receive.ts";
import { listArticles } from "../../functions/records/articles.ts";
import { mailFile } from "../../functions/records/paths.ts";
import { listPeople } from "../../functions/records/people.ts";
import { savePublication } from "../../functions/records/publications.ts";
import { listFiles, listSubmissions, readSubmission } from "../../functions/records/submissions.ts";
import { suppress } from "../../functions/records/suppressions.ts";
import { person } from "../../local/session.ts";
import { workUntilQuiet } from "../../local/wiring.ts";
import { type TestCloud, testCloud } from "../cloud/test-cloud.ts";
import { aMail, anArticle, author, type MailGiven, sesTrace } from "../core/mail/mails.ts";
import { aPublication } from "../people-and-papers.ts";
import { keyOf } from "./an-issue-to-send.ts";

const bote: Publication = aPublication({ submissions: "beitrag@bote.example" });
const stranger = "frieda@verein.example";
const strangers = sesTrace({ envelope: stranger, results: ["dmarc=pass header.from=verein.example"] });

let cloud: TestCloud;
let logged: unknown[];
beforeEach(async () => {
  logged = [];
  for (const way of ["info", "warn", "error"] as const)
    vi.spyOn(console, way).mockImplementation((entry) => void logged.push(entry));
  cloud = testCloud();
  await savePublication(cloud, bote);
  await addPerson(cloud, person, bote.id, { address: author, name: "Thomas Śěrak" });
});

let mails = 0;
const nextId = (): string => {
  mails += 1;
  return `m${mails}`;
};
const arrives = async (given: MailGiven | Buffer, id = nextId()): Promise<string> => {
  const raw = Buffer.isBuffer(given) ? given : aMail(given);
  await cloud.files.write(mailFile(bote.id, id), raw, { type: "message/rfc822" });
  await workUntilQuiet(cloud, { waitSeconds: 90 });
  return id;
};
const submissions = () => listSubmissions(cloud, bote.id);
const names = async (id: string) => (await listFiles(cloud, bote.id, id)).map(({ name }) => name);
const answersTo = async (to: string) => {
  const { letters } = cloud.outbox.list({ limit: 50, to });
  return Promise.all(letters.reverse().map((letter) => PostalMime.parse(cloud.outbox.source(letter))));
};
const headerOf = ({ headers }: { headers: { key: string; value: string }[] }, name: string) =>
  headers.find(({ key }) => key === name)?.value;
const left = () => cloud.files.list("mail/");
const idOf = async (address: string) =>
  (await listPeople(cloud, bote.id)).find((one) => one.address === address)?.id ?? "nobody";
const day = "2026-11-23";

describe("an author's mail", () => {
  it("becomes their submission, and an article; of the mail nothing is kept", async () => {
    await arrives({ text: anArticle });
    expect(await submissions()).toMatchObject([
      { id: `${day}-ein-schalter-der-zuhoert`, by: await idOf(author), state: "ingested", mail: { words: "" } },
    ]);
    expect(await listArticles(cloud, bote.id)).toMatchObject([{ title: "Ein Schalter, der zuhört" }]);
    expect(await left()).toEqual([]);
  });

  it("is answered once its Word file was read to the end, and not ten minutes later", async () => {
    const body = readFileSync("local/sample/elblandbote/articles/bruecke/bruecke.docx");
    const type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    await arrives({ text: "Anbei.", enclosed: [{ name: "bruecke.docx", type, body }] });
    const [receipt] = await answersTo(author);
    expect(receipt?.text?.replace(/\s+/g, " ")).toContain("liegt nun in der Bibliothek");
    expect(receipt?.text).toContain("bruecke.docx");
  });

  it("is answered once it was read: a receipt that names the files and belongs to the mail", async () => {
    await arrives({ text: anArticle, messageId: "<eins@rathaus.example>" });
    const [receipt, ...more] = await answersTo(author);
    expect(more).toEqual([]);
    expect(receipt?.subject).toBe(`Angekommen: Ein Schalter, der zuhört [${day}-ein-schalter-der-zuhoert]`);
    expect(receipt?.text).toContain("Ein Schalter, der zuhört.txt");
    expect(receipt?.text).toContain("liegt nun in der Bibliothek");
    const header = (name: string) => receipt && headerOf(receipt, name);
    expect(header("auto-submitted")).toBe("auto-replied");
    expect(header("in-reply-to")).toBe("<eins@rathaus.example>");
    expect(header("references")).toBe("<eins@rathaus.example>");
    expect(header("reply-to")).toBe("beitrag@bote.example");
    expect(header("x-loop")).toBe(bote.sender.listId);
  });

  it("tells its author what could not be read, in whole sentences", async () => {
    await arrives({
      text: "Anbei.",
      enclosed: [{ name: "Beitrag.pages", type: "application/octet-stream", body: "x" }],
    });
    const [receipt] = await answersTo(author);
    expect(receipt?.text).toContain("Ein Beitrag ließ sich daraus noch nicht machen:");
    expect(receipt?.text?.replace(/\s+/g, " ")).toContain("Beitrag.pages");
  });

  it("that cannot be taken in is answered all the same", async () => {
    await arrives({ text: " ", enclosed: [{ name: "winmail.dat", type: "application/ms-tnef", body: "x" }] });
    expect(await submissions()).toEqual([]);
    const [receipt] = await answersTo(author);
    expect([receipt?.subject, receipt?.text?.includes("winmail.dat")]).toEqual([
      "Nicht angenommen: Ein Schalter, der zuhört",
      true,
    ]);
  });

  it("is taken in once, however often it is told of", async () => {
    const body = JSON.stringify({ detail: { object: { key: mailFile(bote.id, "twice") } } });
    await cloud.files.write(mailFile(bote.id, "twice"), aMail({ text: anArticle }), { type: "message/rfc822" });
    const event = { Records: [1, 2, 3].map((messageId) => ({ messageId: `${messageId}`, body })) };
    const deadline = new Date(cloud.clock.now().getTime() + 60_000);
    await Promise.all([receive(cloud)(event, { deadline }), receive(cloud)(event, { deadline })]);
    await workUntilQuiet(cloud, { waitSeconds: 90 });
    expect(await submissions()).toHaveLength(1);
    expect(await answersTo(author)).toHaveLength(1);
  });

  it.each([1, 2])("is taken in whole after a run that died at file %i", async (dies) => {
    const raw = aMail({
      text: anArticle,
      enclosed: [{ name: "a.jpg", type: "image/jpeg", body: Buffer.alloc(9_000) }],
    });
    const event = {
      Records: [{ messageId: "1", body: JSON.stringify({ detail: { object: { key: mailFile(bote.id, "x") } } }) }],
    };
    await cloud.files.write(mailFile(bote.id, "x"), raw, { type: "message/rfc822" });
    let writes = 0;
    const write: Files["write"] = async (...given) => {
      writes += 1;
      if (writes === dies) throw new Error("died");
      return cloud.files.write(...given);
    };
    const deadline = new Date(cloud.clock.now().getTime() + 60_000);
    await receive({ ...cloud, files: { ...cloud.files, write } })(event, { deadline });
    await workUntilQuiet(cloud, { waitSeconds: 90 }).catch(() => {});
    expect((await submissions()).map(({ id }) => id)).toEqual([`${day}-ein-schalter-der-zuhoert`]);
    expect(await names(`${day}-ein-schalter-der-zuhoert`)).toEqual(["Ein Schalter, der zuhört.txt", "a.jpg"]);
    expect(await answersTo(author)).toHaveLength(1);
  });

  it("of the same title on the same day is another submission", async () => {
    await arrives({ text: anArticle });
    await arrives({ text: `${anArticle}\n\nNoch ein Satz.` });
    expect((await submissions()).map(({ id }) => id.slice(day.length))).toEqual([
      "-ein-schalter-der-zuhoert",
      "-ein-schalter-der-zuhoert-2",
    ]);
  });

  it("that answers the receipt adds to the same submission; a new text takes the old one's place", async () => {
    const id = `${day}-ein-schalter-der-zuhoert`;
    await arrives({ text: anArticle });
    const [receipt] = await answersTo(author);
    await arrives({
      subject: `AW: ${receipt?.subject}`,
      text: "Hier die bessere Fassung.",
      enclosed: [
        { name: "neu.md", type: "text/markdown", body: "---\ntitel: Besser\n---\n\nEin neuer Text steht hier.\n" },
      ],
    });
    expect(await names(id)).toEqual(["neu.md"]);
    expect(await readSubmission(cloud, bote.id, id)).toMatchObject({
      ...{ state: "ingested", revision: 2, by: await idOf(author) },
      mail: { files: ["neu.md"], words: "Hier die bessere Fassung." },
    });
    expect((await answersTo(author)).at(-1)?.text).toContain("gelten als Anschreiben");
  });

  it("never writes into another author's submission", async () => {
    await arrives({ text: anArticle });
    await addPerson(cloud, person, bote.id, { address: stranger, name: "Frieda Blum" });
    const subject = `AW: Angekommen [${day}-ein-schalter-der-zuhoert]`;
    await arrives({ from: stranger, trace: strangers, subject, text: `Ganz anderes. ${anArticle}` });
    expect((await submissions()).map(({ id, by }) => [id.slice(day.length + 1), by])).toEqual([
      ["angekommen", await idOf(stranger)],
      ["ein-schalter-der-zuhoert", await idOf(author)],
    ]);
  });

  it("is not answered where its author never wants to be written to, but taken in", async () => {
    await suppress(cloud, new Map([[await keyOf(cloud, author), "asked"]]));
    await arrives({ text: anArticle });
    expect([(await submissions()).length, await answersTo(author)]).toEqual([1, []]);
  });

  it("is too much after sixty in an hour, and welcome again in the next", async () => {
    for (let count = 1; count <= 61; count += 1) {
      await cloud.files.write(mailFile(bote.id, `n${count}`), aMail({ subject: `Termin ${count}`, text: "x" }), {
        type: "message/rfc822",
      });
    }
    await workUntilQuiet(cloud);
    expect(await submissions()).toHaveLength(60);
    cloud.clock.advance({ minutes: 60 });
    await arrives({ text: anArticle });
    expect(await submissions()).toHaveLength(61);
  });
});

describe("everybody else's mail", () => {
  it("of a stranger is answered once in thirty days, and nothing of it is kept", async () => {
    for (const _ of ["once", "twice"]) await arrives({ from: stranger, trace: strangers, text: anArticle });
    const [answer, ...more] = await answersTo(stranger);
    expect(more).toEqual([]);
    expect(answer?.text?.replace(/\s+/g, " ")).toContain("ohne dass jemand sie gelesen hat");
    expect(answer && headerOf(answer, "reply-to")).toBe(bote.sender.replyTo);
    expect(answer && headerOf(answer, "auto-submitted")).toBe("auto-replied");
    expect([await submissions(), await left(), await cloud.files.list("submissions/")]).toEqual([[], [], []]);
    cloud.clock.advance({ minutes: 31 * 24 * 60 });
    await arrives({ from: stranger, trace: strangers, text: anArticle });
    expect(await answersTo(stranger)).toHaveLength(2);
  });

  const forged = sesTrace({
    envelope: "x@evil.example",
    spf: "fail",
    results: ["dmarc=fail header.from=rathaus.example"],
  });
  it.each<[string, MailGiven]>([
    ["unverified", { trace: forged }],
    ["unverified", { from: stranger, trace: forged }],
    ["unverified", { trace: forged, headers: sesTrace() }],
    ["no-mail", { trace: null, headers: sesTrace().slice(2) }],
    ["infected", { trace: sesTrace({ virus: "FAIL" }) }],
    ["spam", { from: stranger, trace: [...strangers.slice(0, 2), "X-SES-Spam-Verdict: FAIL", ...strangers.slice(3)] }],
    ["auto-submitted", { headers: ["Auto-Submitted: auto-replied"] }],
    ["auto-submitted", { from: stranger, trace: strangers, headers: ["Auto-Submitted: auto-replied"] }],
    ["list", { headers: ["List-Id: <amt.rathaus.example>"] }],
    ["bulk", { headers: ["Precedence: bulk"] }],
    ["bounce", { trace: sesTrace({ envelope: "" }) }],
    ["machine", { from: "MAILER-DAEMON@rathaus.example" }],
    ["loop", { headers: [`X-Loop: ${bote.sender.listId}`] }],
    ["loop", { from: bote.sender.from, trace: sesTrace({ results: ["dmarc=pass header.from=elblandbote.example"] }) }],
    ["loop", { from: "beitrag@bote.example", trace: sesTrace({ results: ["dmarc=pass header.from=bote.example"] }) }],
  ])("is dropped unanswered and unread: %s", async (reason, given) => {
    const id = await arrives({ text: anArticle, ...given });
    expect([await submissions(), await left(), cloud.outbox.list({ limit: 5 }).letters]).toEqual([[], [], []]);
    expect(logged).toContainEqual(expect.objectContaining({ mail: id, dropped: reason }));
  });

  it("names a known author in the log by their id alone", async () => {
    await arrives({ trace: forged, text: anArticle });
    expect(logged).toContainEqual(expect.objectContaining({ dropped: "unverified", person: await idOf(author) }));
    expect(JSON.stringify(logged)).not.toContain("@");
  });

  it("that is our own answer come back ends there: two programs never answer each other for ever", async () => {
    await arrives({ from: stranger, trace: strangers, text: anArticle });
    const [letter] = cloud.outbox.list({ limit: 5, to: stranger }).letters;
    const own = letter ? cloud.outbox.source(letter) : "";
    await arrives(
      Buffer.from(
        `${strangers.join("\r\n")}\r\n${Buffer.from(own)
          .toString()
          .replace(/^From: .*$/m, `From: ${stranger}`)}`,
      ),
    );
    expect(cloud.outbox.list({ limit: 5 }).letters).toHaveLength(1);
  });

  it("that SES writes itself when a rule is made stays where it is", async () => {
    await arrives(Buffer.from("Hello"), "AMAZON_SES_SETUP_NOTIFICATION");
    expect(await left()).toHaveLength(1);
  });
});
