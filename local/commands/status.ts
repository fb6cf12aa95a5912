import { idOfIssue } from "../../core/issue/issue.ts";
import type { Publication } from "../../core/publication.ts";
import { fill } from "../../core/words.ts";
import { isFenced } from "../../functions/records/fence.ts";
import type { Place } from "../../functions/records/issue-control.ts";
import { requirePublication } from "../../functions/records/publications.ts";
import { type Standing, standingOf } from "../../functions/records/standing.ts";
import { afterLine, costSoFar } from "../cost-lines.ts";
import { inSession, publicationOf, type Session } from "../session.ts";
import { standingData } from "../standing-data.ts";
import { standingLines } from "../standing-lines.ts";
import { perMinute, watch } from "../watch.ts";
import { type Call, issueArgument, type Run } from "./command.ts";

export const issuesStatus: Run = (call) =>
  inSession(call, async (session) => {
    const publication = await requirePublication(session.cloud, await publicationOf(call, session.cloud));
    const place = { publication: publication.id, issue: issueArgument(call) };
    if (call.options.watch === true) return watchStanding(call, session, place, publication);
    await session.catchUp();
    await showStanding(call, session, place, publication);
    return 0;
  });

/** As JSON its last line was the answer already. */
async function watchStanding(call: Call, session: Session, place: Place, publication: Publication): Promise<number> {
  await watch(call, session, place, publication.timeZone);
  if (call.options.json === true) return 0;
  // What was still in hand when somebody stopped watching has ended since.
  await show(call, session, publication, { standing: await standingOf(session.cloud, place), letters: undefined });
  return 0;
}

/** Where an issue stands, what it has cost so far, and what it takes to go on. @param more goes with it as JSON */
export async function showStanding(
  call: Call,
  session: Session,
  place: Place,
  publication: Pick<Publication, "timeZone">,
  more: object = {},
): Promise<Standing> {
  const look = await lookTwice(session, place);
  await show(call, session, publication, look, more);
  return look.standing;
}

interface Look {
  readonly standing: Standing;
  readonly letters: number | undefined;
}

async function show(
  call: Call,
  session: Session,
  { timeZone }: Pick<Publication, "timeZone">,
  { standing, letters }: Look,
  more: object = {},
): Promise<void> {
  const cost = await costSoFar(session, standing);
  const spoken = cost ? ["", afterLine(call.language, session, cost)] : [];
  const fenced = await isFenced(session.cloud);
  call.show({ ...standingData(standing, letters, cost), ...(fenced && { isFenced: true }), ...more }, [
    ...standingLines(call, standing, { timeZone, perMinute: letters }),
    ...spoken,
    ...(fenced ? ["", call.say.serve.fenced] : leftLines(call, session, standing)),
  ]);
}

/** A command on this machine works while it runs, and no longer: what it takes to go on, or to begin at the time set. */
function leftLines({ say }: Call, { isHere }: Session, { issue }: Standing): string[] {
  const left = { sending: say.standing.left, scheduled: say.standing.leftScheduled };
  if (!isHere || (issue.status !== "sending" && issue.status !== "scheduled")) return [];
  return [fill(left[issue.status], { id: idOfIssue(issue) })];
}

const betweenMilliseconds = 2000;

/** One look tells no pace: what is on its way is looked at again a moment later. */
async function lookTwice({ cloud }: Session, place: Place): Promise<Look> {
  const first = await standingOf(cloud, place);
  const moves = first.issue.status === "sending" && first.account !== null && first.account.waiting > 0;
  if (!moves || first.waitsFor) return { standing: first, letters: undefined };
  await cloud.clock.sleep(betweenMilliseconds);
  const standing = await standingOf(cloud, place);
  return { standing, letters: perMinute([first, standing]) };
}
