import { describe, expect, it } from "vitest";
import { isFileName } from "../../../core/article/submission.ts";
import { readHandIn } from "../../../core/mail/hand-in.ts";
import { submissionIdOf, submissionNamed } from "../../../core/mail/subject.ts";
import { aMail, anArticle, enclosure, type MailGiven, multipart, sesTrace } from "./mails.ts";

const read = (given: MailGiven, standing: readonly string[] = []) => readHandIn(aMail(given), standing);
const names = async (given: MailGiven, standing?: readonly string[]) =>
  (await read(given, standing)).files.map(({ name }) => name);
const textIn = async (given: MailGiven) => Buffer.from((await read(given)).files[0]?.body ?? "").toString();
const codes = async (given: MailGiven) => (await read(given)).notes.map(({ code }) => code);
const photo = (name: string, bytes = 60_000) => ({ name, type: "image/jpeg", body: Buffer.alloc(bytes, name) });
const docx = {
  name: "Schalter.docx",
  type: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  body: "PK",
};

const head = (subject: string) =>
  Buffer.from(`From: thomas@rathaus.example\r\nSubject: ${subject}\r\nMIME-Version: 1.0\r\n`);
const words = (text: string) => Buffer.from(`Content-Type: text/plain; charset=utf-8\r\n\r\n${text}\r\n`);
const file = enclosure;
const mailIn = (mail: Buffer, as: string, name?: string) =>
  Buffer.concat([
    Buffer.from(
      `Content-Type: message/rfc822\r\nContent-Disposition: ${as}${name ? `; filename="${name}"` : ""}\r\n\r\n`,
    ),
    mail,
  ]);

