import PostalMime from "postal-mime";
import { describe, expect, it } from "vitest";
import { type Addressee, bytesOf, messageOf, type Prepared, prepare, write } from "../../../core/delivery/message.ts";
import { expectSound, prepared, reader, textOnly, writing } from "./letter-oracle.ts";

const written = (shared: Prepared, addressee: Addressee) => bytesOf(write(shared, addressee));

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
    await expectSound(write(prepared, reader(name)), reader(name));
    await expectSound(write(textOnly, reader(name)), reader(name));
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
