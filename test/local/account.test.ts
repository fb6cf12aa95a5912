import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { operator } from "../../core/rights.ts";
import { resumeIssue } from "../../functions/desk/sending.ts";
import { localCloud } from "../../local/cloud/local-cloud.ts";
import { kurier, kurierAsking, layOut, papers } from "./paper-desk.ts";

/** One office, one data folder: its issues go out one after the other, and each test finds what the one before left. */
let desk: string;
let at: string[];
beforeAll(async () => {
  // What became of a letter is told at once, so that no command waits for it.
  vi.stubEnv("KURIER_CARRIER", "eventSeconds=0");
  desk = await layOut(await mkdtemp(join(tmpdir(), "kurier-account-")), papers);
  at = ["--lang", "de", "--data", join(desk, "data")];
  await kurier("publications", "found", join(desk, "publication.yaml"), ...at);
  await kurier("articles", "submit", join(desk, "articles/markt.md"), ...at);
  await takeIn(1, 30);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await rm(desk, { recursive: true, force: true });
});

const step = (...args: readonly string[]) => kurier(...args, ...at);
const codeOf = ({ out }: { out: string }): string => JSON.parse(out).refusals[0].code;
const data = ({ out }: { out: string }) => JSON.parse(out);

async function takeIn(from: number, to: number): Promise<void> {
  const rows = Array.from(
    { length: to - from + 1 },
    (_, index) => `leserin${from + index}@auenrode.example;Nr. ${index}`,
  );
  await writeFile(join(desk, "readers.csv"), ["email;name", ...rows].join("\n"));
  await step("subscribers", "import", join(desk, "readers.csv"), "--consent-source", "Karten 2025");
}

/** An approved issue of this number. */
async function approve(number: number): Promise<string> {
  const id = `2026-${String(number).padStart(2, "0")}`;
  await writeFile(join(desk, "issue.yaml"), papers["issue.yaml"].replace("nummer: 3", `nummer: ${number}`));
  await step("issues", "create", join(desk, "issue.yaml"));
  await step("issues", "build", id);
  await step("issues", "approve", id);
  return id;
}

describe("an issue on its way, for people", () => {
  it("says what it will cost before it leaves, and where it stands after", async () => {
    const id = await approve(1);
    const { out, code } = await step("issues", "schedule", id);
    expect(code).toBe(0);
    expect(out).toMatch(
      /^Von diesem Rechner aus kostet der Versand bei AWS nichts; .* für 30 Leserinnen und Leser weniger als/,
    );
    expect(out).toMatch(/30 = 30 eingeplant \+ 0 nicht eingeplant/);
    expect(out).toMatch(/Von diesem Rechner aus hat der Versand bei AWS nichts gekostet/);
  });

  it("gives scripts names that stay", async () => {
    const status = data(await step("issues", "status", "2026-01", "--json"));
    expect(Object.keys(status)).toEqual([
      ...["publication", "issue", "status", "at", "pausedBecause", "account", "reported"],
      ...["lettersPerMinute", "estimatedEnd", "waitsFor", "cost"],
    ]);
    expect(status).toMatchObject({
      status: "sent",
      account: { candidates: 30, planned: 30, waiting: 0, accepted: 30 },
    });
    expect(Object.keys(status.account).sort()).toEqual([
      ...["accepted", "cancelled", "candidates", "excluded", "planned", "rejected", "reported"],
      ...["sending", "skipped", "uncertain", "unresolved", "waiting"],
    ]);
    expect(Object.keys(status.reported)).toEqual([
      ...["delivered", "bounced", "hardBounced", "softBounced", "complained", "delayed"],
    ]);
  });

  it("lists every reader with the id of the letter, as data and as CSV", async () => {
    const list = data(await step("deliveries", "list", "2026-01", "--json"));
    expect(list).toHaveLength(30);
    for (const line of list)
      expect([line.messageId.length > 10, ["accepted", "delivered"].includes(line.state)]).toEqual([true, true]);
    const csv = (await step("deliveries", "list", "2026-01", "--csv")).out;
    const [heading, ...rows] = parse(csv, { delimiter: ";", bom: true }) as string[][];
    expect(heading).toEqual(["Adresse", "Name", "Stand", "Grund", "Zeit", "Brief", "Versuche", "Schlüssel"]);
    expect(rows.map(([address]) => address).sort()).toEqual(
      list.map(({ address }: { address: string }) => address).sort(),
    );
  });

  it("shows only the states asked for, and names all where one is unknown", async () => {
    await step("subscribers", "import", join(desk, "readers.csv"), "--consent-source", "Karten 2025");
    const missed = await step("deliveries", "list", "2026-01", "--state", "missed");
    expect(missed.out).toBe("0 von 30 Leserinnen und Lesern\n");
    const answer = await step("deliveries", "list", "2026-01", "--state", "waiting,offen", "--json");
    expect([answer.code, codeOf(answer), answer.out.includes("not-planned")]).toEqual([2, "state-unknown", true]);
    expect(answer.out).toContain("delivered (zugestellt), bounced (unzustellbar)");
  });

  it("takes a state by the word the list shows, too, and minds no comma too many", async () => {
    const all = await step("deliveries", "list", "2026-01", "--state", "Zugestellt, accepted,");
    expect(all.out).toMatch(/\n\n30 von 30 Leserinnen und Lesern\n$/);
    const none = await step("deliveries", "list", "2026-01", "--state", "nicht eingeplant,übersprungen");
    expect(none.out).toBe("0 von 30 Leserinnen und Lesern\n");
  });

  it("tells everything an address ever got, and says so where nobody knows it", async () => {
    const { out } = await step("deliveries", "show", " Leserin7@Auenrode.example");
    expect(out).toMatch(/^leserin7@auenrode\.example\n {2}AUENblatt: bestätigt am .*Quelle: Karten 2025\n {4}2026-01 /);
    expect(codeOf(await step("deliveries", "show", "niemand@auenrode.example", "--json"))).toBe("reader-unknown");
    expect(codeOf(await step("deliveries", "show", "kein-at", "--json"))).toBe("address-at");
  });
});