describe("a mail hands in", () => {
  it("its own words as a text named after its subject, and its photos", async () => {
    const given = { text: anArticle, enclosed: [photo("schalter.jpg"), photo("portrait.jpg")] };
    expect(await names(given)).toEqual(["Ein Schalter, der zuhört.txt", "schalter.jpg", "portrait.jpg"]);
    expect(await textIn(given)).toBe(`${anArticle}\n`);
    expect(await codes(given)).toEqual([]);
  });

  it("a text that hangs on it; its words are then a covering letter", async () => {
    const { files, words } = await read({
      text: `Liebe Redaktion, anbei mein Beitrag. ${"x".repeat(400)}`,
      enclosed: [docx, photo("a.jpg")],
    });
    expect(files.map(({ name }) => name)).toEqual(["Schalter.docx", "a.jpg"]);
    expect(words).toContain("Liebe Redaktion");
  });

  it("photos with a line beside them, which is nobody's article", async () => {
    expect(
      await read({ text: "Anbei die Fotos zum Markt.\n\nHerzlich, T. S.", enclosed: [photo("a.jpg")] }),
    ).toMatchObject({
      files: [{ name: "a.jpg" }],
      words: "Anbei die Fotos zum Markt.\n\nHerzlich, T. S.",
    });
  });

  it("a short text, where it is all there is", async () => {
    expect(await textIn({ text: "12. Mai, 15 Uhr: Lesung im Rathaus" })).toBe("12. Mai, 15 Uhr: Lesung im Rathaus\n");
  });

  it("nothing when it is empty, and says so", async () => {
    await expect(read({ text: " \n" })).rejects.toMatchObject({ code: "mail-empty" });
  });

  it("the words of HTML alone, in paragraphs", async () => {
    const html = `<html><head><title>x</title><style>p{}</style></head><body><h1>Der Markt</h1><p>Ab&nbsp;Mai stehen
      die Stände am <b>Hafen</b>.<br>Dort ist Platz.</p><ul><li>Brot</li><li>Käse</li></ul><script>alert(1)</script></body></html>`;
    expect(await textIn({ html })).toBe(
      "Der Markt\n\nAb Mai stehen die Stände am Hafen.\nDort ist Platz.\n\n• Brot\n\n• Käse\n",
    );
  });

  it("the text of two versions, not the HTML", async () => {
    expect(await textIn({ text: anArticle, html: "<p>Anders</p>" })).toBe(`${anArticle}\n`);
  });

  it("text and photos out of nested parts, with names of all spellings", async () => {
    const nested = multipart("mixed", [
      multipart("related", [
        multipart("alternative", [
          Buffer.from(
            `Content-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n${"F=FCr alle. ".repeat(30)}\r\n`,
          ),
        ]),
        enclosure({
          type: "image/jpeg",
          body: Buffer.alloc(20_000, 1),
          disposition: "inline",
          headers: ["Content-ID: <a>"],
        }),
      ]),
      Buffer.from(
        "Content-Type: image/jpeg\r\nContent-Disposition: attachment;\r\n filename*0*=UTF-8''M%C3%A4rkte%20;\r\n filename*1*=am%20Hafen.jpg\r\n\r\nabc\r\n",
      ),
      Buffer.from(
        'Content-Type: image/jpeg; name="=?UTF-8?Q?Br=C3=BCcke.jpg?="\r\nContent-Disposition: attachment\r\n\r\nabcd\r\n',
      ),
      Buffer.from('Content-Type: image/jpeg\r\nContent-Disposition: attachment; filename="Über.jpg"\r\n\r\nabcde\r\n'),
    ]);
    const head = `${sesTrace().join("\r\n")}\r\nFrom: thomas@rathaus.example\r\nSubject: Märkte\r\nMIME-Version: 1.0\r\n`;
    const { files } = await readHandIn(Buffer.concat([Buffer.from(head), nested]), []);
    expect(files.map(({ name }) => name)).toEqual([
      "Märkte.txt",
      "bild.jpg",
      "Märkte am Hafen.jpg",
      "Brücke.jpg",
      "Über.jpg",
    ]);
    expect(Buffer.from(files[0]?.body ?? "").toString()).toMatch(/^Für alle\. Für/);
  });

  it.each([
    ["../../etc/passwd", "etc-passwd"],
    ["C:\\\\Fotos\\\\a.jpg", "C-Fotos-a.jpg"],
    [".htaccess", "htaccess"],
    ["~$Beitrag.docx", "Beitrag.docx"],
    ["foto\u202Egpj.exe", "fotogpj.exe"],
    ["a\u0000b\tc.jpg", "abc.jpg"],
    [`${"ü".repeat(300)}.jpg`, `${"ü".repeat(116)}.jpg`],
    ["   ", "bild.jpg"],
  ])("a file called %j under a name that harms nobody", async (typed, name) => {
    const [made = ""] = await names({ text: "Bild", enclosed: [{ ...photo("x"), name: typed }] });
    expect(made).toBe(name);
    expect(isFileName(made)).toBe(true);
  });

  it("every photo, though a telephone calls them all the same", async () => {
    const enclosed = [photo("image0.jpeg", 50_000), photo("IMAGE0.jpeg", 60_000), photo("image0.jpeg", 50_000)];
    expect(await names({ text: "Fotos", enclosed })).toEqual(["image0.jpeg", "IMAGE0-2.jpeg"]);
  });

  it("nothing a mail program put there, and says what", async () => {
    const enclosed = [
      { name: "winmail.dat", type: "application/ms-tnef", body: "x" },
      { name: "smime.p7s", type: "application/pkcs7-signature", body: "x" },
      { name: "logo.png", type: "image/png", body: Buffer.alloc(3_000, 1), disposition: "inline" },
      { name: "karte.vcf", type: "text/x-vcard", body: "x" },
      photo("foto.jpg"),
    ];
    const { files, notes } = await read({ text: anArticle, enclosed });
    expect(files.map(({ name }) => name)).toEqual(["Ein Schalter, der zuhört.txt", "foto.jpg"]);
    expect(notes.map(({ code, details }) => `${code} ${details.name}`)).toEqual([
      "mail-packed winmail.dat",
      "mail-file-aside smime.p7s",
      "mail-logo-aside logo.png",
      "mail-file-aside karte.vcf",
    ]);
  });

  it("what a mail carries along that was forwarded whole: its words as the article, its photos, and the line above as a letter", async () => {
    for (const [as, name] of [
      ["inline", undefined],
      ["attachment", "Der Markt.eml"],
    ] as const) {
      const carried = Buffer.concat([
        head("Der Markt am Hafen"),
        multipart("mixed", [words(anArticle), file(photo("hafen.jpg"))]),
      ]);
      const raw = Buffer.concat([
        head("WG: Text"),
        multipart("mixed", [words("Siehe unten"), mailIn(carried, as, name)]),
      ]);
      const handedIn = await readHandIn(raw, []);
      expect(handedIn.files.map(({ name }) => name)).toEqual(["Der Markt am Hafen.txt", "hafen.jpg"]);
      expect(Buffer.from(handedIn.files[0]?.body ?? "").toString()).toBe(`${anArticle}\n`);
      expect([handedIn.words, handedIn.notes]).toEqual(["Siehe unten", []]);
    }
  });

  it("the text a forwarded mail brought as a file, and both mails' words as a letter", async () => {
    const carried = Buffer.concat([head("Text"), multipart("mixed", [words("Anbei mein Text."), file(docx)])]);
    const raw = Buffer.concat([head("WG: Text"), multipart("mixed", [words("Von Anna."), mailIn(carried, "inline")])]);
    const { files, words: letter } = await readHandIn(raw, []);
    expect([files.map(({ name }) => name), letter]).toEqual([["Schalter.docx"], "Von Anna.\n\nAnbei mein Text."]);
  });

  it("nothing a mail in a mail in a mail carries: it stays closed", async () => {
    let raw = Buffer.concat([head("ganz innen"), words(anArticle)]);
    for (const level of ["innen", "außen"])
      raw = Buffer.concat([head(level), multipart("mixed", [words(level), mailIn(raw, "attachment", `${level}.eml`)])]);
    const { files, words: letter, notes } = await readHandIn(raw, []);
    expect([files.map(({ name }) => name), letter]).toEqual([["innen.txt"], "außen"]);
    expect(notes.map(({ code, details }) => `${code} ${details.name}`)).toEqual(["mail-file-aside innen.eml"]);
  });

  it.each([
    ["S/MIME", [{ name: "smime.p7m", type: "application/pkcs7-mime", body: "x" }], ""],
    [
      "PGP",
      [
        { type: "application/pgp-encrypted", body: "Version: 1" },
        { name: "encrypted.asc", type: "application/octet-stream", body: "x" },
      ],
      "",
    ],
    ["PGP among the words", [], "-----BEGIN PGP MESSAGE-----\n\nhQEMA\n-----END PGP MESSAGE-----"],
  ])("nothing of a mail that is sealed, and says that it is: %s", async (_, enclosed, text) => {
    await expect(read({ text, enclosed })).rejects.toMatchObject({ code: "mail-sealed" });
  });

  it("no mark where a mail program left out a picture, and none of the logos it numbers", async () => {
    const drawn = (name: string, type: string, bytes: number) => ({
      ...{ name, type, body: Buffer.alloc(bytes, name), disposition: "inline", headers: [`Content-ID: <${name}@01D>`] },
    });
    const enclosed = [drawn("image001.png", "image/png", 24_000), drawn("image002.jpg", "image/jpeg", 124_000)];
    const given = { text: `${anArticle}\n\n[cid:image002.jpg@01DABC.12345]\n[image: Schalter]`, enclosed };
    expect(await names(given)).toEqual(["Ein Schalter, der zuhört.txt", "image002.jpg"]);
    expect(await textIn(given)).toBe(`${anArticle}\n`);
    expect(await codes(given)).toEqual(["mail-logo-aside"]);
  });

  it("every photo of a telephone, however small, and what has no name under one after its kind", async () => {
    const heic = { name: "IMG_1.HEIC", type: "image/heic", body: Buffer.alloc(2_000, 1), disposition: "inline" };
    const invitation = { type: "text/calendar", body: "BEGIN:VCALENDAR" };
    const { files, notes } = await read({ text: anArticle, enclosed: [heic, invitation] });
    expect(files.map(({ name }) => name)).toEqual(["Ein Schalter, der zuhört.txt", "IMG_1.HEIC"]);
    expect(notes).toEqual([{ code: "mail-file-aside", details: { name: "datei.ics" } }]);
  });

  it("a Word file that came without a name", async () => {
    expect(await names({ text: "Anbei", enclosed: [{ type: docx.type, body: "PK" }] })).toEqual(["datei.docx"]);
  });

  it("a hundred files and not one more", async () => {
    const many = (count: number) => Array.from({ length: count }, (_, index) => photo(`${index}.jpg`, 10_000));
    expect(await names({ text: "Fotos", enclosed: many(100) })).toHaveLength(100);
    await expect(read({ text: "Fotos", enclosed: many(101) })).rejects.toMatchObject({ code: "too-many-files" });
  });

  it("nothing of a mail that nests without end, in parts or in HTML", async () => {
    let nested: Buffer = Buffer.from("Content-Type: text/plain\r\n\r\nx\r\n");
    for (let level = 0; level < 60; level += 1) nested = multipart("mixed", [nested]);
    const head = Buffer.from("From: thomas@rathaus.example\r\nMIME-Version: 1.0\r\n");
    await expect(readHandIn(Buffer.concat([head, nested]), [])).rejects.toMatchObject({ code: "mail-unreadable" });
    const endless = (text: string): Buffer =>
      Buffer.concat([head, Buffer.from("\r\n"), Buffer.alloc(39_000_000, text)]);
    for (const text of ["\r\n", "--b\r\n\r\n", "x"])
      await expect(readHandIn(endless(text), [])).rejects.toMatchObject({ code: "mail-unreadable" });
    await expect(read({ html: "<div>".repeat(20_000) })).rejects.toMatchObject({ code: "mail-unreadable" });
    await expect(read({ text: `${"Wort ".repeat(15)}\n`.repeat(20_000) })).rejects.toMatchObject({
      code: "text-too-large",
    });
  });
});

