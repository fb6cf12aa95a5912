import { resolve } from "node:path";
import { deliveriesSheet } from "../../core/delivery/sheet.ts";
import { providerRows } from "../../core/desk/report-page.ts";
import { fill, words } from "../../core/words.ts";
import type { Cloud } from "../../functions/cloud/cloud.ts";
import { listDeliveries } from "../../functions/desk/deliveries.ts";
import { handOutDeliveries } from "../../functions/desk/handout.ts";
import { evaluateIssue } from "../../functions/desk/report.ts";
import type { Place } from "../../functions/records/issue-control.ts";
import { requirePublication } from "../../functions/records/publications.ts";
import type { Report } from "../../functions/records/reports.ts";
import { type Standing, standingOf } from "../../functions/records/standing.ts";
import type { Walk } from "../../functions/records/walks.ts";
import { number } from "../account-lines.ts";
import { deskUrlOf } from "../desk-url.ts";
import { fileSink } from "../file-sink.ts";
import { inSession, person, publicationOf, type Session } from "../session.ts";
import { standingLines } from "../standing-lines.ts";
import { type Call, issueArgument, option, type Run } from "./command.ts";

/** What became of an issue: its account, whose mailboxes sent letters back, who left and came; and who got it, as a table. */
export const issuesReport: Run = (call) =>
  inSession(call, async (session) => {
    const { cloud, catchUp } = session;
    await catchUp();
    const { id: publication, timeZone } = await requirePublication(cloud, await publicationOf(call, cloud));
    const place = { publication, issue: issueArgument(call) };
    const report = await evaluateIssue(cloud, person, place, (walk) => call.tell(howFar(call, walk)));
    const standing = await standingOf(cloud, place);
    const [csv, link] = [await writtenTo(call, cloud, place, timeZone), await linkTo(call, session, place)];
    const { account, reported } = standing;
    call.show({ account, reported, ...report, ...csv, ...(link && { link }) }, [
      ...reportLines(call, standing, report, timeZone),
      ...(csv ? ["", fill(call.say.report.written, { file: csv.csv, lines: number(call.language, csv.lines) })] : []),
      ...(link ? ["", fill(call.say.report.link, { link })] : []),
    ]);
    return 0;
  });

const howFar = ({ language, say }: Call, { seen }: Walk): string =>
  fill(say.report.progress, { seen: number(language, seen) });

function reportLines(call: Call, standing: Standing, report: Report, timeZone: string): string[] {
  const { language, say } = call;
  const { report: page } = words(language).desk;
  const details = { left: number(language, report.left), came: number(language, report.came), days: report.days };
  const rows = providerRows(report.providers, language);
  const width = Math.max(0, ...rows.map(({ label }) => label.length));
  const line = ({ label, letters, bounced, complained }: (typeof rows)[number]): string =>
    fill(say.report.provider, { provider: label.padEnd(width), letters, bounced, complained });
  return [
    ...standingLines(call, standing, { timeZone }),
    ...(rows.length > 0 ? ["", page.providers, ...rows.map((row) => `  ${line(row)}`)] : []),
    ...["", fill(page.moves, details)],
  ];
}

/** `--out <file>`: who got it and who did not, each line as it is read. */
async function writtenTo(
  call: Call,
  cloud: Cloud,
  place: Place,
  timeZone: string,
): Promise<{ readonly csv: string; readonly lines: number } | undefined> {
  const typed = option(call, "out");
  if (typed === undefined) return undefined;
  const csv = resolve(typed);
  const sheet = deliveriesSheet(call.language, timeZone);
  const sink = await fileSink(csv);
  let lines = 0;
  await sink.write(sheet.head);
  for await (const line of listDeliveries(cloud, person, place)) {
    await sink.write(sheet.line(line));
    lines++;
  }
  await sink.end();
  return { csv, lines };
}

/** `--link`: the same as the desk hands it out, for five minutes. A local one leads to the desk's own door. */
async function linkTo(call: Call, { cloud, isHere }: Session, place: Place): Promise<string | undefined> {
  if (call.options.link !== true) return undefined;
  const desk = isHere ? await deskUrlOf(call, { cloud, isHere }) : undefined;
  const link = await handOutDeliveries(cloud, person, place, call.language, (walk) => call.tell(howFar(call, walk)));
  return new URL(link, desk).href;
}