describe("questions", () => {
  it("asks again where the readers are far more than last time, and does nothing without a yes", async () => {
    await takeIn(31, 80);
    const id = await approve(2);
    const nobody = await step("issues", "schedule", id, "--json");
    expect([nobody.code, codeOf(nobody)]).toEqual([2, "nobody-to-ask"]);
    expect(nobody.out).toMatch(/an 80 Leserinnen und Leser, die letzte \(01\|26\) ging an 30/);
    const no = await kurierAsking(["nein"], "issues", "schedule", id, ...at);
    expect([no.code, no.asked.length, no.out.endsWith("Es bleibt, wie es ist.\n")]).toEqual([0, 1, true]);
    expect(data(await step("issues", "status", id, "--json")).status).toBe("approved");
    expect((await kurierAsking(["Ja"], "issues", "schedule", id, ...at)).out).toContain("Versand am");
    expect(data(await step("issues", "status", id, "--json"))).toMatchObject({
      status: "sent",
      account: { accepted: 80 },
    });
  });

  it("asks where nobody would get it", async () => {
    const empty = ["--lang", "de", "--data", join(desk, "empty")];
    await writeFile(join(desk, "issue.yaml"), papers["issue.yaml"]);
    await kurier("publications", "found", join(desk, "publication.yaml"), ...empty);
    await kurier("articles", "submit", join(desk, "articles/markt.md"), ...empty);
    await kurier("issues", "create", join(desk, "issue.yaml"), ...empty);
    for (const act of ["build", "approve"]) await kurier("issues", act, "2026-03", ...empty);
    const { asked, out } = await kurierAsking(["nein"], "issues", "schedule", "2026-03", ...empty);
    expect([asked.length, asked[0], out.endsWith("Es bleibt, wie es ist.\n")]).toEqual([
      1,
      expect.stringContaining("bekäme niemand diese Ausgabe"),
      true,
    ]);
  });

  it("asks nothing where the number is about the same", async () => {
    await takeIn(81, 99);
    const id = await approve(3);
    expect((await kurierAsking([], "issues", "schedule", id, ...at)).asked).toEqual([]);
  });

  it("says with numbers what pausing, resuming and cancelling will do, and refuses before it asks", async () => {
    const early = await kurierAsking(["j"], "issues", "pause", "2026-03", "--json", ...at);
    expect([codeOf(early), early.asked]).toEqual(["not-sending", []]);
    expect((await step("deliveries", "stop", "--yes")).out).toMatch(/geschlossen/);
    const id = await approve(4);
    await step("issues", "schedule", id);
    expect(data(await step("issues", "status", id, "--json"))).toMatchObject({
      status: "paused",
      pausedBecause: "carrier-closed",
    });
    expect(codeOf(await step("issues", "pause", id, "--yes", "--json"))).toBe("already-paused");
    const no = await kurierAsking([""], "issues", "resume", id, ...at);
    expect(no.asked[0]).toMatch(/Ausgabe 04\|26 geht weiter: 99 Leserinnen und Leser .* Fortsetzen\? \[j\/N\] $/);
    const cancelled = await kurierAsking(["j"], "issues", "cancel", id, ...at);
    expect(cancelled.asked[0]).toMatch(/99 Leserinnen und Leser bekommen sie nicht, 0 Briefe sind schon hinaus/);
    expect(cancelled.out).toMatch(/npx kurier issues send-rest 2026-04\n\nAusgabe 04\|26 .*: abgebrochen\n/);
    expect(cancelled.out).toMatch(/99 = 0 angenommen \+ 99 abgebrochen/);
  });

  it("opens the way again and names what waits with how to go on", async () => {
    const id = await approve(5);
    await step("issues", "schedule", id);
    const asked = await kurierAsking(["j"], "deliveries", "start", ...at);
    expect(asked.out).toMatch(
      /offen\.\n.*auenblatt 2026-05 ist angehalten.* issues resume 2026-05 --publication auenblatt/,
    );
  });
});