describe("a mail's own words", () => {
  const german =
    "Am 12.03.2026 um 14:05 schrieb Redaktion <redaktion@bote.example>:\n> Liebe Frau Weiß,\n>\n> wann kommt der Text?";
  const english = "On Thu, 12 Mar 2026 at 14:05, The Editors <desk@bote.example>\nwrote:\n\n> Dear Anna,\n> when?";
  const outlook =
    "________________________________\nVon: Redaktion <redaktion@bote.example>\nGesendet: Donnerstag, 12. März 2026 14:05\nAn: Weiß, Anna\nBetreff: Text\n\nLiebe Frau Weiß";
  const original = "-----Ursprüngliche Nachricht-----\nVon: Redaktion\nText";

  it.each([german, english, outlook, original, "-----Original Message-----\nFrom: x"])(
    "are without the mail they answer: %#",
    async (quote) => {
      const given = { text: `${anArticle}\n\n${quote}` };
      expect(await textIn(given)).toBe(`${anArticle}\n`);
      expect(await codes(given)).toEqual(["mail-quote-cut"]);
    },
  );

  it.each([
    "-- \nThomas Śěrak\nBürgerbüro",
    "--\nThomas Śěrak",
    "Von meinem iPhone gesendet",
    "Gesendet mit der WEB.DE Mail App",
    "Sent from my iPhone",
    "Get Outlook for Android",
  ])("are without the signature: %#", async (signature) => {
    const given = { text: `${anArticle}\n\n${signature}\n` };
    expect(await textIn(given)).toBe(`${anArticle}\n`);
    expect(await codes(given)).toEqual(["mail-signature-cut"]);
  });

  it("are without both, German or English, text or HTML", async () => {
    expect(await textIn({ text: `${anArticle}\n-- \nT. Śěrak\n\n${german}` })).toBe(`${anArticle}\n`);
    const html = `<p>${"Wort ".repeat(60)}</p><div class="gmail_signature">T. Śěrak</div><div class="gmail_quote"><div>On 12 Mar 2026, at 14:05, Desk wrote:<br></div><blockquote class="gmail_quote">Dear Anna</blockquote></div>`;
    expect(await textIn({ html })).toBe(`${"Wort ".repeat(60).trim()}\n`);
  });

  it.each([
    "> Wer fragt, führt.\n\nSo steht es über der Tür.",
    "Am 3. Mai schrieb Goethe:\n\nIch bin nicht dort.",
    "Einleitung\n\n--\n\n".concat("Absatz\n\n".repeat(20)),
    "Von: der Elbe\nNach: dem Harz",
  ])("keep what only looks like it: %#", async (tail) => {
    expect(await textIn({ text: `${anArticle}\n\n${tail}` })).toBe(`${`${anArticle}\n\n${tail}`.trim()}\n`);
  });

  it("are the forwarded mail, when it was forwarded", async () => {
    const text = `Zur Info.\n\nVon: Anna\nGesendet: gestern\nAn: mich\nBetreff: Markt\n\n${anArticle}`;
    expect(await textIn({ subject: "WG: Der Markt", text })).toBe(`${text}\n`);
  });

  it("are the quote, when nothing else was sent", async () => {
    expect(await textIn({ text: german })).toBe(`${german}\n`);
  });
});

