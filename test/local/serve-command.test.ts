import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { createServer, type IncomingHttpHeaders, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import nodemailer from "nodemailer";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { addPerson } from "../../functions/desk/people.ts";
import { issueAccount } from "../../functions/records/account.ts";
import { isFenced } from "../../functions/records/fence.ts";
import { readIssue } from "../../functions/records/issues.ts";
import { savePublication } from "../../functions/records/publications.ts";
import { localCloud } from "../../local/cloud/local-cloud.ts";
import { person } from "../../local/session.ts";
import { fakeClock } from "../cloud/fake-clock.ts";
import { type LoopbackSmtp, startLoopbackSmtp } from "../cloud/loopback-smtp.ts";
import { aMail, anArticle, author } from "../core/mail/mails.ts";
import { afterMinutes, place, scheduleSpring, someReaders, takeIn, wake } from "../functions/an-issue-to-send.ts";
import { aPublication } from "../people-and-papers.ts";
import { relayAt } from "./cloud/smtp-relay.ts";
import { kurier, layOut, papers } from "./paper-desk.ts";

/** As somebody runs it: a process of its own, a relay, and a reverse proxy in front that speaks for the address. */

const launcher = fileURLToPath(new URL("../../local/kurier.js", import.meta.url));
const host = "elblandbote.example";

let folder: string;
let relay: LoopbackSmtp;
let proxy: Server;
let port: number;
let running: ChildProcess | undefined;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "kurier-serving-"));
  relay = await startLoopbackSmtp();
  port = await freePort();
  proxy = await passingOnTo(port);
});
afterEach(async () => {
  running?.kill("SIGKILL");
  proxy.close();
  await relay.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port: free } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return free;
}

