import { csvIn } from "../../core/csv.ts";
import { deliveriesSheet } from "../../core/delivery/sheet.ts";
import { spokenLabel } from "../../core/issue/issue.ts";
import type { Publication } from "../../core/publication.ts";
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
import type { Walk, Wish } from "../records/walks.ts";
import { linePages } from "./deliveries.ts";
import { demandReport } from "./report.ts";
import { tableFile, tableWork } from "./table.ts";
import { type WorkOf, walkOn, walkWhole } from "./walks.ts";

/** Tables of readers for office programs: written into a file piece by piece, and handed out by a link. */

const deliveriesOf = (place: Place, given: Language): Wish => ({ kind: "deliveries", ...place, given });
const readersOf = (publication: string, given: Language): Wish => ({
  ...{ kind: "subscribers", publication, issue: "", given },
});

const thingOf = ({ publication, issue }: Pick<Wish, "publication" | "issue">): Thing =>
  issue === "" ? { publication, kind: "subscribers", id: publication } : { publication, kind: "issue", id: issue };
const demandReaders = (person: Person, publication: string): void =>
  demand(person, "read-subscribers", { publication, kind: "subscribers", id: publication });

/** Who got an issue and who did not: one piece of it. @throws Refusal `not-begun`, `no-issue`, `not-allowed` */
export async function beginDeliveries(
  cloud: Cloud,
  person: Person,
  place: Place,
  language: Language,
  isLate: () => boolean,
): Promise<Walk | undefined> {
  await demandReport(cloud, person, place);
  return walkOn(cloud, deliveriesOf(place, language), deliveriesWork, isLate);
}

/** All readers, as our own import reads them: one piece of it. @throws Refusal `not-allowed` */
export async function beginReaders(
  cloud: Cloud,
  person: Person,
  publication: string,
  language: Language,
  isLate: () => boolean,
): Promise<Walk | undefined> {
  demandReaders(person, publication);
  return walkOn(cloud, readersOf(publication, language), readersWork, isLate);
}

/** The whole table and its link, however long that takes. @throws Refusal `not-begun`, `no-issue`, `not-allowed` */
export async function handOutDeliveries(
  cloud: Cloud,
  person: Person,
  place: Place,
  language: Language,
  tell?: (walk: Walk) => void,
): Promise<string> {
  await demandReport(cloud, person, place);
  return handOut(cloud, person, await walkWhole(cloud, deliveriesOf(place, language), deliveriesWork, tell));
}

/** The same of all readers. @throws Refusal `not-allowed` */
export async function handOutReaders(
  cloud: Cloud,
  person: Person,
  { id }: Pick<Publication, "id">,
  language: Language,
): Promise<string> {
  demandReaders(person, id);
  return handOut(cloud, person, await walkWhole(cloud, readersOf(id, language), readersWork));
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
