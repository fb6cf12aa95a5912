import type { Manifest } from "../../core/edition/edition.ts";
import { readable } from "../../core/edition/letter.ts";
import { slot } from "../../core/edition/slots.ts";
import { coverOf } from "../../core/edition/web/cover.ts";
import { idOfIssue, type Scheduled } from "../../core/issue/issue.ts";
import { operator } from "../../core/rights.ts";
import { addressKeyOf, addressSecret } from "../../core/subscriber/link.ts";
import type { Cloud } from "../../functions/cloud/cloud.ts";
import { importSubscribers } from "../../functions/desk/subscribers.ts";
import { saveEdition } from "../../functions/records/editions.ts";
import { saveIssue } from "../../functions/records/issues.ts";
import { roundOf } from "../../functions/records/keys.ts";
import { savePublication } from "../../functions/records/publications.ts";
import { workUntilQuiet } from "../../local/wiring.ts";
import type { TestCloud } from "../cloud/test-cloud.ts";
import { anArticle, anEditionInput, aPublication } from "../people-and-papers.ts";

/** The ELBLANDbote 01|26, approved and due: its editions are written by hand, so that no test of sending waits for MJML. */

export const place = { publication: "elblandbote", issue: "2026-01" } as const;
export const wake = { v: 1, ...place } as const;
const fingerprint = "f".repeat(64);

/** Another issue than the first: its publication, its number, and words of its own. */
export interface AnotherIssue {
  readonly publication?: string;
  readonly number?: number;
  readonly mark?: string;
  /** Mailbox providers know the sender's domain: no warm-up. */
  readonly isKnown?: boolean;
}

const html = `<p>${slot("greeting")}die neue Ausgabe ist da.</p><a href="${slot("leaveUrl")}">Abbestellen</a> <a href="${slot("preferencesUrl")}">Einstellungen</a>`;
const text = `${slot("greeting")}die neue Ausgabe ist da.\n\nAbbestellen: ${slot("leaveUrl")}\nEinstellungen: ${slot("preferencesUrl")}\n`;

export async function scheduleSpring(
  cloud: Cloud,
  { publication, number = 1, mark, isKnown }: AnotherIssue = {},
): Promise<void> {
  const { sender } = aPublication();
  const title = {
    ...(publication !== undefined && { id: publication }),
    ...(isKnown !== undefined && { sender: { ...sender, isKnown } }),
  };
  await savePublication(cloud, aPublication(title));
  const input = anEditionInput(
    { "Aus den Gemeinden": [anArticle()] },
    { publication: title, issue: { number, ...(publication !== undefined && { publication }) } },
  );
  const issueId = idOfIssue(input.issue);
  const marked = (words: string): string => (mark === undefined ? words : `${words}\n${mark}\n`);
  const files = [
    { path: "email.html", body: marked(html), type: "text/html" },
    { path: "email.txt", body: marked(text), type: "text/plain" },
    { path: "cover.json", body: JSON.stringify(coverOf(readable(input))), type: "application/json" },
    { path: `web/ausgaben/${issueId}/index.html`, body: "<h1>Frühling</h1>", type: "text/html" },
  ];
  const manifest: Manifest = {
    ...{ v: 1, fingerprint, language: "de", subject: "ELBLANDbote 01|26: Kleine Orte, große Wege", preheader: "" },
    ...{ greeting: "Guten Tag, {name},", sender: { from: sender.from, name: sender.name, replyTo: sender.replyTo } },
    ...{ pictures: [], notes: [], files: files.map(({ path, type }) => ({ path, type, sha256: "", bytes: 0 })) },
  };
  const edition = { publication: input.publication.id, issue: issueId, fingerprint, language: "de" as const };
  await saveEdition(cloud, edition, files, manifest);
  const at = cloud.clock.now().toISOString();
  const issue: Scheduled = {
    ...input.issue,
    ...{ v: 1, version: 0, status: "scheduled", fingerprint, builtBy: "jo", builtAt: at },
    ...{ approval: { by: "almut", at }, sendAt: at, scheduledBy: "almut" },
  };
  await saveIssue(cloud, issue);
}

/** Addresses of invented readers, `count` of them in the round asked for. */
export async function readersIn(cloud: Cloud, round: string, count: number): Promise<string[]> {
  const secret = addressSecret(await cloud.secrets.read("address"));
  const addresses: string[] = [];
  for (let number = 1; addresses.length < count; number++) {
    const address = `leserin${number}@auenrode.example`;
    if (roundOf(addressKeyOf(secret, address)) === round) addresses.push(address);
  }
  return addresses;
}

export const someReaders = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => `leserin${index + 1}@auenrode.example`);

export async function takeIn(cloud: Cloud, addresses: readonly string[]): Promise<void> {
  const rows = addresses.map((address, index) => ({
    ...{ line: index + 2, address, name: `Jördis ${address.split("@")[0]}`, language: "de" as const },
  }));
  await importSubscribers(cloud, operator, place.publication, rows, { consentSource: "Bestellkarten 2025" });
}

export const keyOf = async (cloud: Cloud, address: string): Promise<string> =>
  addressKeyOf(addressSecret(await cloud.secrets.read("address")), address);

/** Who holds how many letters. */
export function letters(cloud: TestCloud): Record<string, number> {
  const counts: Record<string, number> = {};
  let before: string | undefined;
  do {
    const page = cloud.outbox.list({ limit: 500, ...(before === undefined ? {} : { before }) });
    for (const { to } of page.letters) counts[to] = (counts[to] ?? 0) + 1;
    before = page.next;
  } while (before !== undefined);
  return counts;
}

/** Time passes in steps, and at each whatever is due is done, the sweeper included. */
export async function afterMinutes(cloud: TestCloud, minutes: number, step = 1): Promise<void> {
  await workUntilQuiet(cloud);
  for (let minute = 0; minute < minutes; minute += step) {
    cloud.clock.advance({ minutes: step });
    await workUntilQuiet(cloud);
  }
}
