import { csvIn } from "../../core/csv.ts";
import { deliveriesSheet } from "../../core/delivery/sheet.ts";
import { spokenLabel } from "../../core/issue/issue.ts";
import type { Person, Thing } from "../../core/rights.ts";
import { exportCells, exportHeadings, isListed } from "../../core/subscriber/export.ts";
import { nextInWalk } from "../../core/subscriber/walk.ts";
import type { Language } from "../../core/words.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { actRow, demand } from "../records/acts.ts";
import type { Place } from "../records/issue-control.ts";
import { requireIssue } from "../records/issues.ts";
import { requirePublication } from "../records/publications.ts";
import { subscribersAfter } from "../records/subscribers.ts";
import type { Walk } from "../records/walks.ts";
import { linePages } from "./deliveries.ts";
import { demandReport } from "./report.ts";
import { tableFile, tableWork } from "./table.ts";
import { type Errand, type WorkOf, walkWhole } from "./walks.ts";

/** Tables of readers for office programs: written into a file piece by piece, and handed out by a link. */

const thingOf = ({ publication, issue }: Pick<Walk, "publication" | "issue">): Thing =>
  issue === "" ? { publication, kind: "subscribers", id: publication } : { publication, kind: "issue", id: issue };
const demandReaders = (person: Person, publication: string): void =>
  demand(person, "read-subscribers", { publication, kind: "subscribers", id: publication });

/** Who got an issue and who did not. @throws Refusal `not-begun`, `no-issue`, `not-allowed` */
export async function deliveriesErrand(
  cloud: Cloud,
  person: Person,
  place: Place,
  language: Language,
): Promise<Errand> {
  await demandReport(cloud, person, place);
  return { wish: { kind: "deliveries", ...place, given: language }, workOf: deliveriesWork };
}

/** All readers, as our own import reads them. @throws Refusal `not-allowed` */
export function readersErrand(person: Person, publication: string, language: Language): Errand {
  demandReaders(person, publication);
  return { wish: { kind: "subscribers", publication, issue: "", given: language }, workOf: readersWork };
}

/** The whole table of an issue and its link, however long that takes. @throws Refusal `not-begun`, `no-issue`, `not-allowed` */
export async function handOutDeliveries(
  cloud: Cloud,
  person: Person,
  place: Place,
  language: Language,
  tell?: (walk: Walk) => void,
): Promise<string> {
  const walk = await walkWhole(cloud, await deliveriesErrand(cloud, person, place, language), tell);
  return handOut(cloud, person, walk);
}

export const deliveriesWork: WorkOf = async (cloud, walk) => {
  const { timeZone } = await requirePublication(cloud, walk.publication);
  const sheet = deliveriesSheet(walk.given as Language, timeZone);
  const pageAfter = await linePages(cloud, walk);
  return tableWork(cloud, walk, sheet.head, async (from) => {
    const { lines, next } = await pageAfter(from);
    return { lines: lines.map(sheet.line), seen: lines.length, next };
  });
};

const pageSize = 1000;

export const readersWork: WorkOf = async (cloud, walk) => {
  const language = walk.given as Language;
  const csv = csvIn(language, exportHeadings(language));
  return tableWork(cloud, walk, csv.head, async ({ round, after }) => {
    const { subscribers, isLast } = await subscribersAfter(cloud, walk.publication, round, after, pageSize);
    const lines = subscribers.filter(isListed).map((one) => csv.line(exportCells(one, language)));
    const next = nextInWalk(round, isLast ? undefined : subscribers.at(-1)?.addressKey);
    return { lines, seen: subscribers.length, next };
  });
};

/** How long a link is good. */
const linkSeconds = 300;

/**
 * A link to a table that is done, for five minutes; who took it along stands among the acts. The file is gone the day after.
 *
 * @throws Refusal `no-issue`, `not-allowed`
 */
export async function handOut(cloud: Cloud, person: Person, walk: Walk): Promise<string> {
  demandReaders(person, walk.publication);
  const { title } = await requirePublication(cloud, walk.publication);
  await cloud.table.write([actRow(cloud.clock, person, "read-subscribers", thingOf(walk), { lines: walk.lines ?? 0 })]);
  return cloud.files.downloadLink(tableFile(walk), {
    seconds: linkSeconds,
    name: `${title} ${await nameOf(cloud, walk)}.csv`,
  });
}

async function nameOf(cloud: Cloud, { publication, issue, at }: Walk): Promise<string> {
  if (issue === "") return at.slice(0, "2026-03-02".length);
  return spokenLabel(await requireIssue(cloud, publication, issue)).replace("/", "-");
}
