import { csvIn } from "../../core/csv.ts";
import type { Publication } from "../../core/publication.ts";
import type { Person } from "../../core/rights.ts";
import { exportCells, exportHeadings, isListed } from "../../core/subscriber/export.ts";
import { dayFrom } from "../../core/subscriber/retention.ts";
import type { Language } from "../../core/words.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { actRow } from "../records/acts.ts";
import { forgetFolder } from "../records/forgetting.ts";
import { handoutFolder } from "../records/keys.ts";
import { listReaders } from "./reader-list.ts";

/** How long the link is good. */
const linkSeconds = 300;

/**
 * Writes all readers into a file our own import reads, and answers a link that is good for five minutes. The file is gone
 * the day after; who took it along stands among the acts.
 *
 * @throws Refusal `not-allowed`
 */
export async function handOutReaders(
  cloud: Cloud,
  person: Person,
  { id: publication, title }: Publication,
  language: Language,
): Promise<string> {
  const csv = csvIn(language, exportHeadings(language));
  const lines = [csv.head];
  for await (const reader of listReaders(cloud, person, publication))
    if (isListed(reader)) lines.push(csv.line(exportCells(reader, language)));
  const folder = handoutFolder(publication, cloud.clock.id());
  const day = cloud.clock.now().toISOString().slice(0, "2026-03-02".length);
  const thing = { publication, kind: "subscribers", id: publication } as const;
  const act = actRow(cloud.clock, person, "read-subscribers", thing, { lines: lines.length - 1 });
  await cloud.table.write([forgetFolder(dayFrom(day, 1), folder), act]);
  const key = `${folder}subscribers.csv`;
  await cloud.files.write(key, lines.join(""), { type: "text/csv; charset=utf-8" });
  return cloud.files.downloadLink(key, { seconds: linkSeconds, name: `${title} ${day}.csv` });
}
