import { type ChildProcessByStdio, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type LocalCloud, localCloud } from "../../../local/cloud/local-cloud.ts";

const writer = fileURLToPath(new URL("busy-writer.ts", import.meta.url));

describe("a process killed in the middle of its writes", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "kurier-kill-"));
  });
  afterEach(async () => {
    await Promise.all([...living].map(killed));
    rmSync(folder, { recursive: true, force: true });
  });

  it("leaves everything it was told was written, and nothing by halves", { timeout: 60_000 }, async () => {
    const acknowledged: string[] = [];
    for (const life of ["first", "second", "third"]) {
      acknowledged.push(...(await killedAfter([start(folder, life)], 120)));
      await check(folder, acknowledged);
    }
  });

  it("does so while another process writes to the same cloud", { timeout: 60_000 }, async () => {
    // Both start on an empty folder at the same instant: one makes tables and secrets, the other finds them.
    const acknowledged = await killedAfter([start(folder, "server"), start(folder, "command")], 300);
    expect(said(acknowledged, "address")).toHaveLength(2);
    await check(folder, acknowledged);
  });

  it("has its work taken up by the next", { timeout: 60_000 }, async () => {
    const holding = `
      const { localCloud } = await import(${JSON.stringify(new URL("../../../local/cloud/local-cloud.ts", import.meta.url).href)});
      const cloud = localCloud({ folder: ${JSON.stringify(folder)} });
      await cloud.queues.rounds.add([{ n: 1 }]);
      cloud.work.receive("rounds", { max: 1, visibilitySeconds: 720 });
      console.log("held");
      setInterval(() => {}, 1000);`;
    const child = born(["--input-type=module", "-e", holding]);
    await new Promise((heard) => child.stdout.once("data", heard));
    const cloud = localCloud({ folder });
    const take = () => {
      cloud.work.takeBack();
      return cloud.work.receive("rounds", { max: 1, visibilitySeconds: 720 });
    };
    expect(take()).toEqual([]);
    await killed(child);
    expect(take()).toMatchObject([{ body: '{"n":1}', receives: 2 }]);
    cloud.close();
  });
});

type Child = ChildProcessByStdio<null, Readable, null>;

/** Nobody outlives a test that failed. */
const living = new Set<Child>();

function born(args: readonly string[]): Child {
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  living.add(child);
  child.once("exit", () => living.delete(child));
  return child;
}
const start = (folder: string, life: string): Child => born([writer, folder, life]);

const killed = (child: Child): Promise<void> =>
  new Promise((gone) => {
    child.once("close", () => gone());
    child.kill("SIGKILL");
  });

/** Lets the writers work until they acknowledged so many things together, kills them, and answers what they said. */
async function killedAfter(children: readonly Child[], lines: number): Promise<string[]> {
  const heard = children.map(() => "");
  await new Promise<void>((enough, failed) => {
    children.forEach((child, index) => {
      child.stdout.setEncoding("utf8").on("data", (text: string) => {
        heard[index] += text;
        if (heard.join("").split("\n").length > lines && heard.every((one) => one.includes("\n"))) enough();
      });
      child.once("exit", (code) => failed(new Error(`a writer ended by itself: ${code}`)));
    });
  });
  await Promise.all(children.map(killed));
  return heard.flatMap((text) => text.split("\n").slice(0, -1));
}

const said = (lines: readonly string[], kind: string): string[] =>
  lines.filter((line) => line.startsWith(`${kind} `)).map((line) => line.slice(kind.length + 1));

async function check(folder: string, lines: readonly string[]): Promise<void> {
  const cloud = localCloud({ folder });
  try {
    await checkRows(cloud, lines);
    await checkFiles(cloud, lines);
    await checkLetters(cloud, lines);
    expect(new Set([...said(lines, "address"), await cloud.secrets.read("address")]).size).toBe(1);
  } finally {
    cloud.close();
  }
}

async function checkRows(cloud: LocalCloud, lines: readonly string[]): Promise<void> {
  for (const pk of said(lines, "together")) {
    const { items } = await cloud.table.query({ pk, limit: 9 });
    expect(items.map(({ text }) => text)).toEqual(Array(3).fill(pk.repeat(50)));
  }
  const each = said(lines, "each").flatMap((name) => [1, 2].map((n) => ({ pk: "each", sk: `${name} ${n}` })));
  expect(await cloud.table.get(each)).toEqual(each);
  for (const line of said(lines, "count")) {
    const [life = "", used] = line.split(" ");
    const [row] = await cloud.table.get([{ pk: "count", sk: life }]);
    expect(row?.used).toBeGreaterThanOrEqual(Number(used));
  }
}

async function checkFiles(cloud: LocalCloud, lines: readonly string[]): Promise<void> {
  const messages = (queue: "arrivals" | "rounds"): string =>
    JSON.stringify(cloud.work.receive(queue, { max: 10_000, visibilitySeconds: 0 }).map(({ body }) => body));
  const [arrivals, rounds] = [messages("arrivals"), messages("rounds")];
  for (const name of said(lines, "file")) {
    const file = await cloud.files.read(`submissions/slk/${name}/text.md`);
    expect(file && Buffer.from(file.body).toString()).toBe(name.repeat(2000));
    expect(arrivals).toContain(`submissions/slk/${name}/text.md`);
  }
  for (const name of said(lines, "message")) expect(rounds).toContain(`"${name}\\"`);
  const page = Buffer.from((await cloud.files.read("public/slk/index.html"))?.body ?? []).toString();
  expect(page).toBe(page.slice(0, page.length / 20_000).repeat(20_000));
  expect(page).not.toBe("");
}

async function checkLetters(cloud: LocalCloud, lines: readonly string[]): Promise<void> {
  const accepted = said(lines, "letter");
  expect(accepted.length).toBeGreaterThan(0);
  for (const messageId of accepted) expect(cloud.outbox.find(messageId)?.messageId).toBe(messageId);
  for (const letter of cloud.outbox.list({ limit: 10_000 }).letters)
    expect(cloud.outbox.source(letter).length).toBe(letter.bytes);
}
