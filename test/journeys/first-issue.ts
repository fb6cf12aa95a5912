import { readFile } from "node:fs/promises";
import { join } from "node:path";
import PostalMime from "postal-mime";
import sharp from "sharp";
import { expect } from "vitest";
import { type IssuePlan, idOfIssue } from "../../core/issue/issue.ts";
import { operator } from "../../core/rights.ts";
import type { Cloud } from "../../functions/cloud/cloud.ts";
import { keepDownloads } from "../../functions/desk/downloads.ts";
import { approveIssue, draftIssue, orderBuild, scheduleIssue } from "../../functions/desk/issues.ts";
import { found } from "../../functions/desk/publications.ts";
import { importSubscribers } from "../../functions/desk/subscribers.ts";
import { readArticle } from "../../functions/records/articles.ts";
import { readBuildReport } from "../../functions/records/build-reports.ts";
import { requireIssue } from "../../functions/records/issues.ts";
import { submissionFolder } from "../../functions/records/paths.ts";
import { readSubmission } from "../../functions/records/submissions.ts";
import { listSubscribers } from "../../functions/records/subscribers.ts";
import { paragraph, shown, wordFile } from "../core/article/word-files.ts";
import { aPdf } from "../papers-to-take.ts";
import { anIssue, aPublication } from "../people-and-papers.ts";
import { readReaderList } from "../reader-list.ts";

/** Where a journey happens: the local cloud, or the AWS adapters. */
export interface World {
  readonly cloud: Cloud;
  /** Lets queues and timers do what is due. */
  settle(): Promise<void>;
  /** Every letter that left, as raw messages. */
  letters(): Promise<Uint8Array[]>;
  /** Asks the site, as browsers and mail programs do. */
  ask(path: string, request?: { method: string; body: string; headers: Record<string, string> }): Promise<number>;
}

const readers =
  "email;name;sprache\njoerdis@rathaus.example;Jördis Mühlbach;de\nthomas@rathaus.example;Thomas Śěrak;de\nleser@rathaus.example;;de\n";

const picture = (colour: string, width = 1600): Promise<Buffer> =>
  sharp({ create: { width, height: width * 0.625, channels: 3, background: colour } })
    .jpeg()
    .toBuffer();

const article = `---
titel: Ein Schalter, der zuhört
dachzeile: Bürgerbüro
autor:
  name: Thomas Śěrak
  funktion: Leiter des Bürgerbüros
titelbild:
  datei: schalter.jpg
  alt: Ein heller Schalter ohne Scheibe
  foto: Gemeinde Niederlommatz
---

Wer dienstags kommt, hat eine Frage und einen {{Zettel}} in der Hand.

## Erst der Mensch

Die Kolleginnen haben *ein halbes Jahr* mitgeschrieben.
`;

/** As Word keeps it: with styles, and two phone photos, made so small that even those of the tests are larger. */
async function manuscript(): Promise<Uint8Array> {
  const shownAs = (path: string, alt: string, name: string) => paragraph(shown(path, { alt, name }));
  const body = [
    paragraph("Der Steg ist wieder offen", "Titel"),
    paragraph("Von Jana Krahl, Bauhof Niederlommatz"),
    paragraph("Seit Montag trägt der Steg wieder. Vier Wochen lang haben zwei Leute Bohle um Bohle getauscht."),
    shownAs("image1.jpeg", "Ein Steg über stillem Wasser", "IMG_0815.jpg"),
    paragraph("Der Steg am Montag. Foto: Jana Krahl"),
    paragraph("Was noch fehlt", "berschrift1"),
    paragraph("Es fehlt das Geländer auf der Seite zum Fluss; es kommt im Mai. Bis dahin hält ein Seil die Leute ab."),
    shownAs("image2.jpeg", "Ein gespanntes Seil zwischen zwei Pfosten", "IMG_0816.jpg"),
    paragraph("Das Seil hält bis Mai. Foto: Jana Krahl"),
  ];
  return wordFile({
    body: body.join(""),
    media: { "image1.jpeg": await picture("#2F6F8F", 48), "image2.jpeg": await picture("#8F6F2F", 48) },
  });
}

const heic = (name: string): Promise<Buffer> =>
  readFile(join(import.meta.dirname, "..", "core", "article", "heic", `${name}.heic`));

/** A Word file and two photos as a phone makes them, put into the bucket one by one: it is read elsewhere, and the larger photos are printed. */
async function handInWord({ cloud, settle }: World, publication: string): Promise<void> {
  const folder = submissionFolder(publication, "steg");
  const type = "application/octet-stream";
  await cloud.files.write(`${folder}Der Steg (neu).docx`, await manuscript(), { type });
  await cloud.files.write(`${folder}IMG_0815.HEIC`, await heic("phone"), { type });
  await settle();
  await cloud.files.write(`${folder}img_0816.heic`, await heic("burst"), { type });
  await settle();
  const submission = await readSubmission(cloud, publication, "steg");
  expect(submission).toMatchObject({ state: "ingested", revision: 2 });
  expect(submission?.notes.map(({ code }) => code)).toEqual(["place-removed", "picture-replaced", "picture-replaced"]);
  const article = await readArticle(cloud, publication, "steg");
  expect(article?.origin.format).toBe("word");
  expect(Object.values(article?.images ?? {}).map(({ height }) => height)).toEqual([96, 80]);
}

