import { describe, expect, it } from "vitest";
import { readReaders } from "../../../core/subscriber/import.ts";
import { readReaderList } from "../../reader-list.ts";

const list = (text: string) => readReaderList(Buffer.from(text), "de");
const latin1 = (text: string) => readReaderList(Buffer.from(text, "latin1"), "de");
const inPieces = (bytes: Uint8Array, size: number): Uint8Array[] =>
  Array.from({ length: Math.ceil(bytes.length / size) }, (_, piece) =>
    bytes.subarray(piece * size, (piece + 1) * size),
  );

const joerdis = { line: 2, address: "joerdis@auenrode.example", name: "Jördis Mühlbach", language: "de" };

describe("a list of readers", () => {
  it.each([
    ["commas, English", "email,name,language\njoerdis@auenrode.example,Jördis Mühlbach,de\n"],
    ["semicolons, German", "E-Mail-Adresse;Name;Sprache\r\nJOERDIS@auenrode.example;Jördis Mühlbach;Deutsch\r\n"],
    ["tabs, first and last name", "Vorname\tNachname\tE-Mail\nJördis\tMühlbach\tjoerdis@auenrode.example"],
    ["the line ends of old Macs", "email;name\rjoerdis@auenrode.example;Jördis Mühlbach\r"],
    ["a street beside the mailbox", "Adresse;E-Mail;Name\nMarkt 1;joerdis@auenrode.example;Jördis Mühlbach\n"],
    ["Mailchimp", '"Email Address","First Name","Last Name",TAGS\njoerdis@auenrode.example,Jördis,Mühlbach,"a,b"\n'],
    [
      "listmonk",
      'uuid,email,name,attributes,status\n1-a,joerdis@auenrode.example,Jördis Mühlbach,"{""a"":1}",enabled\n',
    ],
    ["CleverReach", "E-Mail;Vorname;Nachname;Aktiv\njoerdis@auenrode.example;Jördis;Mühlbach;1\n"],
    ["the line Excel parts a list by", "sep=;\r\nE-Mail;Name\r\njoerdis@auenrode.example;Jördis Mühlbach\r\n", 3],
    ["a byte order mark", "\ufeffemail;name\njoerdis@auenrode.example;Jördis Mühlbach\n"],
  ] as const)("is read with %s", async (_, text, line: number = 2) => {
    expect(await list(text)).toEqual({ rows: [{ ...joerdis, line }], problems: [], notes: [] });
  });

  it.each([
    ["Abgemeldet", "ja", "listed-left"],
    ["Abmeldedatum", "12.03.2025", "listed-left"],
    ["Deaktivierungsdatum", "2025-03-12", "listed-left"],
    ["Opt-out", "1", "listed-left"],
    ["Unsubscribed", "2025-03-12T08:00:00Z", "listed-left"],
    ["Bestätigt", "nein", "listed-unconfirmed"],
    ["Double-Opt-In", "0", "listed-unconfirmed"],
    ["Aktivierungsdatum", "", "listed-unconfirmed"],
    ["Bounced", "1577872800", "listed-bounced"],
  ])("takes nobody in whose column „%s“ says %j", async (heading, said, code) => {
    const { rows, problems } = await list(
      `E-Mail;${heading}\nalmut@stadt.example;${said}\nbela@stadt.example;${said}\n`,
    );
    expect([rows, problems.map(({ refusal }) => refusal.code)]).toEqual([[], [code, code]]);
  });

  it.each([
    ["Abgemeldet", "nein"],
    ["Abmeldedatum", ""],
    ["Bestätigt", "ja"],
    ["Double-Opt-In", "12.03.2025"],
    ["Bounced", "0"],
  ])("takes in whose column „%s“ says %j", async (heading, said) => {
    expect((await list(`E-Mail;${heading}\nalmut@stadt.example;${said}\n`)).rows).toHaveLength(1);
  });

  it("keeps what an office wrote down of the consent, under whatever heading offices use", async () => {
    const { rows } = await list("E-Mail;Anmeldedatum;Datum der Einwilligung\nalmut@stadt.example;1.2.2024;3.2.2024\n");
    expect(rows[0]?.listed).toEqual({ requestedAt: "1.2.2024", confirmedAt: "3.2.2024" });
  });

  it("is read in Latin-1 and in UTF-16, as office programs save it", async () => {
    const text = "email;name\njoerdis@auenrode.example;Jördis Mühlbach\n";
    expect((await latin1(text)).rows).toEqual([joerdis]);
    for (const mark of ["\ufeff", ""])
      expect((await readReaderList(Buffer.from(`${mark}${text}`, "utf16le"), "de")).rows).toEqual([joerdis]);
  });

  it.each(["utf8", "latin1", "utf16le"] as const)(
    "is read piece by piece in %s, wherever a piece ends",
    async (encoding) => {
      const text = `\ufeffemail;name\n${Array.from({ length: 40 }, (_, n) => `leserin${n}@auenrode.example;Jördis Müßig ${n}\n`).join("")}`;
      const bytes = Buffer.from(encoding === "latin1" ? text.slice(1) : text, encoding);
      const whole = await Array.fromAsync(readReaders([bytes], "de"));
      expect(whole.map(({ row }) => row?.name).slice(0, 2)).toEqual(["Jördis Müßig 0", "Jördis Müßig 1"]);
      for (const size of [97, 331, 1000]) {
        expect(await Array.fromAsync(readReaders(inPieces(bytes, size), "de"))).toEqual(whole);
      }
    },
  );

  it("is Latin-1 even when its first umlaut comes late", async () => {
    const plain = Array.from({ length: 3000 }, (_, n) => `leser${n}@auenrode.example;Jo\n`).join("");
    const bytes = Buffer.from(`email;name\n${plain}joerdis@auenrode.example;Jördis Mühlbach\n`, "latin1");
    const lines = await Array.fromAsync(readReaders(inPieces(bytes, 65_536), "de"));
    expect(lines.at(-1)?.row?.name).toBe("Jördis Mühlbach");
  });

  it("names each problem by its line and goes on with the rest", async () => {
    const { rows, problems } = await list(
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

  it("survives stray quotation marks, and says where one was left open", async () => {
    const { rows, problems } = await list(
      'email,name\n"almut"x@stadt.example,A\njoerdis@auenrode.example,"J" B\nc@x.example,"offen\nd@x.example,D\n',
    );
    expect(problems.map(({ line, refusal }) => [line, refusal.code])).toEqual([
      [2, "address-quoted"],
      [4, "line-torn"],
    ]);
    expect(rows.map(({ address }) => address)).toEqual(["joerdis@auenrode.example"]);
  });

  it("stops soon after a quotation mark that was left open, and does not hold the rest of a long file", async () => {
    let read = 0;
    function* endless(): Generator<Uint8Array> {
      yield Buffer.from('email,name\njoerdis@auenrode.example,Jördis\nc@x.example,"offen\n');
      for (; read < 500_000_000; read += 65_536) yield Buffer.alloc(65_536, "d@x.example,D\n");
    }
    const lines = await Array.fromAsync(readReaders(endless(), "de"));
    expect(lines.map(({ line, refusal }) => [line, refusal?.code])).toEqual([
      [2, undefined],
      [3, "line-torn"],
    ]);
    expect(read).toBeLessThan(10_000_000);
  });

  it("takes an address once, however it is spelled, and says so", async () => {
    const { rows, notes } = await list("email\nalmut@stadt.example\n ALMUT@Stadt.example \n");
    expect(rows).toHaveLength(1);
    expect(notes).toEqual([{ code: "reader-twice", details: { line: 3, first: 2 } }]);
  });

  it("asks about a likely slip and keeps what was written", async () => {
    const { rows, notes } = await list("email\nalmut@gmial.com\n");
    expect(rows[0]?.address).toBe("almut@gmial.com");
    expect(notes).toEqual([{ code: "address-slip", details: { line: 2, domain: "gmial.com", meant: "gmail.com" } }]);
  });

  it("takes the mailbox of an office in and says so, but none at which nobody reads", async () => {
    const { rows, notes, problems } = await list(
      "email\ninfo@stadt.example\npost+blatt@stadt.example\nnoreply@stadt.example\nabuse@stadt.example\nposto@stadt.example\n",
    );
    expect(rows.map(({ address }) => address)).toEqual([
      "info@stadt.example",
      "post+blatt@stadt.example",
      "posto@stadt.example",
    ]);
    expect(notes).toEqual([
      { code: "address-office", details: { line: 2, local: "info" } },
      { code: "address-office", details: { line: 3, local: "post+blatt" } },
    ]);
    expect(problems.map(({ line, refusal }) => [line, refusal.code])).toEqual([
      [4, "address-machine"],
      [5, "address-machine"],
    ]);
  });

  it("gives who names no language, or one we lack, the language of the publication", async () => {
    const { rows, notes } = await list("email,sprache\na@x.example,\nb@x.example,en-GB\nc@x.example,fr\n");
    expect(rows.map(({ language }) => language)).toEqual(["de", "en", "de"]);
    expect(notes).toEqual([{ code: "reader-language", details: { line: 4, language: "fr" } }]);
  });

  it("cleans names of all that could harm a letter", async () => {
    const { rows } = await list('email,name\na@x.example,"Jo\nBcc: b@x.example"\nb@x.example,\u202eoJ\u0000\n');
    expect(rows.map(({ name }) => name)).toEqual(["Jo Bcc: b@x.example", "oJ"]);
  });

  it.each([
    ["", "list-empty"],
    ["\n \n", "list-empty"],
    ["name,ort\nAlmut,Auenrode\n", "list-without-email"],
    ["almut@stadt.example\njoerdis@auenrode.example\n", "list-without-email"],
    ["%PDF-1.7\n%\u00e2\n", "list-without-email"],
  ])("is refused as a whole when it is none: %j", async (text, code) => {
    await expect(list(text)).rejects.toThrow(code);
  });
});

describe("who is not subscribed where the list comes from is never taken in", () => {
  const outcome = async (head: string, line: string) => {
    const { rows, problems } = await list(`${head}\n${line}\n`);
    return rows.length > 0 ? "taken" : problems[0]?.refusal.code;
  };
  it.each([
    ["listmonk: enabled", "email,name,status", "a@x.example,A,enabled", "taken"],
    ["listmonk: disabled", "email,name,status", "a@x.example,A,disabled", "listed-inactive"],
    ["listmonk: blocklisted", "email,name,status", "a@x.example,A,blocklisted", "listed-inactive"],
    ["listmonk: confirmed in the list", "email,status,subscription_status", "a@x.example,enabled,confirmed", "taken"],
    [
      "listmonk: unconfirmed",
      "email,status,subscription_status",
      "a@x.example,enabled,unconfirmed",
      "listed-unconfirmed",
    ],
    ["listmonk: unsubscribed", "email,status,subscription_status", "a@x.example,enabled,unsubscribed", "listed-left"],
    ["Mailchimp: a subscribed export", "Email Address,OPTIN_TIME", "a@x.example,2021-03-04 10:00:00", "taken"],
    ["Mailchimp: an unsubscribed export", "Email Address,UNSUB_TIME", "a@x.example,2021-03-04 10:00:00", "listed-left"],
    ["Mailchimp: a cleaned export", "Email Address,CLEAN_TIME", "a@x.example,2021-03-04 10:00:00", "listed-bounced"],
    ["Mailchimp: a column of states", "Email Address,Status", "a@x.example,Unsubscribed", "listed-left"],
    ["Mailchimp: cleaned", "Email Address,Email Marketing Status", "a@x.example,Cleaned", "listed-bounced"],
    ["Mailchimp: non-subscribed", "Email Address,Status", "a@x.example,Non-Subscribed", "listed-unconfirmed"],
    ["CleverReach: active", "email;registered;activated;active", "a@x.example;1600000000;1600000100;1", "taken"],
    ["CleverReach: inactive", "email;registered;activated;active", "a@x.example;1600000000;0;0", "listed-inactive"],
    ["CleverReach: never activated", "email;registered;activated", "a@x.example;1600000000;0", "listed-unconfirmed"],
    ["CleverReach: no date", "email;activated", "a@x.example;0000-00-00 00:00:00", "listed-unconfirmed"],
    ["CleverReach: activated", "email;registered;activated", "a@x.example;2020-01-02;2020-01-02", "taken"],
    ["CleverReach: left", "email;activated;deactivated", "a@x.example;2020-01-02;2021-01-02", "listed-left"],
    ["CleverReach: came back", "email;activated;deactivated;aktiv", "a@x.example;2022-01-02;2021-01-02;ja", "taken"],
    ["our own: confirmed", "Adresse;Stand", "a@x.example;bestätigt", "taken"],
    ["our own: pending", "address,state", "a@x.example,pending", "listed-unconfirmed"],
    ["our own: moved", "Adresse;Stand", "a@x.example;umgezogen", "listed-left"],
    ["a state nobody can read", "email,status", "a@x.example,Ehrenmitglied", "listed-unknown"],
    ["a number", "email,status", "a@x.example,1", "listed-unknown"],
    ["nothing said", "email,status", "a@x.example,", "taken"],
  ])("%s", async (_, head, line, expected) => {
    expect(await outcome(head, line)).toBe(expected);
  });
});
