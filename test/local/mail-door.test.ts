import { once } from "node:events";
import { connect } from "node:net";
import nodemailer from "nodemailer";
import PostalMime from "postal-mime";
import sharp from "sharp";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { addPerson } from "../../functions/desk/people.ts";
import { listArticles } from "../../functions/records/articles.ts";
import { listPeople } from "../../functions/records/people.ts";
import { savePublication } from "../../functions/records/publications.ts";
import { listFiles, listSubmissions } from "../../functions/records/submissions.ts";
import type { Believed } from "../../local/mail-door/received-mail.ts";
import { type MailDoor, mostMailBytes, openMailDoor } from "../../local/mail-door.ts";
import { person } from "../../local/session.ts";
import { workUntilQuiet } from "../../local/wiring.ts";
import { type TestCloud, testCloud } from "../cloud/test-cloud.ts";
import { aMail, anArticle, author } from "../core/mail/mails.ts";
import { aPublication } from "../people-and-papers.ts";

const to = "beitrag@bote.example";
let cloud: TestCloud;
let door: MailDoor;
let logged: unknown[];
beforeEach(async () => {
  logged = [];
  for (const way of ["info", "warn", "error"] as const)
    vi.spyOn(console, way).mockImplementation((entry) => void logged.push(entry));
  cloud = testCloud();
  await savePublication(cloud, aPublication({ submissions: to }));
  await savePublication(cloud, aPublication({ id: "talpost", submissions: "Talpost@Bote.example" }));
  await savePublication(cloud, aPublication({ id: "ohne" }));
  await addPerson(cloud, person, "elblandbote", { address: author, name: "Thomas Śěrak" });
});
afterEach(() => door.close());

const open = async (believed: Believed = "everybody"): Promise<void> => {
  door = await openMailDoor(cloud, { host: "127.0.0.1", port: 0, believed });
};
const carrier = (more = {}) =>
  nodemailer.createTransport({ host: "127.0.0.1", port: door.port, secure: false, ...more });
const send = (raw: Buffer, rcpt: string | string[] = to, from = author) =>
  carrier().sendMail({ envelope: { from, to: rcpt }, raw });
const came = () => cloud.files.list("mail/");
const settle = () => workUntilQuiet(cloud, { waitSeconds: 90 });

