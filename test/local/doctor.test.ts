import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { marshall } from "@aws-sdk/util-dynamodb";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Publication } from "../../core/publication.ts";
import type { Language } from "../../core/words.ts";
import { publicationKey } from "../../functions/records/keys.ts";
import { savePublication } from "../../functions/records/publications.ts";
import { main } from "../../local/cli.ts";
import { localCloud } from "../../local/cloud/local-cloud.ts";
import { openMailDoor } from "../../local/mail-door.ts";
import { outputsFile } from "../../local/stage-cloud.ts";
import { startScript, type Told } from "../cloud/loopback-json.ts";
import { type LoopbackSes, startLoopbackSes } from "../cloud/loopback-ses.ts";
import { aPublication } from "../people-and-papers.ts";
import { aStage } from "./a-stage.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "kurier-doctor-"));
  vi.spyOn(process, "cwd").mockReturnValue(folder);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  process.exitCode = undefined;
  rmSync(folder, { recursive: true });
});

/** What the doctor prints, line by line, and the exit code. */
async function doctor(language: Language, ...options: string[]): Promise<{ lines: string[]; exitCode: unknown }> {
  let printed = "";
  const taking = (text: unknown): boolean => {
    printed += text;
    return true;
  };
  const spies = [process.stdout, process.stderr].map((stream) => vi.spyOn(stream, "write").mockImplementation(taking));
  await main(["doctor", "--lang", language, ...options]);
  for (const spy of spies) spy.mockRestore();
  return { lines: printed.trimEnd().split("\n"), exitCode: process.exitCode };
}

describe("the doctor on one machine", () => {
  const here = () => ["--data", join(folder, "data")];

  it("is content where a publication is founded", async () => {
    const cloud = localCloud({ folder: join(folder, "data"), isDurable: false });
    await savePublication(cloud, aPublication());
    cloud.close();
    const { lines, exitCode } = await doctor("de", ...here());
    expect(lines).toEqual([
      "✓ Die Schlüssel für Adressen und Links sind da.",
      `✓ Die Daten liegen in ${join(folder, "data")}.`,
      "✓ Briefe gehen in das Postfach auf diesem Rechner; niemand draußen bekommt etwas.",
      `✓ ${aPublication().title} ist gegründet.`,
    ]);
    expect(exitCode).toBe(0);
  });

  it("says whether the door is open where a publication takes articles in by mail", async () => {
    const data = join(folder, "data");
    const cloud = localCloud({ folder: data, isDurable: false });
    await savePublication(cloud, aPublication({ submissions: "beitrag@bote.example" }));
    const closed = await doctor("de", ...here());
    expect(closed.lines.at(-1)).toMatch(
      /^✗ Unter beitrag@bote.example soll ELBLANDbote .* die Tür dafür ist zu\. Nächster/,
    );
    expect(closed.exitCode).toBe(2);
    const door = await openMailDoor(cloud, { host: "127.0.0.1", port: 0, believed: "everybody", folder: data });
    const open = await doctor("de", ...here());
    expect(open.lines.at(-1)).toBe("✓ ELBLANDbote nimmt unter beitrag@bote.example Beiträge per Mail an.");
    const plate = readFileSync(join(data, "mail-door.json"));
    await door.close();
    expect((await doctor("de", ...here())).lines.at(-1)).toMatch(/^✗/);
    // Whoever was killed took no plate away.
    writeFileSync(join(data, "mail-door.json"), plate);
    expect((await doctor("de", ...here())).lines.at(-1)).toMatch(/^✗/);
    cloud.close();
  });

  it("says how to found the first publication", async () => {
    const { lines, exitCode } = await doctor("en", ...here());
    expect(lines.at(-1)).toBe(
      "✗ There is no publication yet. Next step: npx kurier publications found publication.yaml",
    );
    expect(exitCode).toBe(2);
  });

  it("finds keys nobody can read", async () => {
    localCloud({ folder: join(folder, "data"), isDurable: false }).close();
    writeFileSync(join(folder, "data", "secrets.json"), "{");
    const { lines } = await doctor("de", ...here());
    expect(lines[0]).toMatch(/^✗ Die Schlüssel fehlen oder sind nicht lesbar\./);
  });
});

