import { type Issue, idOfIssue } from "../../core/issue/issue.ts";
import { fill } from "../../core/words.ts";
import type { Cloud } from "../../functions/cloud/cloud.ts";
import { listIssues } from "../../functions/records/issues.ts";
import { listPublications } from "../../functions/records/publications.ts";
import { confirmed, left } from "../confirm.ts";
import { inSession } from "../session.ts";
import type { Run } from "./command.ts";

/** The emergency stop: the carrier itself takes no letter of any issue, even where our table is down. */
export const deliveriesStop: Run = (call) =>
  inSession(call, async ({ cloud }) => {
    if (!(await confirmed(call, call.say.sending.ask.stop))) return left(call);
    await cloud.mail.close("editions");
    call.show({ open: false }, [call.say.sending.done.stop]);
    return 0;
  });

/** Opens it again. What stopped meanwhile waits for a person: each is named with what to say. */
export const deliveriesStart: Run = (call) =>
  inSession(call, async ({ cloud }) => {
    if (!(await confirmed(call, call.say.sending.ask.start))) return left(call);
    await cloud.mail.open("editions");
    const waiting = (await stoppedIssues(cloud)).map((issue) => ({
      ...{ publication: issue.publication, issue: idOfIssue(issue) },
    }));
    call.show({ open: true, waiting }, [
      call.say.sending.done.start,
      ...waiting.map(({ publication, issue }) =>
        fill(call.say.sending.done.waiting, { publication, issue, id: issue }),
      ),
    ]);
    return 0;
  });

/** In every publication, whatever paused because the carrier was closed. */
async function stoppedIssues(cloud: Cloud): Promise<Issue[]> {
  const publications = await listPublications(cloud);
  const issues = (await Promise.all(publications.map((id) => listIssues(cloud, id)))).flat();
  return issues.filter((issue) => issue.status === "paused" && issue.reason === "carrier-closed");
}
