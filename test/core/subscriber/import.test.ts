import { describe, expect, it } from "vitest";
import { readReaderList } from "../../../core/subscriber/import.ts";

const list = (text: string) => readReaderList(Buffer.from(text), "de");
const latin1 = (text: string) => readReaderList(Buffer.from(text, "latin1"), "de");

const joerdis = { line: 2, address: "joerdis@auenrode.example", name: "Jördis Mühlbach", language: "de" };

describe("a list of readers", () => {
  it.each([
    ["commas, English", "email,name,language\njoerdis@auenrode.example,Jördis Mühlbach,de\n"],
    ["semicolons, German", "E-Mail-Adresse;Name;Sprache\r\nJOERDIS@auenrode.example;Jördis Mühlbach;Deutsch\r\n"],
    ["tabs, first and last name", "Vorname\tNachname\tE-Mail\nJördis\tMühlbach\tjoerdis@auenrode.example"],
    ["Mailchimp", '"Email Address","First Name","Last Name",TAGS\njoerdis@auenrode.example,Jördis,Mühlbach,"a,b"\n'],
    ["listmonk", 'email,name,attributes,status\njoerdis@auenrode.example,Jördis Mühlbach,"{""a"":1}",enabled\n'],
    ["a byte order mark", "\ufeffemail;name\njoerdis@auenrode.example;Jördis Mühlbach\n"],
  ])("is read with %s", (_, text) => {
    expect(list(text)).toEqual({ rows: [joerdis], problems: [], notes: [] });
  });

  it("is read in Latin-1 and in UTF-16, as office programs save it", () => {
    const text = "email;name\njoerdis@auenrode.example;Jördis Mühlbach\n";
    expect(latin1(text).rows).toEqual([joerdis]);
    expect(readReaderList(Buffer.from(`\ufeff${text}`, "utf16le"), "de").rows).toEqual([joerdis]);
  });

  it("names each problem by its line and goes on with the rest", () => {
    const { rows, problems } = list(
      'email,name\nkein,A\njoerdis@auenrode.example,Jördis\n\njördis@auenrode.example,B\n"mit\nUmbruch@x.example",C\nalmut@stadt.example,Almut\n',
    );
    expect(rows.map(({ line, name }) => [line, name])).toEqual([
      [3, "Jördis"],
      [8, "Almut"],
    ]);
    expect(problems.map(({ line, refusal }) => [line, refusal.code])).toEqual([
      [2, "address-at"],
      [5, "address-letters"],
      [6, "address-invisible"],
    ]);
  });

  it("survives stray quotation marks, and says where one was left open", () => {
    const { rows, problems } = list(
      'email,name\n"almut"x@stadt.example,A\njoerdis@auenrode.example,"J" B\nc@x.example,"offen\nd@x.example,D\n',
    );
    expect(problems.map(({ line, refusal }) => [line, refusal.code])).toEqual([
      [2, "address-quoted"],
      [4, "line-torn"],
    ]);
    expect(rows.map(({ address }) => address)).toEqual(["joerdis@auenrode.example"]);
  });

  it("takes an address once, however it is spelled, and says so", () => {
    const { rows, notes } = list("email\nalmut@stadt.example\n ALMUT@Stadt.example \n");
    expect(rows).toHaveLength(1);
    expect(notes).toEqual([{ code: "reader-twice", details: { line: 3, first: 2 } }]);
  });

  it("asks about a likely slip and keeps what was written", () => {
    const { rows, notes } = list("email\nalmut@gmial.com\n");
    expect(rows[0]?.address).toBe("almut@gmial.com");
    expect(notes).toEqual([{ code: "address-slip", details: { line: 2, domain: "gmial.com", meant: "gmail.com" } }]);
  });

  it("gives who names no language, or one we lack, the language of the publication", () => {
    const { rows, notes } = list("email,sprache\na@x.example,\nb@x.example,en-GB\nc@x.example,fr\n");
    expect(rows.map(({ language }) => language)).toEqual(["de", "en", "de"]);
    expect(notes).toEqual([{ code: "reader-language", details: { line: 4, language: "fr" } }]);
  });

  it("cleans names of all that could harm a letter", () => {
    const { rows } = list('email,name\na@x.example,"Jo\nBcc: b@x.example"\nb@x.example,\u202eoJ\u0000\n');
    expect(rows.map(({ name }) => name)).toEqual(["Jo Bcc: b@x.example", "oJ"]);
  });

  it.each([
    ["", "list-empty"],
    ["\n \n", "list-empty"],
    ["name,ort\nAlmut,Auenrode\n", "list-without-email"],
    ["almut@stadt.example\njoerdis@auenrode.example\n", "list-without-email"],
    ["%PDF-1.7\n%\u00e2\n", "list-without-email"],
  ])("is refused as a whole when it is none: %j", (text, code) => {
    expect(() => list(text)).toThrow(code);
  });
});
