import { type Build, type Differences, differencesOf } from "../../core/desk/differences.ts";
import type { Cover } from "../../core/edition/web/cover.ts";
import { type Issue, issueLabel } from "../../core/issue/issue.ts";
import { Refusal } from "../../core/refusal.ts";
import type { Person } from "../../core/rights.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { demand } from "../records/acts.ts";
import { type EditionPlace, readEditionFile, readManifest } from "../records/editions.ts";
import type { Place } from "../records/issue-control.ts";
import { requireIssue } from "../records/issues.ts";

/**
 * What changed between two builds of an issue, by their fingerprints. Reads only.
 *
 * @throws Refusal `no-build`, `no-issue`, `not-allowed`
 */
export async function compareBuilds(
  cloud: Cloud,
  person: Person,
  place: Place,
  [before, after]: readonly [string, string],
): Promise<Differences> {
  demand(person, "read-issues", { publication: place.publication, kind: "issue", id: place.issue });
  const issue = await requireIssue(cloud, place.publication, place.issue);
  const [was, is] = await Promise.all([buildOf(cloud, place, issue, before), buildOf(cloud, place, issue, after)]);
  return differencesOf(was, is);
}

async function buildOf(cloud: Cloud, place: Place, issue: Issue, fingerprint: string): Promise<Build> {
  const edition: EditionPlace = { ...place, fingerprint, language: issue.language };
  const manifest = /^[0-9a-f]{64}$/.test(fingerprint) ? await readManifest(cloud, edition) : undefined;
  if (!manifest) throw new Refusal("no-build", { issue: issueLabel(issue) });
  const [text, cover] = await Promise.all(
    ["email.txt", "cover.json"].map(async (path) =>
      Buffer.from(await readEditionFile(cloud, edition, path)).toString(),
    ),
  );
  return { manifest, text: text ?? "", cover: JSON.parse(cover ?? "{}") as Cover };
}