describe("watching", () => {
  it("sends what a look leaves alone, tells an object a line, and ends when the issue rests", async () => {
    const cloud = localCloud({ folder: join(desk, "data") });
    await resumeIssue(cloud, operator, { publication: "auenblatt", issue: "2026-05" });
    cloud.close();
    const asked = await step("issues", "status", "2026-05");
    expect(asked.out).toMatch(/wartet +99\n[\s\S]*weiter mit: npx kurier issues status 2026-05 --watch\n$/);
    const { out } = await step("issues", "status", "2026-05", "--watch", "--json");
    const looks = out
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(looks[0].status).toBe("sending");
    expect(looks.at(-1)).toMatchObject({ status: "sent", account: { accepted: 99 } });
    for (const { account } of looks)
      expect(account.planned).toBe(account.waiting + account.sending + account.accepted + account.uncertain);
  });

  it("prints where it stands at the end, without a terminal too", async () => {
    const { out, err } = await step("issues", "status", "2026-05", "--watch");
    expect([err, out]).toEqual(["", expect.stringMatching(/Ausgabe 05\|26 .*: versendet\n[\s\S]*99 = 99 angenommen/)]);
  });
});

describe("the rest", () => {
  it("answers who did not get it and why, and sends it to them now, with two commands", async () => {
    const { out } = await step("deliveries", "list", "2026-04", "--state", "missed");
    expect(out).toMatch(/\n\n99 von 99 Leserinnen und Lesern\n$/);
    expect(out).toMatch(/^abgebrochen .*leserin\d+@auenrode\.example$/m);
    const rest = await kurierAsking(["j"], "issues", "send-rest", "2026-04", ...at);
    expect(rest.asked).toEqual([
      expect.stringMatching(/99 {2}eingeplant, aber nie versucht \(never-begun\)\. An diese 99 senden\?/),
    ]);
    expect(rest.out).toMatch(/99 = 99 angenommen/);
  });

  it("asks each group its own yes, and takes it in a script by the group's name only", async () => {
    await takeIn(100, 103);
    expect(codeOf(await step("issues", "send-rest", "2026-04", "--yes", "--json"))).toBe("groups-missing");
    expect(codeOf(await step("issues", "send-rest", "2026-04", "--groups", "alle", "--yes", "--json"))).toBe(
      "group-unknown",
    );
    const no = await kurierAsking(["n"], "issues", "send-rest", "2026-04", ...at);
    expect([no.asked.length, no.out.endsWith("Es bleibt, wie es ist.\n")]).toEqual([1, true]);
    const nobody = await step("issues", "send-rest", "2026-04");
    expect([nobody.code, nobody.out]).toEqual([
      2,
      expect.stringMatching(/\n {2}4 {2}seitdem neu bestätigt \(joined\)\n$/),
    ]);
    const none = await step("issues", "send-rest", "2026-04", "--groups", "moved", "--yes");
    expect(none.out).toMatch(
      /^In den genannten Gruppen ist niemand\. .*\n {2}4 {2}seitdem neu bestätigt \(joined\)\n$/,
    );
    const yes = data(await step("issues", "send-rest", "2026-04", "--groups", "joined,", "--yes", "--json"));
    expect(yes).toMatchObject({ rest: { joined: 4, unresolved: 0 }, groups: ["joined"] });
    expect(data(await step("issues", "status", "2026-04", "--json")).account).toMatchObject({
      planned: 103,
      accepted: 103,
    });
    expect((await step("issues", "send-rest", "2026-04")).out).toMatch(/niemanden, der sie noch bekommen könnte/);
  });
});

