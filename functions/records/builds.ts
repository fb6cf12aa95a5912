import type { Fingerprint } from "../../core/issue/issue.ts";
import type { Change, Cloud, Key } from "../cloud/cloud.ts";
import type { Place } from "./issue-control.ts";
import { madeBuildKey } from "./keys.ts";

/** The builds of an issue, each that brought other editions than the one before. */
export interface MadeBuild {
  readonly v: 1;
  readonly at: string;
  readonly by: string;
  readonly fingerprint: Fingerprint;
}

/** Written with the issue. */
export const newBuildChange = ({ publication, issue }: Place, build: MadeBuild): Change => ({
  put: { ...madeBuildKey(publication, issue, build.at), ...build },
});

/** The newest first. Builds of before there was a desk are not among them. */
export async function latestBuilds(cloud: Cloud, { publication, issue }: Place, most: number): Promise<MadeBuild[]> {
  const [from, to] = ["", "~"].map((at): Key => madeBuildKey(publication, issue, at)) as [Key, Key];
  const range = { pk: from.pk, from: from.sk, to: to.sk };
  const { items } = await cloud.table.query({ ...range, newestFirst: true, limit: most });
  return items.map(({ pk: _, sk: __, ...build }) => build as unknown as MadeBuild);
}