/** What Caddy does with TLS taken off: the name asked for goes along, and who asked. */
async function passingOnTo(upstream: number): Promise<Server> {
  const server = createServer((asked, answer) => {
    const headers = { ...asked.headers, "x-forwarded-for": "203.0.113.9", "x-forwarded-proto": "https" };
    const { method, url: path } = asked;
    const passed = request({ host: "127.0.0.1", port: upstream, method, path, headers }, (given) => {
      answer.writeHead(given.statusCode ?? 0, given.headers);
      given.pipe(answer);
    });
    passed.on("error", () => answer.writeHead(502).end());
    asked.pipe(passed);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return server;
}

interface Seen {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}
/** A reader, who knows the address and not the machine. */
async function see(path: string, method = "GET", name = host): Promise<Seen> {
  const { port: at } = proxy.address() as AddressInfo;
  const asking = request({ host: "127.0.0.1", port: at, path, method, headers: { host: name } });
  asking.end();
  const [answer] = await once(asking, "response");
  let text = "";
  for await (const part of answer.setEncoding("utf8")) text += part;
  return { status: answer.statusCode, headers: answer.headers, text };
}

const said = { out: "" };
async function serve(environment: Record<string, string> = {}, ...options: string[]): Promise<ChildProcess> {
  const env = { ...process.env, KURIER_SMTP: `smtp://127.0.0.1:${relay.port}`, ...environment };
  const args = ["serve", "--data", folder, "--lang", "de", "--base-url", `https://${host}`, "--port", `${port}`];
  const child = spawn(process.execPath, [launcher, ...args, ...options], { env, stdio: ["ignore", "pipe", "inherit"] });
  running = child;
  said.out = "";
  child.stdout.setEncoding("utf8").on("data", (text) => {
    said.out += text;
  });
  await expect.poll(() => said.out, { timeout: 15_000, interval: 20 }).toContain("Strg-C");
  return child;
}

async function stopped(child: ChildProcess, signal: NodeJS.Signals): Promise<unknown> {
  const ended = once(child, "exit");
  child.kill(signal);
  return (await ended)[signal === "SIGKILL" ? 1 : 0];
}

/** An issue that is due, for readers nobody has written to. */
async function anIssueFor(count: number): Promise<void> {
  await inFolder(async (cloud) => {
    await scheduleSpring(cloud);
    await takeIn(cloud, someReaders(count));
    const at = cloud.clock.now().toISOString();
    await cloud.timer.wakeAt("plan-elblandbote-2026-01", at, { target: "plan", payload: wake });
  });
}
async function inFolder<T>(work: (cloud: ReturnType<typeof localCloud>) => Promise<T>): Promise<T> {
  const cloud = localCloud({ folder });
  try {
    return await work(cloud);
  } finally {
    cloud.close();
  }
}
/** For commands typed beside the server. */
let on: readonly string[];
beforeEach(() => {
  on = ["--data", folder, "--lang", "de"];
});
const taken = (): string[] => relay.taken.map(({ to }) => to).sort();
const books = () => inFolder((cloud) => issueAccount(cloud, place.publication, place.issue));
const status = () => inFolder(async (cloud) => (await readIssue(cloud, place.publication, place.issue))?.status);

describe("npx kurier serve", () => {
  it("sends an issue over SMTP, shows it to the world, and lets a reader leave", { timeout: 60_000 }, async () => {
    await anIssueFor(4);
    await serve({ KURIER_SMTP_PER_SECOND: "50" });
    await expect.poll(taken, { timeout: 30_000 }).toEqual(someReaders(4).sort());
    await expect.poll(status, { timeout: 20_000, interval: 500 }).toBe("sent");
    expect((await see("/ausgaben/2026-01/")).text).toBe("<h1>Frühling</h1>");

    const link = /https:\/\/elblandbote\.example(\/u\/[^\s>]+)/.exec(relay.taken[0]?.raw ?? "")?.[1] ?? "";
    expect(await see(link)).toMatchObject({ status: 200, headers: { "referrer-policy": "no-referrer" } });
    expect((await see(link, "POST")).status).toBe(200);
    expect((await see("/ausgaben/2026-01/", "GET", "evil.example")).status).toBe(421);
    expect((await see("/mailbox/")).status).toBe(404);
    const left = await kurier("subscribers", "list", ...on);
    expect(left.out).not.toContain(relay.taken[0]?.to);

    expect(await stopped(running as ChildProcess, "SIGTERM")).toBe(0);
    const notes = said.out.split("\n").filter((line) => line.startsWith("{"));
    expect(notes.length).toBeGreaterThanOrEqual(5);
    expect(notes.join()).not.toMatch(/\/u\/|v1\.|203\.0|leserin/);
  });

  it("finishes the letter in hand when it is told to stop, and begins no other", { timeout: 60_000 }, async () => {
    relay.behave({ slow: 150 });
    await anIssueFor(40);
    const child = await serve({ KURIER_SMTP_PER_SECOND: "20" });
    await expect.poll(() => relay.letters(), { timeout: 20_000, interval: 10 }).toBeGreaterThan(2);
    expect(await stopped(child, "SIGTERM")).toBe(0);
    const account = await books();
    expect(account).toMatchObject({ planned: 40, sending: 0, uncertain: 0, accepted: taken().length });
    expect(account?.waiting).toBeGreaterThan(0);
  });

  it("is there again after a kill, mails nobody twice, and says of whom it cannot know", {
    timeout: 60_000,
  }, async () => {
    relay.behave({ slow: 100 });
    await anIssueFor(60);
    const child = await serve({ KURIER_SMTP_PER_SECOND: "100" });
    // Not what the relay took: on a busy machine that is far ahead of what the server has written down.
    await expect.poll(async () => (await books())?.accepted, { timeout: 20_000, interval: 10 }).toBeGreaterThan(5);
    expect(await stopped(child, "SIGKILL")).toBe("SIGKILL");
    expect(await stopped(await serve({ KURIER_SMTP_PER_SECOND: "100" }), "SIGTERM")).toBe(0);
    relay.behave({});
    await anHourLater();
    expect(new Set(taken()).size).toBe(taken().length);
    const account = await books();
    expect(account).toMatchObject({ planned: 60, waiting: 0, sending: 0, uncertain: 0, rejected: 0 });
    expect((account?.accepted ?? 0) + (account?.unresolved ?? 0)).toBe(60);
    expect(taken().length).toBeGreaterThanOrEqual(account?.accepted ?? 60);
    // Five lines at most were in use, and a claim is four seconds' worth.
    expect(account?.unresolved).toBeLessThan(60 - 5);
    expect(await status()).toBe("sent");
  });
});

describe("authors' mail at serve", () => {
  const passed = "Authentication-Results: mx.elblandbote.example; dmarc=pass header.from=rathaus.example";
  const submissions = `beitrag@${host}`;

  it("is taken from the mail server in front, and answered over the relay", { timeout: 60_000 }, async () => {
    await inFolder(async (cloud) => {
      await savePublication(cloud, aPublication({ baseUrl: `https://${host}`, submissions }));
      await addPerson(cloud, person, aPublication().id, { address: author, name: "Thomas Śěrak" });
    });
    const mailPort = await freePort();
    await serve({}, "--mail-port", `${mailPort}`, "--mail-verifier", "mx.elblandbote.example");
    expect(said.out).toContain(`nimmt ${submissions} an, über SMTP an Anschluss ${mailPort}`);
    const carrier = nodemailer.createTransport({ host: "127.0.0.1", port: mailPort, secure: false });
    const raw = aMail({ trace: null, headers: [passed], text: anArticle });
    await carrier.sendMail({ envelope: { from: author, to: submissions }, raw });
    await expect.poll(taken, { timeout: 40_000, interval: 200 }).toEqual([author]);
    expect((await kurier("submissions", "list", ...on)).out).toContain("aufgenommen  Thomas Śěrak");
    expect(said.out).not.toContain(author);
  });

  it("is not taken where nobody vouches for it", async () => {
    await inFolder((cloud) => savePublication(cloud, aPublication({ baseUrl: `https://${host}`, submissions })));
    const { code, err } = await kurier(
      "serve",
      ...on,
      "--base-url",
      `https://${host}`,
      "--port",
      `${port}`,
      "--mail-port",
      "2525",
    );
    expect([code, err]).toEqual([2, expect.stringContaining("Ohne --mail-verifier würde jede Mail geglaubt")]);
  });
});

/** What was in hand at a kill is free again, and what was doubtful has been waited for. */
async function anHourLater(): Promise<void> {
  const clock = fakeClock(new Date().toISOString(), folder);
  const patience = { connect: 2000, answer: 2000, wait: 2000, idle: 200 };
  const smtp = { relay: relayAt(relay), patience };
  const cloud = { ...localCloud({ folder, clock, smtp, isDurable: false }), clock };
  try {
    await afterMinutes(cloud, 60, 3);
  } finally {
    cloud.close();
  }
}

describe("before it serves", () => {
  const attempt = (...args: string[]) => kurier("serve", ...on, ...args);
  const founded = (baseUrl = `https://${host}`) =>
    inFolder((cloud) => savePublication(cloud, aPublication({ baseUrl })));

  it("refuses a publication whose letters lead elsewhere, and says how to set it", async () => {
    await founded("https://anderswo.example/bote");
    const { code, err } = await attempt("--base-url", `https://${host}`);
    expect(code).toBe(2);
    expect(err).toContain("nennen https://anderswo.example/bote");
    expect(err).toContain(`„adresse: https://${host}/elblandbote“`);
  });

  it("leaves no mark of a relay on the folder when it was refused", async () => {
    await founded("https://anderswo.example/bote");
    vi.stubEnv("KURIER_SMTP", "smtp://127.0.0.1:2525");
    const { code } = await attempt("--base-url", `https://${host}`);
    vi.unstubAllEnvs();
    expect([code, await inFolder(async ({ relayMark }) => relayMark.isSet())]).toEqual([2, false]);
  });

  it("refuses to keep letters back where the relay of yesterday was forgotten", { timeout: 30_000 }, async () => {
    await founded();
    await stopped(await serve(), "SIGTERM");
    const { code, err } = await attempt("--base-url", `https://${host}`);
    expect([code, err]).toEqual([2, expect.stringContaining("KURIER_SMTP fehlt")]);
    const start = await kurier("start", ...on);
    expect([start.code, start.err]).toEqual([2, expect.stringContaining("npx kurier serve")]);
    await stopped(await serve({ KURIER_SMTP: "" }, "--outbox"), "SIGTERM");
    expect(said.out).toContain("verlässt kein Brief diesen Rechner");
  });

  it("says that letters stay here without a relay, and shows them where nobody else looks", {
    timeout: 30_000,
  }, async () => {
    await anIssueFor(2);
    const mailboxPort = await freePort();
    await serve({ KURIER_SMTP: "" }, "--mailbox-port", `${mailboxPort}`);
    expect(said.out).toContain("Ohne KURIER_SMTP verlässt kein Brief diesen Rechner");
    const mailbox = async () => (await fetch(`http://127.0.0.1:${mailboxPort}/mailbox/`)).text();
    await expect.poll(mailbox, { timeout: 20_000, interval: 300 }).toContain("leserin1@");
    expect((await see("/mailbox/")).status).toBe(404);
    expect(relay.connections()).toBe(0);
  });

  it.each([
    [["--base-url", "http://elblandbote.example"], "ist nicht verschlüsselt"],
    [[], "Hier fehlt --base-url"],
    [["--base-url", "https://elblandbote.example", "--port", "0"], "--port ist eine Zahl von 1 bis 65535"],
  ])("says what is wrong with %j", async (args, sentence) => {
    const { code, err } = await attempt(...args);
    expect([code, err]).toEqual([2, expect.stringContaining(sentence)]);
  });

  it("says that another program has the port", async () => {
    const { port: busy } = proxy.address() as AddressInfo;
    const { code, err } = await attempt("--base-url", `https://${host}`, "--port", `${busy}`);
    expect([code, err]).toEqual([2, expect.stringContaining(`127.0.0.1:${busy} antwortet schon`)]);
  });
});

describe("a copied folder", () => {
  it("is shown to the world and mails nobody", { timeout: 60_000 }, async () => {
    await anIssueFor(3);
    await inFolder(isFenced); // as every start asks
    const original = folder;
    folder = `${original}-copy`;
    cpSync(original, folder, { recursive: true });
    await serve({ KURIER_SMTP_PER_SECOND: "50" });
    expect(said.out).toContain("kein Brief verlässt ihn, bis Sie npx kurier restore");
    await new Promise((passed) => setTimeout(passed, 1500));
    await stopped(running as ChildProcess, "SIGTERM");
    expect([taken(), relay.connections()]).toEqual([[], 0]);
    rmSync(original, { recursive: true });
  });
});

describe("a command beside the server", () => {
  it("does its own work and leaves the letters to whoever knows the relay", { timeout: 60_000 }, async () => {
    await stopped(await serve(), "SIGTERM");
    await anIssueFor(3);
    const desk = await layOut(join(folder, "desk"), papers);
    const submitted = await kurier("articles", "submit", join(desk, "articles", "markt.md"), ...on);
    expect(submitted).toMatchObject({ code: 0, out: expect.stringContaining("markt ist in der Bibliothek") });
    expect(submitted.out).toContain("Die Briefe selbst verschickt npx kurier serve");
    expect(await inFolder(async ({ outbox }) => outbox.count())).toBe(0);
    expect((await books())?.waiting).toBe(3);
    await serve({ KURIER_SMTP_PER_SECOND: "50" });
    await expect.poll(taken, { timeout: 30_000 }).toEqual(someReaders(3).sort());
  });
});
