import type { Cost } from "../core/delivery/cost.ts";
import { idOfIssue } from "../core/issue/issue.ts";
import type { Standing } from "../functions/records/standing.ts";

/** What `--json` says of an issue; the names stay. */
export function standingData(standing: Standing, perMinute?: number, cost?: Cost) {
  const { issue, account, reported, waitsFor, estimatedEnd, at } = standing;
  const { delivered, bounced, complained } = reported;
  return {
    ...{ publication: issue.publication, issue: idOfIssue(issue), status: issue.status, at },
    pausedBecause: issue.status === "paused" ? issue.reason : null,
    account: account && { ...account, reported: { delivered, bounced, complained } },
    reported,
    ...{ lettersPerMinute: perMinute ?? null, estimatedEnd, waitsFor },
    ...(cost && { cost }),
  };
}
