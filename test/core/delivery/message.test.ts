import PostalMime from "postal-mime";
import { describe, expect, it } from "vitest";
import {
  type Addressee,
  bytesOf,
  messageOf,
  type Prepared,
  prepare,
  prepareText,
  type Writing,
  write,
} from "../../../core/delivery/message.ts";
import { slot } from "../../../core/edition/slots.ts";
import { readName } from "../../../core/subscriber/name.ts";
import fc from "../../lots.ts";
import { aPublication } from "../../people-and-papers.ts";

const html = `<!doctype html><html lang="de"><head><title>Ausgabe</title></head><body>
<p>${slot("greeting")}die neue Ausgabe ist da: „Kleine Orte, große Wege“. ${"Ein langer Satz über Straßen. ".repeat(40)}</p>
.
From here on a=41 lies a trap for careless readers.   
<p><a href="${slot("leaveUrl")}">Abbestellen</a> · <a href="${slot("preferencesUrl")}">Einstellungen</a></p></body></html>`;
const text = `${slot("greeting")}die neue Ausgabe ist da.\n\nAbbestellen: ${slot("leaveUrl")}\nEinstellungen: ${slot("preferencesUrl")}\n`;

const writing: Writing = {
  publication: aPublication(),
  language: "de",
  fingerprint: "0123456789abcdef0123456789abcdef",
  subject: "ELBLANDbote 01|26: Kleine Orte, große Wege – und was sie für die Gemeinden im Elbland bedeuten",
  html,
  text,
};
const prepared = prepare(writing);
const textOnly = prepareText(writing);
const written = (shared: Prepared, addressee: Addressee) => bytesOf(write(shared, addressee));

function reader(typed: string, address = "almut@stadt.example"): Addressee {
  const name = readName(typed);
  return {
    address,
    name,
    greeting: name && `Guten Tag, ${name},`,
    leaveUrl: `https://elblandbote.example/u/v1.a.${"k".repeat(33)}.${"m".repeat(43)}`,
    preferencesUrl: `https://elblandbote.example/e/v1.a.${"k".repeat(33)}.${"n".repeat(43)}`,
  };
}