describe("the doctor on AWS", () => {
  const domain = "elblandbote.example";
  const publication = aPublication({ baseUrl: "https://elblandbote.example" });
  let ses: LoopbackSes;
  const running: { stop(): Promise<void> }[] = [];

  const answers = async (service: string, script: readonly Told[]): Promise<void> => {
    const server = await startScript(script);
    running.push(server);
    vi.stubEnv(`AWS_ENDPOINT_URL_${service}`, server.url);
  };
  const holding = (publications: readonly Publication[]): readonly Told[] => [
    { ok: { Items: publications.map(({ id }) => marshall({ pk: "publications", sk: id })) } },
    ...publications.map((one) => ({
      ok: { Responses: { [aStage("test").KURIER_TABLE ?? ""]: [marshall({ ...publicationKey(one.id), ...one })] } },
    })),
  ];
  const secret = { ok: { SecretString: '{"kid":"k1","key":"geheim"}' } };

  /** A stage where all is well. */
  beforeEach(async () => {
    vi.stubEnv("AWS_ACCESS_KEY_ID", "key");
    vi.stubEnv("AWS_SECRET_ACCESS_KEY", "secret");
    vi.stubEnv("AWS_MAX_ATTEMPTS", "1");
    vi.stubEnv("AWS_REGION", "eu-central-1");
    const outputs = { "kurier-test": { Settings: JSON.stringify(aStage("test")) } };
    writeFileSync(join(folder, outputsFile), JSON.stringify(outputs));
    ses = await startLoopbackSes();
    running.push(ses);
    vi.stubEnv("AWS_ENDPOINT_URL_SES", ses.url);
    ses.account.domains[domain] = { verification: "Success", dkim: "Success", mailFrom: "Success" };
    ses.account.sets = { "kurier-test-editions": true, "kurier-test-confirmations": true };
    await answers("DYNAMODB", holding([publication]));
    await answers("SECRETS_MANAGER", [secret, secret]);
  });
  afterEach(() => Promise.all(running.splice(0).map((server) => server.stop())));

  const onAws = (language: Language) => doctor(language, "--cloud", "aws", "--stage", "test");
  const missing = ({ lines }: { lines: string[] }) => lines.filter((line) => line.startsWith("✗"));

  it("is content where all is well", async () => {
    const { lines, exitCode } = await onAws("de");
    expect(lines).toEqual([
      "✓ AWS antwortet mit den Zugangsdaten dieser Umgebung.",
      "✓ Die Schlüssel für Adressen und Links sind da.",
      expect.stringMatching(/^✓ Das Adressgeheimnis ist lesbar\. Liegt eine Abschrift im Tresor\?/),
      "✓ Die Konfigurationssätze kurier-test-editions, kurier-test-confirmations sind da.",
      "✓ Kein Konfigurationssatz ist geschlossen.",
      "✓ SES meldet auf beiden Wegen, was aus den Briefen wird.",
      "✓ AWS lässt dieses Konto senden.",
      "✓ Das Konto ist freigeschaltet (50000 Briefe am Tag).",
      "✓ Heute sind noch 50000 Briefe möglich, 14 in der Sekunde.",
      "✓ ELBLANDbote ist gegründet.",
      "✓ Alle Adressen beginnen mit https://elblandbote.example.",
      "✓ SES kennt die Absenderdomain elblandbote.example.",
      "✓ Briefe von elblandbote.example werden mit DKIM unterschrieben.",
      "✓ Der Rückweg für unzustellbare Briefe (MAIL FROM) von elblandbote.example ist bestätigt.",
    ]);
    expect(exitCode).toBe(0);
  });

  it("asks whether SES takes in what a publication promises to", async () => {
    const address = "Beitrag@elblandbote.example";
    const bucket = aStage("test").KURIER_PRIVATE_BUCKET ?? "";
    const rule = { recipients: [address.toLowerCase()], bucket, prefix: "mail/elblandbote/" };
    const promised = async (...rules: (typeof rule & { isOff?: true })[]) => {
      ses.account.rules = rules;
      await answers("DYNAMODB", holding([{ ...publication, submissions: address }]));
      await answers("SECRETS_MANAGER", [secret, secret]);
      return (await onAws("de")).lines.at(-1);
    };
    expect(await promised(rule)).toBe(`✓ SES nimmt für ELBLANDbote Mails an ${address} an.`);
    expect(await promised({ ...rule, recipients: ["elblandbote.example"] })).toMatch(/^✓/);
    const next = `receives: { addresses: { elblandbote: "${address}" } } in infra/stages.ts, npm run deploy`;
    expect(await promised()).toContain(`✗ SES nimmt keine Mails an ${address} an`);
    expect(await promised()).toContain(next);
    for (const wrong of [
      { isOff: true },
      { bucket: "other" },
      { prefix: "mail/talpost/" },
      { recipients: ["x@y.example"] },
    ])
      expect(await promised({ ...rule, ...(wrong as Partial<typeof rule>) })).toMatch(/^✗/);
  });

  it("names the next step where nothing is verified", async () => {
    ses.account.domains = {};
    const found = await onAws("en");
    expect(missing(found)).toEqual([
      expect.stringMatching(/^✗ SES does not know the domain elblandbote.example yet\. Next step: .*CNAME/),
      expect.stringMatching(/^✗ DKIM for elblandbote.example is not confirmed\. Next step: .*CNAME/),
      expect.stringMatching(/^✗ MAIL FROM for elblandbote.example is not confirmed\. Next step: .*MX and TXT/),
    ]);
    expect(found.exitCode).toBe(2);
  });

  it.each([
    ["de", /^✗ Das Konto ist noch in der Sandbox \(200 Briefe am Tag/],
    ["en", /^✗ The account is still in the sandbox \(200 letters a day/],
  ] as const)("tells of the sandbox (%s)", async (language, sentence) => {
    ses.quota.perDay = 200;
    expect(missing(await onAws(language))).toEqual([expect.stringMatching(sentence)]);
  });

  it("says nothing of a daily limit where there is none", async () => {
    ses.quota.perDay = -1;
    const { lines, exitCode } = await onAws("de");
    expect(lines.filter((line) => line.includes("am Tag") || line.startsWith("✓ Heute"))).toEqual([]);
    expect(exitCode).toBe(0);
  });

  it("tells of an account AWS has paused", async () => {
    ses.account.sending = false;
    expect(missing(await onAws("de"))).toEqual([
      expect.stringMatching(/^✗ AWS hat den Versand dieses Kontos angehalten\. Nächster Schritt: .*Support Center/),
    ]);
  });

  it("names the configuration set that is missing and the one that is closed", async () => {
    ses.account.sets = { "kurier-test-editions": false };
    expect(missing(await onAws("de"))).toEqual([
      expect.stringMatching(/^✗ In SES fehlt: kurier-test-confirmations\. Nächster Schritt: npm run deploy/),
      expect.stringMatching(/^✗ Der Versand über kurier-test-editions ist geschlossen\./),
    ]);
  });

  it("tells of a way of feedback that is switched off", async () => {
    ses.account.ways.files = false;
    expect(missing(await onAws("en"))).toEqual([
      expect.stringMatching(/^✗ SES does not report by both ways .*kurier-test-editions, kurier-test-confirmations\./),
    ]);
  });

  it("tells of secrets it cannot read and of a publication nobody founded", async () => {
    await answers("SECRETS_MANAGER", [secret, { code: "ResourceNotFoundException" }]);
    await answers("DYNAMODB", holding([]));
    expect(missing(await onAws("de"))).toEqual([
      expect.stringMatching(/^✗ Die Schlüssel fehlen oder sind nicht lesbar\. Auf AWS: npm run deploy/),
      expect.stringMatching(/^✗ Es gibt noch keine Publikation\./),
    ]);
  });

  it.each([
    ["de", "✗ AWS hat eine Auskunft verweigert oder war nicht zu erreichen (AccessDenied ses:GetSendQuota). Nächster"],
    ["en", "✗ AWS refused to answer or could not be reached (AccessDenied ses:GetSendQuota). Next step: check"],
  ] as const)("finds credentials that may not ask, and shows no stack (%s)", async (language, sentence) => {
    const message = "User: arn:aws:iam::123456789012:user/pult is not authorized to perform: ses:GetSendQuota";
    ses.account.refusal = { status: 403, code: "AccessDenied", message };
    const { lines, exitCode } = await onAws(language);
    expect(lines).toEqual([expect.stringContaining(sentence)]);
    expect(exitCode).toBe(2);
  });

  it("finds a table it may not read", async () => {
    await answers("DYNAMODB", [{ code: "AccessDeniedException" }]);
    expect(missing(await onAws("de"))).toEqual([expect.stringContaining("(AccessDeniedException)")]);
  });

  it("says what is missing for a stage nobody deployed", async () => {
    const { lines, exitCode } = await doctor("de", "--cloud", "aws", "--stage", "live");
    expect(lines).toEqual([expect.stringContaining(outputsFile)]);
    expect(exitCode).toBe(2);
  });
});
