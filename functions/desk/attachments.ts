import { demandSize } from "../../core/issue/download.ts";
import { Refusal } from "../../core/refusal.ts";
import type { Person } from "../../core/rights.ts";
import { dayFrom } from "../../core/subscriber/retention.ts";
import type { Cloud, UploadForm } from "../cloud/cloud.ts";
import { demand } from "../records/acts.ts";
import type { AmendmentsRow } from "../records/amendments.ts";
import { forgetFolder } from "../records/forgetting.ts";
import type { Place } from "../records/issue-control.ts";
import { requireIssue } from "../records/issues.ts";
import { attachmentFolder } from "../records/paths.ts";
import { attachDownload } from "./amendments.ts";

/** A file for readers to take along, brought straight to storage after the issue was sent. */

/** Files that what is brought has to be gone tomorrow, before there is anything. @throws Refusal `no-issue`, `not-allowed` */
export async function beginAttachment(cloud: Cloud, person: Person, { publication, issue }: Place): Promise<string> {
  demand(person, "correct", { publication, kind: "issue", id: issue });
  await requireIssue(cloud, publication, issue);
  const id = cloud.clock.id();
  const day = dayFrom(cloud.clock.now().toISOString().slice(0, "2026-03-02".length), 1);
  await cloud.table.each([forgetFolder(day, attachmentFolder(publication, id))]);
  return id;
}

/** As `admitDownload` has it. */
const mostBytes = 50_000_000;
const formSeconds = 3600;

/** A form to bring it with, and the name of what has come. @throws Refusal `not-allowed` */
export async function awaitedAttachment(
  cloud: Cloud,
  person: Person,
  { publication, issue }: Place,
  { id, backTo }: { id: string; backTo: string },
): Promise<{ readonly form: UploadForm; readonly file: string | undefined }> {
  demand(person, "correct", { publication, kind: "issue", id: issue });
  const folder = attachmentFolder(publication, id);
  const options = { maxBytes: mostBytes, type: "application/octet-stream", seconds: formSeconds, backTo };
  const [form, key] = await Promise.all([cloud.files.uploadForm({ folder }, options), keyOf(cloud, folder)]);
  return { form, file: key?.slice(folder.length) };
}

/** Offers what has come. @throws Refusal `attachment-gone`, `label-missing`, `download-…`, `not-public`, `moved-on`, `not-allowed` */
export async function attachUploaded(
  cloud: Cloud,
  person: Person,
  place: Place,
  { id, label, replaces, seen }: { id: string; label: string; replaces?: string | undefined; seen: number },
): Promise<AmendmentsRow> {
  demand(person, "correct", { publication: place.publication, kind: "issue", id: place.issue });
  const folder = attachmentFolder(place.publication, id);
  const key = await keyOf(cloud, folder);
  const found = key === undefined ? undefined : await cloud.files.read(key);
  if (!found) throw new Refusal("attachment-gone");
  const file = found.key.slice(folder.length);
  try {
    demandSize(file, found.bytes);
    const row = await attachDownload(cloud, person, place, {
      offered: { file, label: label.trim(), body: found.body },
      ...{ replaces, seen },
    });
    await cloud.files.remove([found.key]);
    return row;
  } catch (refusal) {
    // It will never do: it makes room for another one.
    if (isOfFile(refusal)) await cloud.files.remove([found.key]);
    throw refusal;
  }
}

const isOfFile = (refusal: unknown): boolean => refusal instanceof Refusal && refusal.code.startsWith("download-");

const keyOf = async (cloud: Cloud, folder: string): Promise<string | undefined> =>
  (await cloud.files.list(folder, { limit: 1 }))[0]?.key;