const escaped = (value: string): string => value.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** The oracle: our own assertions on raw bytes, and a parser that shares no code with ours. */
async function expectSound(raw: Buffer, addressee: Addressee): Promise<void> {
  const source = raw.toString("latin1");
  expect(source).toMatch(/^[\x20-\x7e\r\n]*$/);
  expect(source.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
  const end = source.indexOf("\r\n\r\n");
  const tooLong = source.split("\r\n").filter((line) => line.length > 76 && !/^(List-Unsubscribe:| <)/.test(line));
  expect(tooLong).toEqual([]);
  const names = source
    .slice(0, end)
    .split("\r\n")
    .filter((line) => !line.startsWith(" "))
    .map((line) => line.split(":")[0]);
  expect(names).toEqual(headerNames(names.at(-1) === "Content-Transfer-Encoding"));
  const mail = await PostalMime.parse(raw);
  expect(mail.to).toEqual([{ name: addressee.name, address: addressee.address }]);
  expect(mail.from).toEqual({ name: "ELBLANDbote", address: "post@elblandbote.example" });
  expect(mail.subject).toBe(writing.subject);
  expect(mail.bcc ?? mail.cc).toBeUndefined();
  const { greeting, leaveUrl, preferencesUrl } = addressee;
  const filled = (content: string, value: string): string =>
    content
      .replaceAll(slot("greeting"), () => value)
      .replaceAll(slot("leaveUrl"), leaveUrl)
      .replaceAll(slot("preferencesUrl"), preferencesUrl);
  expect(mail.text?.trimEnd()).toBe(filled(text, greeting && `${greeting}\n\n`).trimEnd());
  if (mail.html !== undefined) expect(mail.html.trimEnd()).toBe(filled(html, greeting && `${escaped(greeting)}<br>`));
}
const headerNames = (isText: boolean): string[] => [
  ...["From", "To", "Reply-To", "Subject", "List-Id", "List-Unsubscribe-Post", "Content-Language", "MIME-Version"],
  ...["List-Unsubscribe", "Content-Type", ...(isText ? ["Content-Transfer-Encoding"] : [])],
];

const knownTraps = [
  "",
  "Jördis Mühlbach",
  "Thomas Śěrak",
  "Gülşen Yıldız",
  "李小龍",
  "محمد علي",
  "‮gnp.exe",
  "👩‍👩‍👧‍👦 Familie 🎉",
  "=41=42=43",
  "=\r\nBcc: boese@stadt.example",
  "A\r\nBcc: boese@stadt.example\r\n\r\n<script>alert(1)</script>",
  "A\nSubject: anders",
  ".",
  "..",
  ".\r\n.",
  "From hier",
  "From ",
  "--=_kurier_0123456789abcdef0123456789abcdef",
  "--=_kurier_0123456789abcdef0123456789abcdef--",
  "\0NUL\0",
  "\ud800",
  "x\udc00y\ud83d",
  "Ö".repeat(1200),
  "a".repeat(1200),
  "👍".repeat(600),
  " führend und folgend ",
  '"Anführung" \\ <b>&amp;</b>',
  "=?UTF-8?B?QmNjOg==?=",
  "a=?UTF-8?Q?b?=",
  "O'Neil, Dr. (a. D.)",
  "Müller; Rat: x@stadt.example,",
  "\u2028Zeile\u2029Absatz",
  "\uFDD0leaveUrl\uFDD1",
  "{{greeting}} %s $& $1",
  "Tab\there",
  ...Array.from({ length: 90 }, (_, length) => `${"a".repeat(length)}ß`),
  ...Array.from({ length: 90 }, (_, length) => `${"b".repeat(length)} c.`),
];

describe("a letter", () => {
  it.each(knownTraps)("arrives whole at a reader called %j", async (name) => {
    await expectSound(written(prepared, reader(name)), reader(name));
    await expectSound(written(textOnly, reader(name)), reader(name));
  });

  it("arrives whole at thousands of readers with any name at all", async () => {
    const trap = fc.constantFrom(
      "\r\nBcc: x@y.example",
      "=41",
      "\r\n.\r\n",
      "From ",
      "--=_kurier_",
      "\0",
      "\ud800",
      "ß",
      "😀",
      "<",
      "&",
      '"',
      "\\",
      "=?",
      "?=",
    );
    const name = fc.oneof(
      fc.string({ unit: "binary", maxLength: 200 }),
      fc.string({ unit: "grapheme", maxLength: 150 }),
      fc.array(fc.oneof(trap, fc.string({ maxLength: 40 })), { maxLength: 30 }).map((parts) => parts.join("")),
    );
    await fc.assert(
      fc.asyncProperty(name, async (typed) => expectSound(written(prepared, reader(typed)), reader(typed))),
      { numRuns: 3000 },
    );
  });

  it("offers leaving in one header, by https, with one click", () => {
    const source = written(prepared, reader("Almut")).toString("latin1");
    expect(source.match(/^List-Unsubscribe: .*$/gm)).toEqual([
      `List-Unsubscribe: <${reader("").leaveUrl}>\r`.slice(0, -1),
    ]);
    expect(source).toContain("\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n");
    expect(source).toContain('\r\nList-Id: "ELBLANDbote" <ausgaben.elblandbote.example>\r\n');
  });

  it("says text first and the page second, and nothing else", async () => {
    const source = written(prepared, reader("Almut")).toString("latin1");
    expect([...source.matchAll(/^Content-Type: (\S+?);/gm)].map((hit) => hit[1])).toEqual([
      "multipart/alternative",
      "text/plain",
      "text/html",
    ]);
    expect((await PostalMime.parse(source)).attachments).toEqual([]);
  });

  it("is the same bytes for the same reader, also in a buffer another letter was in", () => {
    const buffer = Buffer.alloc(200_000, "x");
    const long = write(prepared, reader("Ö".repeat(120)));
    const first = Buffer.from(bytesOf(long, buffer));
    bytesOf(write(prepared, reader("Almut")), buffer);
    expect(bytesOf(long, buffer).equals(first)).toBe(true);
  });

  it.each(["a@b.example\r\nBcc: c@d.example", "a@b.example>, <c@d.example", "jö@b.example", "kein"])(
    "is never addressed to what is no address: %j",
    (address) => {
      expect(() => write(prepared, reader("Almut", address))).toThrow(/^address-/);
    },
  );

  it("refuses a leave link that could end its header", () => {
    const leaveUrl = "https://x.example/u/1>\r\nBcc: c@d.example";
    expect(() => write(prepared, { ...reader("Almut"), leaveUrl })).toThrow("malformed");
  });

  it("takes bytes of its own where a buffer is too small", () => {
    const small = Buffer.alloc(prepared.bytes + 10);
    expect(bytesOf(write(prepared, reader("Almut")), small).equals(written(prepared, reader("Almut")))).toBe(true);
    expect(small.equals(Buffer.alloc(small.length))).toBe(true);
  });

  it("stays as it is when it shares nothing", () => {
    const bytes = Buffer.from("From: x\r\n\r\nGuten Tag\r\n");
    expect(bytesOf(messageOf(bytes)).equals(bytes)).toBe(true);
  });

  it.each([
    "Kurz",
    "Grüße",
    `${"Sehr lange Betreffzeile ".repeat(12)}`.trim(),
    "=?UTF-8?Q?gef=C3=A4lscht?=",
    "Zeile\r\nBcc: x@y.example",
  ])("carries any subject in lines of 76: %j", async (subject) => {
    const raw = written(prepare({ ...writing, subject }), reader("Almut"));
    const head = raw.toString("latin1").split("\r\n\r\n")[0] ?? "";
    expect(head.split("\r\n").filter((line) => line.length > 76 && !line.startsWith("List-Unsubscribe:"))).toEqual([]);
    expect(head).not.toMatch(/^Bcc:/m);
    expect((await PostalMime.parse(raw)).subject).toBe(subject.replace(/\s+/g, " "));
  });
});
