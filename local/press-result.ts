import { readdir, rename, stat } from "node:fs/promises";
import { join } from "node:path";
import { sampleSlots } from "../core/edition/sample-slots.ts";
import { idOfIssue } from "../core/issue/issue.ts";
import { type IssueAccount, issueAccount } from "../functions/records/account.ts";
import { readEditionFile, readManifest } from "../functions/records/editions.ts";
import type { LocalCloud } from "./cloud/local-cloud.ts";
import type { OutFolder } from "./out-folder.ts";
import type { Assumed } from "./proof-printing.ts";

/** What a press leaves in its folder, and what its report says of that. */

/** Counts are readers, `bytes` are bytes. */
export interface Printed {
  readonly issue: string | null;
  readonly fingerprint: string | null;
  readonly readers: Pick<
    IssueAccount,
    "candidates" | "excluded" | "planned" | "accepted" | "skipped" | "rejected" | "unresolved"
  >;
  readonly bytes: { readonly emailHtml: number; readonly emailText: number; readonly largestMessage: number };
}

export const nothingPrinted: Printed = {
  issue: null,
  fingerprint: null,
  readers: { candidates: 0, excluded: {}, planned: 0, accepted: 0, skipped: {}, rejected: 0, unresolved: 0 },
  bytes: { emailHtml: 0, emailText: 0, largestMessage: 0 },
};

/** The letters' two parts filled for a sample reader, everything the world would see, and every letter. */
export async function writeOut(
  cloud: LocalCloud,
  out: OutFolder,
  { publication, plan }: Assumed,
  fingerprint: string,
): Promise<Printed> {
  const issue = idOfIssue(plan);
  const place = { publication: publication.id, issue, fingerprint, language: plan.language };
  const sizes = new Map((await readManifest(cloud, place))?.files.map(({ path, bytes }) => [path, bytes]));
  const sample = { baseUrl: publication.baseUrl, language: plan.language };
  for (const path of ["email.html", "email.txt"]) {
    await out.write(`editions/${path}`, sampleSlots(path, await readEditionFile(cloud, place, path), sample));
  }
  await writePublic(cloud, out, publication.id);
  const account = await issueAccount(cloud, publication.id, issue);
  if (!account) throw new Error(`${issue} was delivered without an account`);
  const { candidates, excluded, planned, accepted, skipped, rejected, unresolved } = account;
  return {
    issue,
    fingerprint,
    readers: { candidates, excluded, planned, accepted, skipped, rejected, unresolved },
    bytes: {
      emailHtml: sizes.get("email.html") ?? 0,
      emailText: sizes.get("email.txt") ?? 0,
      largestMessage: await moveLetters(cloud, out),
    },
  };
}

async function writePublic(cloud: LocalCloud, out: OutFolder, publication: string): Promise<void> {
  const root = `public/${publication}/`;
  for (const { key } of await cloud.files.list(root)) {
    const file = await cloud.files.read(key);
    if (file) await out.write(`editions/web/${key.slice(root.length)}`, file.body);
  }
}

/** Moves the outbox as it is: ten thousand letters are one rename. Answers the bytes of the largest. */
async function moveLetters(cloud: LocalCloud, out: OutFolder): Promise<number> {
  const mailbox = join(out.making, "mailbox");
  await rename(cloud.outboxFolder("editions"), mailbox);
  const sizes = await Promise.all((await readdir(mailbox)).map(async (name) => (await stat(join(mailbox, name))).size));
  return sizes.reduce((largest, size) => Math.max(largest, size), 0);
}
