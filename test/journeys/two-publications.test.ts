import PostalMime from "postal-mime";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { idOfIssue } from "../../core/issue/issue.ts";
import type { Publication } from "../../core/publication.ts";
import { operator } from "../../core/rights.ts";
import { approveIssue, draftIssue, orderBuild, scheduleIssue } from "../../functions/desk/issues.ts";
import { found } from "../../functions/desk/publications.ts";
import { importSubscribers } from "../../functions/desk/subscribers.ts";
import { ingestSubmission } from "../../functions/ingest.ts";
import { readBuildReport } from "../../functions/records/build-reports.ts";
import { requireIssue } from "../../functions/records/issues.ts";
import { submissionFolder } from "../../functions/records/paths.ts";
import { listSubscribers } from "../../functions/records/subscribers.ts";
import { site } from "../../functions/site.ts";
import { workUntilQuiet } from "../../local/wiring.ts";
import { openTestCloud, type TestCloud } from "../cloud/test-cloud.ts";
import { anIssue, aPublication } from "../people-and-papers.ts";
import { readReaderList } from "../reader-list.ts";

/** Two publications in one house, the same article, the same issue, nearly the same readers, some of them hostile. */

const title = { elblandbote: ["ELBLAND", "bote"], talblatt: ["TAL", "blatt"] } as const;
type Id = keyof typeof title;
const ids = ["elblandbote", "talblatt"] as const;
const paper = (id: Id): Publication =>
  aPublication({
    ...{ id, title: title[id].join(""), titleParts: [...title[id]], approvals: "one" },
    baseUrl: `https://lesen.example/${id}`,
    publisher: { ...aPublication().publisher, email: `bund@${id}.example` },
    sender: {
      from: `post@${id}.example`,
      name: title[id].join(""),
      replyTo: `rat@${id}.example`,
      listId: `a.${id}.example`,
    },
  });

const list = [
  "email;name",
  "almut@rathaus.example;Almut Weiß-Özdemir",
  '"jo@rathaus.example";"Jo\r\nBcc: evil@evil.example"',
  '"max@rathaus.example";"Max\r\n\r\n<script>alert(1)</script>"',
  "eva@rathaus.example;=?utf-8?B?RXZh?= <evil@evil.example>",
  'ute@rathaus.example;"Ute"" <evil@evil.example>, x"',
  "ria@rathaus.example;{{leaveUrl}} \ufdd0leaveUrl\ufdd1",
  "kai@rathaus.example;=HYPERLINK(1)",
  '"two@rathaus.example,evil@evil.example";Zwei',
  '"bcc@rathaus.example\r\nBcc: evil@evil.example";Drei',
  "a@b@evil.example;Vier",
  "<evil@evil.example>;Fünf",
].join("\r\n");
const known = ["almut", "eva", "jo", "kai", "max", "ria", "ute"].map((name) => `${name}@rathaus.example`);

let cloud: TestCloud;
const said: string[] = [];

beforeAll(async () => {
  const opened = openTestCloud();
  cloud = opened.cloud;
  for (const voice of ["log", "info", "warn", "error", "debug"] as const)
    vi.spyOn(console, voice).mockImplementation((...words) => void said.push(JSON.stringify(words)));
  for (const id of ids) await sendOne(id);
  return opened.remove;
});

async function sendOne(id: Id): Promise<void> {
  await found(cloud, operator, paper(id));
  const text = `---\ntitel: Ein Schalter\n---\n\nNur im ${title[id].join("")} zu lesen.\n`;
  await cloud.files.write(`${submissionFolder(id, "schalter")}text.md`, text, { type: "text/markdown" });
  await ingestSubmission(cloud, id, "schalter");
  const issue = idOfIssue(
    await draftIssue(
      cloud,
      operator,
      anIssue({ publication: id, sections: [{ name: "Rat", articles: ["schalter"] }] }),
    ),
  );
  await orderBuild(cloud, operator, id, issue);
  await workUntilQuiet(cloud);
  const { rows, problems } = await readReaderList(new TextEncoder().encode(list), "de");
  expect(problems).toHaveLength(4);
  await importSubscribers(cloud, operator, id, rows, { consentSource: "Bestellkarten" });
  const report = await readBuildReport(cloud, id, issue);
  await approveIssue(cloud, operator, id, issue, report?.fingerprint ?? "");
  await scheduleIssue(cloud, operator, id, issue, cloud.clock.now());
  await workUntilQuiet(cloud);
  expect(await requireIssue(cloud, id, issue)).toMatchObject({ status: "sent", open: 0 });
}

