import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { build } from "../../core/edition/build.ts";
import type { EditionInput } from "../../core/edition/edition.ts";
import { approve } from "../../core/issue/approve.ts";
import { draft, markBuilt } from "../../core/issue/draft.ts";
import { idOfIssue } from "../../core/issue/issue.ts";
import { schedule } from "../../core/issue/schedule.ts";
import type { Cloud, Mail } from "../../functions/cloud/cloud.ts";
import { found } from "../../functions/desk/publications.ts";
import { importSubscribers } from "../../functions/desk/subscribers.ts";
import { saveEdition } from "../../functions/records/editions.ts";
import { saveIssue } from "../../functions/records/issues.ts";
import { localCloud } from "../../local/cloud/local-cloud.ts";
import { person } from "../../local/session.ts";
import { workUntilQuiet } from "../../local/wiring.ts";
import { cpuMilliseconds, milliseconds } from "./figure.ts";
import { addressee } from "./long-letter.ts";

export type Editions = NonNullable<Awaited<ReturnType<typeof build>>["editions"]>;

/** Readers imported together: the list is never in memory whole. */
const imported = 10_000;

/**
 * Plans and delivers an issue through the real functions, every claim and record on disk, the letters to `mail`.
 * Answers how long that took, and whatever `look` finds in the cloud afterwards.
 */
export async function deliverWhole<T>(
  readers: number,
  input: EditionInput,
  editions: Editions,
  mail: Mail,
  look: (cloud: Cloud) => Promise<T>,
): Promise<{ milliseconds: number; cpuMilliseconds: number; found: T }> {
  const folder = mkdtempSync(join(tmpdir(), "kurier-bench-"));
  const cloud = localCloud({ folder, mail });
  const quiet = console.warn;
  try {
    await prepareIssue(cloud, readers, input, editions);
    let took = 0;
    const cpu = await cpuMilliseconds(async () => {
      took = await milliseconds(() => workUntilQuiet(cloud));
    });
    return { milliseconds: took, cpuMilliseconds: cpu, found: await look(cloud) };
  } finally {
    console.warn = quiet;
    cloud.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function prepareIssue(cloud: Cloud, readers: number, input: EditionInput, editions: Editions): Promise<void> {
  const { publication, issue } = input;
  await found(cloud, person, publication);
  for (let first = 0; first < readers; first += imported) {
    const rows = Array.from({ length: Math.min(imported, readers - first) }, (_, index) => ({
      ...{ line: first + index, language: "de" as const },
      ...addressee(first + index),
    }));
    await importSubscribers(cloud, person, publication.id, rows, { consentSource: "bench" });
  }
  const { fingerprint } = editions.manifest;
  const place = { publication: publication.id, issue: idOfIssue(issue) };
  await saveEdition(cloud, { ...place, fingerprint, language: "de" }, editions.files, editions.manifest);
  const now = cloud.clock.now();
  const signed = { by: person.id, at: now.toISOString() };
  const approved = approve(markBuilt(draft(issue), { fingerprint, ...signed }), fingerprint, signed);
  await saveIssue(cloud, schedule(approved, { sendAt: now, now, by: person.id }));
  await cloud.timer.wakeAt("plan-bench", signed.at, { target: "plan", payload: { v: 1, ...place } });
}