describe("an answer to a receipt", () => {
  const subject = "AW: Eingegangen: Ein Schalter [2026-11-30-ein-schalter]";

  it("names its submission in the subject, whatever stands around it", () => {
    expect(submissionNamed(subject)).toBe("2026-11-30-ein-schalter");
    expect(submissionNamed("Der Markt 2026-11-30-ein-schalter")).toBeUndefined();
    expect(submissionIdOf("Re: AW: Der  Markt (neu)", "2026-11-30", "de")).toBe("2026-11-30-der-markt-neu");
    expect(submissionIdOf("", "2026-11-30", "de")).toBe("2026-11-30-beitrag");
  });

  it("adds photos to what stands, and thanks are no article", async () => {
    const standing = ["Ein Schalter.txt"];
    expect(await read({ subject, text: "Noch ein Foto.", enclosed: [photo("b.jpg")] }, standing)).toMatchObject({
      ...{ files: [{ name: "b.jpg" }], replaced: [], words: "Noch ein Foto." },
    });
    expect(await read({ subject, text: "Vielen Dank" }, standing)).toMatchObject({ files: [], words: "Vielen Dank" });
    expect((await read({ subject, text: anArticle }, standing)).files).toEqual([]);
  });

  it("brings a new text in the old one's place, or the text photos still waited for", async () => {
    expect(await read({ subject, text: "Neu:", enclosed: [docx] }, ["Ein Schalter.txt", "a.jpg"])).toMatchObject({
      ...{ files: [{ name: "Schalter.docx" }], replaced: ["Ein Schalter.txt"] },
    });
    expect(await names({ subject: "AW: Markt [2026-11-30-markt]", text: anArticle }, ["a.jpg"])).toEqual(["Markt.txt"]);
  });
});