/** From an author's files in the bucket to letters in the mailbox and a page in the archive, and out again. */
export async function firstIssue(world: World): Promise<void> {
  const { cloud, settle, letters, ask } = world;
  const publication = aPublication({ approvals: "one" });
  await found(cloud, operator, publication);

  // The text comes before its picture: the submission waits and says for what.
  const folder = submissionFolder(publication.id, "schalter");
  await cloud.files.write(`${folder}text.md`, article, { type: "text/markdown" });
  await settle();
  expect(await readSubmission(cloud, publication.id, "schalter")).toMatchObject({
    state: "waiting",
    waitingFor: ["schalter.jpg"],
  });
  await cloud.files.write(`${folder}schalter.jpg`, await picture("#E0A24E"), { type: "image/jpeg" });
  await settle();
  expect(await readSubmission(cloud, publication.id, "schalter")).toMatchObject({ state: "ingested", revision: 1 });

  await handInWord(world, publication.id);

  const bare: IssuePlan = anIssue({ sections: [{ name: "Aus den Kommunen", articles: ["schalter", "steg"] }] });
  const id = idOfIssue(bare);
  const printed = { file: "heft.pdf", label: "Das gedruckte Heft", body: aPdf() };
  const plan = { ...bare, downloads: await keepDownloads(cloud, operator, bare, [printed]) };
  await draftIssue(cloud, operator, plan);
  await orderBuild(cloud, operator, publication.id, id);
  await settle();
  const report = await readBuildReport(cloud, publication.id, id);
  expect(report?.refusals).toEqual([]);

  await takeIn(cloud, publication.id);
  await approveIssue(cloud, operator, publication.id, id, report?.fingerprint ?? "");
  await scheduleIssue(cloud, operator, publication.id, id, cloud.clock.now());
  await settle();
  expect(await requireIssue(cloud, publication.id, id)).toMatchObject({ status: "sent", open: 0 });

  const mails = await Promise.all((await letters()).map((raw) => PostalMime.parse(raw)));
  expect(mails.map(({ to }) => to?.[0]?.address).sort()).toEqual([
    "joerdis@rathaus.example",
    "leser@rathaus.example",
    "thomas@rathaus.example",
  ]);
  const toJoerdis = mails.find(({ to }) => to?.[0]?.address?.startsWith("joerdis"));
  expect(toJoerdis?.subject).toBe("ELBLANDbote 01|26: Kleine Orte, große Wege");
  expect(toJoerdis?.text).toContain("Guten Tag, Jördis Mühlbach,");
  expect(toJoerdis?.html).toContain("{{Zettel}}");

  const page = await cloud.files.read(`public/${publication.id}/ausgaben/${id}/ein-schalter-der-zuhoert/index.html`);
  expect(new TextDecoder().decode(page?.body)).toContain("Erst der Mensch");
  expect(toJoerdis?.text).toContain("Der Steg ist wieder offen");
  const steg = await cloud.files.read(`public/${publication.id}/ausgaben/${id}/der-steg-ist-wieder-offen/index.html`);
  const told = new TextDecoder().decode(steg?.body);
  for (const words of [
    "Was noch fehlt",
    "Bohle um Bohle",
    "Ein gespanntes Seil zwischen zwei Pfosten",
    "Foto: Jana Krahl",
  ])
    expect(told).toContain(words);
  const heft = await cloud.files.read(`public/${publication.id}/ausgaben/${id}/heft.pdf`);
  expect(heft?.type).toBe("application/pdf");
  expect(Buffer.from(heft?.body ?? [])).toEqual(Buffer.from(printed.body));
  const archive = await cloud.files.read(`public/${publication.id}/archiv/index.html`);
  expect(new TextDecoder().decode(archive?.body)).toContain("Kleine Orte, große Wege");

  await leave(ask, publication.id, toJoerdis?.headers.find(({ key }) => key === "list-unsubscribe")?.value ?? "");
  const states = (await listSubscribers(cloud, publication.id)).map(({ state }) => state).sort();
  expect(states).toEqual(["confirmed", "confirmed", "unsubscribed"]);
}

async function takeIn(cloud: Cloud, publication: string): Promise<void> {
  const { rows } = await readReaderList(new TextEncoder().encode(readers), "de");
  const { added } = await importSubscribers(cloud, operator, publication, rows, { consentSource: "Anmeldeliste 2025" });
  expect(added).toBe(3);
}

/** As a mail program does it (RFC 8058): looking changes nothing, the POST leaves. */
async function leave(ask: World["ask"], publication: string, header: string): Promise<void> {
  const path = new URL(header.replace(/[<>]/g, "")).pathname;
  const address = path.startsWith(`/${publication}/`) ? path : `/${publication}${path}`;
  expect(await ask(address)).toBe(200);
  const body = "List-Unsubscribe=One-Click";
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  expect(await ask(address, { method: "POST", body, headers })).toBe(200);
}