const other = (id: Id): Id => (id === "elblandbote" ? "talblatt" : "elblandbote");
const sources = (id: Id): string[] =>
  cloud.outbox
    .list({ limit: 100 })
    .letters.filter(({ tags }) => tags.issue?.startsWith(`${id}-`))
    .map((letter) => Buffer.from(cloud.outbox.source(letter)).toString("latin1"));

describe.each(ids)("of two publications, %s", (id) => {
  it("writes once to each of its readers, and to nobody a name tried to bring along", async () => {
    const letters = sources(id);
    const to = await Promise.all(letters.map(async (raw) => (await PostalMime.parse(raw)).to));
    expect(to.map((some) => some?.map(({ address }) => address))).toHaveLength(known.length);
    expect(to.flatMap((some) => some?.map(({ address }) => address) ?? []).sort()).toEqual(known);
    for (const raw of letters) {
      const head = raw.slice(0, raw.indexOf("\r\n\r\n"));
      const names = head.split(/\r\n(?![ \t])/).map((line) => line.split(":")[0]);
      expect(names).toHaveLength(new Set(names).size);
      expect(names).not.toContain("Bcc");
      expect(raw).not.toMatch(/(?<!\r)\n|\r(?!\n)|[^\x00-\x7f]|\0/);
      expect(raw.split("\r\n").filter((line) => line.length > 78 && !line.startsWith("List-Unsubscribe: "))).toEqual(
        [],
      );
      const { html = "", headers } = await PostalMime.parse(raw);
      expect(html).not.toMatch(/<script|\ufdd0|\ufdd1/);
      const way = headers.find(({ key }) => key === "list-unsubscribe")?.value ?? "";
      expect(way).toMatch(new RegExp(`^<https://lesen\\.example/${id}/u/v1\\.`));
    }
  });

  it("never says a word of the other", async () => {
    const alien = title[other(id)].join("");
    const { keys, texts } = await publicOf(id);
    expect(keys).toContain(`public/${id}/ausgaben/2026-01/ein-schalter/index.html`);
    for (const text of [...texts, ...sources(id)]) {
      expect(text).not.toContain(alien);
      expect(text).not.toContain(other(id));
    }
  });

  it("is left without leaving the other", async () => {
    const [raw = ""] = sources(id);
    const { headers } = await PostalMime.parse(raw);
    const url = new URL(headers.find(({ key }) => key === "list-unsubscribe")?.value.slice(1, -1) ?? "");
    const before = await confirmed(other(id));
    const alien = url.pathname.replace(id, other(id));
    expect((await site(cloud).request(alien, { method: "POST" })).status).toBe(200);
    expect(await confirmed(other(id))).toBe(before);
    const mine = await confirmed(id);
    await site(cloud).request(url.pathname, { method: "POST" });
    expect([await confirmed(id), await confirmed(other(id))]).toEqual([mine - 1, before]);
  });
});

const confirmed = async (id: Id): Promise<number> =>
  (await listSubscribers(cloud, id)).filter(({ state }) => state === "confirmed").length;

async function publicOf(id: Id) {
  const keys = (await cloud.files.list(`public/${id}/`)).map(({ key }) => key);
  const texts = await Promise.all(
    keys
      .filter((key) => /\.(html|xml|json|txt)$/.test(key))
      .map(async (key) => Buffer.from((await cloud.files.read(key))?.body ?? []).toString()),
  );
  return { keys, texts };
}

describe("the log of all this", () => {
  it("holds no address, no name and no link", async () => {
    const broken = site({ ...cloud, table: { ...cloud.table, get: () => Promise.reject(new Error("away")) } });
    const [raw = ""] = sources("elblandbote");
    const url = (await PostalMime.parse(raw)).headers.find(({ key }) => key === "list-unsubscribe")?.value ?? "";
    const token = url.split("/u/")[1]?.slice(0, -1) ?? expect.unreachable();
    expect((await broken.request(`/elblandbote/u/${token}`, { method: "POST" })).status).toBe(503);
    expect(said.join()).toContain("away");
    for (const secret of ["@", "rathaus", "Almut", "v1.", token, token.split(".")[3] ?? "", "/u/"])
      expect(said.join()).not.toContain(secret);
  });
});
