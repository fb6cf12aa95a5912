import { rounds } from "../../../core/delivery/delivery.ts";
import type { EntryOf } from "../../../core/delivery/journal.ts";
import type { Pass } from "../../../core/delivery/rest.ts";
import type { Issue, Scheduled } from "../../../core/issue/issue.ts";
import type { Cloud } from "../../cloud/cloud.ts";
import { type Control, type ForWhom, openIssues, type Place, readControl } from "../../records/issue-control.ts";
import { readIssue } from "../../records/issues.ts";
import { issueName } from "../../records/keys.ts";
import { readRounds } from "../../records/rounds.ts";

/** What a table that was restored cannot know of its issues. */

/** An issue of which letters may have left that the table knows nothing of. */
export interface Doubt extends Place {
  /** Undefined when the table is older than the issue. */
  readonly found: Issue | undefined;
  readonly control: Control | undefined;
  /** What it began with, by the table or else by the journal. */
  readonly began: Pick<Control, "fingerprint" | "language" | "startedAt"> & ForWhom;
  /** The last "send to the rest" that may have been, and whom any of them meant. */
  readonly reach: Pass;
}
export interface Doubts {
  readonly issues: readonly Doubt[];
  /** Their time came and nothing says that they began: only a person can know. */
  readonly overdue: readonly Scheduled[];
}

/** The first beginning of an issue by the journal, and how far any "send to the rest" went. */
export type Begun = Omit<EntryOf<"begun">, "v" | "kind">;

/** One beginning more: the reach only grows. */
export const plusBegun = (known: Begun | undefined, { v: _, kind: __, ...begun }: EntryOf<"begun">): Begun => ({
  ...(known ?? begun),
  pass: Math.max(known?.pass ?? 0, begun.pass),
  rest: [...new Set([...(known?.rest ?? []), ...begun.rest])],
});

/** @param begun by the issue's name */
export async function doubtsOf(cloud: Cloud, begun: ReadonlyMap<string, Begun>): Promise<Doubts> {
  const issues: Doubt[] = [];
  const overdue: Scheduled[] = [];
  for (const place of await suspects(cloud, begun)) {
    const found = await readIssue(cloud, place.publication, place.issue);
    const control = await readControl(cloud, place);
    const journal = begun.get(issueName(place.publication, place.issue));
    const began = control ?? (journal && { ...journal, startedAt: journal.at });
    if (began && (await isInDoubt(cloud, place, found, control, journal))) {
      const resend = Math.max(control?.resend ?? 0, journal?.pass ?? 0);
      const rest = [...new Set([...(control?.rest ?? []), ...(journal?.rest ?? [])])];
      issues.push({ ...place, found, control, began, reach: { resend, rest } });
    } else if (found?.status === "scheduled" && Date.parse(found.sendAt) <= cloud.clock.now().getTime()) {
      overdue.push(found);
    }
  }
  return { issues, overdue };
}

/** Whatever the table holds open, and whatever the journal says began; each once. */
async function suspects(cloud: Cloud, begun: ReadonlyMap<string, Begun>): Promise<Place[]> {
  const places = [...(await openIssues(cloud)), ...begun.values()].map(({ publication, issue }) => ({
    publication,
    issue,
  }));
  return [...new Map(places.map((place) => [issueName(place.publication, place.issue), place])).values()];
}

async function isInDoubt(
  cloud: Cloud,
  place: Place,
  found: Issue | undefined,
  control: Control | undefined,
  journal: Begun | undefined,
): Promise<boolean> {
  // Cancelled before its time: it never began, whatever a planner entered in that very moment.
  if (!control) return found?.status !== "cancelled";
  if (journal && journal.pass > control.resend) return true;
  if (control.state !== "cancelled") return control.state !== "sent";
  // Cancelled and not yet settled: letters may have been in hand. Before everything was frozen there were none.
  const frozen = await readRounds(cloud, place);
  return frozen.length === rounds.length && frozen.some(({ phase }) => phase === "walking");
}
