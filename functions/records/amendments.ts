import { isOut, type Withdrawn } from "../../core/desk/standing.ts";
import { type Amendments, unamended } from "../../core/issue/amend.ts";
import { type Issue, idOfIssue } from "../../core/issue/issue.ts";
import type { Change, Cloud, Value } from "../cloud/cloud.ts";
import { type EditionPlace, publishWeb, readManifest } from "./editions.ts";
import type { Place } from "./issue-control.ts";
import { amendmentsKey } from "./keys.ts";

/** What became of a public issue since, one row an issue: its own row says what was sent. */
export interface AmendmentsRow extends Amendments {
  /** The web edition they made; undefined: the one that was sent. */
  readonly web?: string;
  /** The one that was last made public whole. */
  readonly publicWeb?: string;
  /** False until shelf and pictures followed. */
  readonly isSettled?: boolean;
}

/** Whether readers see all of it. */
export const isSeenWhole = ({ web, publicWeb, isSettled }: AmendmentsRow): boolean =>
  web === publicWeb && isSettled !== false;

export async function readAmendments(cloud: Cloud, { publication, issue }: Place): Promise<AmendmentsRow> {
  const [row] = await cloud.table.get([amendmentsKey(publication, issue)], { consistent: true });
  if (!row) return unamended;
  const { pk: _, sk: __, v: ___, ...amendments } = row;
  return amendments as unknown as AmendmentsRow;
}

/** What was withdrawn from each of these issues, by the issue's id. Only of what is out anything can be. */
export async function withdrawnFrom(cloud: Cloud, publication: string, issues: readonly Issue[]): Promise<Withdrawn> {
  const ids = issues.filter(isOut).map(idOfIssue);
  const rows = await cloud.table.get(ids.map((id) => amendmentsKey(publication, id)));
  return new Map(
    rows.flatMap((row, index) => {
      const { withdrawals = [] } = (row ?? {}) as unknown as Partial<AmendmentsRow>;
      return [[ids[index] ?? "", new Set(withdrawals.map(({ article }) => article))] as const];
    }),
  );
}

/** Replaces the version that was read; refused by the table where somebody was faster. */
export function amendmentsChange({ publication, issue }: Place, row: AmendmentsRow): Change {
  const key = amendmentsKey(publication, issue);
  const put = { ...key, v: 1, ...(row as unknown as Readonly<Record<string, Value>>) };
  return { put, if: row.version === 1 ? "absent" : { version: row.version - 1 } };
}

/**
 * Makes public what readers are to see: the web edition as it was sent, or as it was amended since. Whoever was faster
 * with an older one is overtaken: the last to end has seen the newest. Answers what is public now.
 */
export async function publishInForce(cloud: Cloud, sent: EditionPlace): Promise<EditionPlace> {
  for (;;) {
    const { web, version } = await readAmendments(cloud, sent);
    const place = { ...sent, fingerprint: web ?? sent.fingerprint };
    const manifest = await readManifest(cloud, place);
    if (!manifest) throw new Error(`there is no edition ${place.fingerprint}`);
    await publishWeb(cloud, place, manifest);
    if (web === undefined) {
      if ((await readAmendments(cloud, sent)).version === version) return place;
    } else if (await notePublic(cloud, sent, version, web)) return place;
  }
}

/** Shelf and pictures followed; whoever changed more since settles that. @param version that was there before */
export async function noteSettled(cloud: Cloud, { publication, issue }: Place, version: number): Promise<void> {
  if (version === 0) return;
  await cloud.table.each([{ patch: amendmentsKey(publication, issue), set: { isSettled: true }, if: { version } }]);
}

async function notePublic(cloud: Cloud, { publication, issue }: Place, version: number, web: string): Promise<boolean> {
  const key = amendmentsKey(publication, issue);
  const [outcome] = await cloud.table.each([{ patch: key, set: { publicWeb: web }, if: { version } }]);
  return outcome === "done";
}