describe("the door for mail", () => {
  it("takes an author's text and photo, and what comes of it is read like any submission", async () => {
    await open();
    const photo = await sharp({ create: { width: 900, height: 600, channels: 3, background: "#357" } })
      .jpeg()
      .toBuffer();
    await carrier().sendMail({
      ...{ from: `Thomas Śěrak <${author}>`, to, subject: "Ein Schalter, der zuhört", text: anArticle },
      attachments: [{ filename: "Schalter für alle.jpg", content: photo }],
    });
    await settle();
    const [submission] = await listSubmissions(cloud, "elblandbote");
    const [thomas] = await listPeople(cloud, "elblandbote");
    expect(submission).toMatchObject({ state: "ingested", by: thomas?.id });
    expect((await listFiles(cloud, "elblandbote", submission?.id ?? "")).map(({ name }) => name)).toEqual([
      "Ein Schalter, der zuhört.txt",
      "Schalter für alle.jpg",
    ]);
    expect(await listArticles(cloud, "elblandbote")).toMatchObject([{ title: "Ein Schalter, der zuhört" }]);
    const [letter] = cloud.outbox.list({ limit: 5, to: author }).letters;
    const receipt = await PostalMime.parse(letter ? cloud.outbox.source(letter) : "");
    expect(receipt.subject).toContain("Angekommen: Ein Schalter, der zuhört [");
    expect(await came()).toEqual([]);
  });

  it("knows one address for each publication, however it is spelled, and no other", async () => {
    await open();
    await send(aMail({ trace: null, text: anArticle }), [to, "talpost@BOTE.example"]);
    expect((await came()).map(({ key }) => key.split("/")[1])).toEqual(["elblandbote", "talpost"]);
    for (const other of ["redaktion@bote.example", "leserin@anderswo.example", "ohne@bote.example"])
      await expect(send(aMail({ trace: null }), other)).rejects.toMatchObject({ responseCode: 550 });
  });

  it("says how much it takes, and holds to it", async () => {
    await open();
    const enclosed = (bytes: number) => [{ name: "a.jpg", type: "image/jpeg", body: Buffer.alloc(bytes, 1) }];
    await send(aMail({ trace: null, text: "Foto", enclosed: enclosed(28_500_000) }));
    expect((await came())[0]?.bytes).toBeGreaterThan(39_000_000);
    const tooLarge = aMail({ trace: null, text: "Foto", enclosed: enclosed(30_000_000) });
    await expect(send(tooLarge)).rejects.toMatchObject({ responseCode: 552 });
    expect(await spoken(`EHLO x\r\nMAIL FROM:<a@b.example> SIZE=${mostMailBytes + 1}\r\nQUIT\r\n`)).toMatch(/\n552 /);
    expect(await spoken("EHLO x\r\nQUIT\r\n")).toContain(`SIZE ${mostMailBytes}`);
    expect(await came()).toHaveLength(1);
  });

  it("takes whole mails over one line, one after the other", async () => {
    await open();
    const pool = carrier({ pool: true, maxConnections: 1, maxMessages: 100 });
    for (let count = 1; count <= 12; count += 1)
      await pool.sendMail({ envelope: { from: author, to }, raw: aMail({ trace: null, text: `${count}` }) });
    pool.close();
    expect(await came()).toHaveLength(12);
  });

  it.each([
    ["a head without an end", Buffer.alloc(400_000, "X-Endless: 1\r\n")],
    ["a line without an end", Buffer.concat([aMail({ trace: null }), Buffer.alloc(40_000, "x")])],
  ])("turns away %s", async (_, raw) => {
    await open();
    await expect(send(raw)).rejects.toMatchObject({ responseCode: 554 });
    expect(await came()).toEqual([]);
  });

  it("asks nobody to log in, and lets nobody", async () => {
    await open();
    const answer = await spoken("EHLO x\r\nAUTH PLAIN AGEAYg==\r\nSTARTTLS\r\nVRFY root\r\nQUIT\r\n");
    expect(answer).not.toMatch(/AUTH|250[ -]STARTTLS/);
    expect(answer.match(/^5\d\d/gm)?.length).toBeGreaterThanOrEqual(2);
  });

  it("keeps a bounce's empty sender, so that nobody answers it", async () => {
    await open();
    await send(aMail({ trace: null, text: "Unzustellbar" }), to, "");
    await settle();
    expect(logged).toContainEqual(expect.objectContaining({ dropped: "bounce" }));
  });

  it("forgets mails nothing could be made of after three days", async () => {
    for (const id of ["alt", "neu"]) {
      await cloud.files.write(`mail/elblandbote/${id}`, "x", { type: "message/rfc822" });
      cloud.clock.advance({ minutes: 2 * 24 * 60 });
    }
    await open();
    expect((await came()).map(({ key }) => key)).toEqual(["mail/elblandbote/neu"]);
  });

  it("tells the carrier to come again when it could not be kept", async () => {
    const write = async () => Promise.reject(new Error("the disk is full"));
    door = await openMailDoor(
      { ...cloud, files: { ...cloud.files, write } },
      { host: "127.0.0.1", port: 0, believed: "everybody" },
    );
    await expect(send(aMail({ trace: null }))).rejects.toMatchObject({ responseCode: 451 });
  });
});

describe("whom the door believes", () => {
  const passed =
    "Authentication-Results: mx.bote.example; dkim=pass header.d=rathaus.example; dmarc=pass header.from=rathaus.example";
  const failed = "Authentication-Results: mx.bote.example; dmarc=fail header.from=rathaus.example";
  const verdict = async (...headers: string[]): Promise<number> => {
    await open({ verifier: "MX.bote.example" });
    await send(aMail({ trace: null, headers, text: anArticle }));
    await settle();
    return (await listSubmissions(cloud, "elblandbote")).length;
  };

  it("is the mail server it was told of", async () => {
    expect(await verdict(passed)).toBe(1);
  });

  it.each([
    ["nobody, where it wrote nothing", []],
    ["not another server", [passed.replace("mx.", "mx2.")]],
    ["not one by nearly the same name", [passed.replace("mx.bote.example", "mx.bote.example.evil.example")]],
    ["not a failed check", [failed]],
    ["not what a forger wrote below a failed check", [failed, passed]],
    ["not what a forger wrote below another server's", [passed.replace("mx.", "mx2."), passed]],
    [
      "not a forger's whole block",
      [
        "Return-Path: <a@b>",
        "Received: from x by kurier with ESMTP",
        "X-Kurier-Receipt: x",
        passed.replace("mx.bote.example", "kurier"),
      ],
    ],
  ])("is %s", async (_, headers) => {
    expect(await verdict(...headers)).toBe(0);
    expect(cloud.outbox.list({ limit: 5 }).letters).toEqual([]);
  });
});

/** What is answered to somebody who types the protocol by hand. */
async function spoken(lines: string): Promise<string> {
  const socket = connect(door.port, "127.0.0.1");
  let heard = "";
  socket.setEncoding("utf8").on("data", (text) => {
    heard += text;
  });
  await once(socket, "connect");
  for (const line of lines.split("\r\n").filter(Boolean)) {
    const before = heard.length;
    await vi.waitUntil(() => heard.length > 0);
    socket.write(`${line}\r\n`);
    await vi.waitUntil(() => heard.length > before, { timeout: 5_000 });
  }
  socket.end();
  return heard;
}