describe("a time that has passed", () => {
  it("is asked about before the issue leaves at once", async () => {
    const id = await approve(11);
    const past = ["issues", "schedule", id, "--at", "2026-01-02T08:00"];
    const nobody = await step(...past, "--json");
    expect([nobody.code, codeOf(nobody)]).toEqual([2, "nobody-to-ask"]);
    expect(nobody.out).toMatch(/2\..Januar 2026, 08:00 Uhr ist schon vorbei.* sofort an \d+ Leserinnen und Leser/);
    const no = await kurierAsking(["nein"], ...past, ...at);
    expect([no.code, no.asked.length, no.out.endsWith("Es bleibt, wie es ist.\n")]).toEqual([0, 1, true]);
    expect(data(await step("issues", "status", id, "--json")).status).toBe("approved");
    expect((await step(...past, "--yes")).out).toContain("Versand am");
  });

  it("is no question in the minute the clock still shows", async () => {
    const id = await approve(12);
    const now = new Date(Date.now() - 30_000).toISOString().slice(0, 19);
    expect((await kurierAsking([], "issues", "schedule", id, "--at", `${now}Z`, ...at)).asked).toEqual([]);
  });
});

describe("a day that has had enough", () => {
  it("says to who watches what an issue waits for, once, and what it takes to go on", async () => {
    vi.stubEnv("KURIER_CARRIER", "eventSeconds=0 perDay=1");
    const id = await approve(6);
    await step("issues", "schedule", id);
    const hand = setTimeout(() => process.emit("SIGINT"), 12_500);
    const { out } = await step("issues", "status", id, "--watch");
    clearTimeout(hand);
    const said = (out.split("\nAusgabe 06|26")[0] ?? "").split("\n").map((line) => line.slice(line.indexOf("  ")));
    // The first look may come before the carrier was asked.
    const waits = said.filter((line) => line.includes(". "));
    for (const line of waits)
      expect(line).toMatch(/ 0 von 103 erledigt: 0 angenommen, 103 warten\. [DA][^.]+\. Weiter geht es von selbst: /);
    expect(waits.length).toBeGreaterThan(0);
    expect(new Set(said).size).toBe(said.length);
    expect(out).toMatch(/\nLäuft auf diesem Rechner weder npm start noch npx kurier serve, /);
  });
});

describe("a command that ends before the letters do", () => {
  it("says what it takes to begin at the time that was set, and to go on", async () => {
    const id = await approve(13);
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
    const scheduled = await step("issues", "schedule", id, "--at", `${tomorrow}T08:00`, "--yes");
    expect(scheduled.out).toMatch(/\nLäuft zu dieser Zeit auf diesem Rechner .* issues status 2026-13 --watch\n$/);
    const cancel = await kurierAsking(["n"], "issues", "cancel", id, ...at);
    expect(cancel.asked[0]).toMatch(
      /geht nie mehr hinaus.* Nur den Termin nimmt npx kurier issues take-back 2026-13 zurück/,
    );
    const again = await step("issues", "schedule", id, "--json");
    expect([codeOf(again), again.out.includes("nehmen Sie sie bitte zurück")]).toEqual(["in-motion", true]);
    await step("issues", "take-back", id, "--yes");
    vi.stubEnv("KURIER_CARRIER", "eventSeconds=0 perSecond=4");
    const { out } = await step("issues", "schedule", id, "--yes");
    expect(out).toMatch(/wartet +\d+\n[\s\S]*\nLäuft auf diesem Rechner .* issues status 2026-13 --watch\n$/);
    expect(out).not.toContain("Der Postweg nimmt gerade keine");
  });
});

describe("a long list", () => {
  it("is counted in the reader's language", async () => {
    await takeIn(201, 1300);
    const { out } = await step("deliveries", "list", "2026-01", "--state", "rejected");
    expect(out).toMatch(/^0 von 1\.\d{3} Leserinnen und Lesern\n$/);
  });
});
