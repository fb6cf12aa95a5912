import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { Refusal } from "../core/refusal.ts";
import type { Cloud } from "../functions/cloud/cloud.ts";
import { readSettings, type Settings } from "../functions/cloud/settings.ts";
import type { LinkKeys } from "../functions/desk/links.ts";

/** What `npm run deploy` writes: the outputs of every stack. */
export const outputsFile = "cdk-outputs.json";

/**
 * The cloud of a deployed stage, found by the outputs of its stack. The command line writes rows, files and messages
 * there as the desk does; the functions do the work, with their own rights.
 *
 * @throws Refusal `no-stage` when the stage was not deployed from here
 */
export async function stageCloud(stage: string | undefined): Promise<Cloud> {
  const settings = stageSettings(stage);
  // Every client of this process speaks to the stage's region, whatever the environment says.
  process.env.AWS_REGION = regionOf(settings);
  // The AWS clients are heavy: only who asks for AWS loads them.
  const [{ awsCloud }, { withEdge }] = await Promise.all([
    import("../functions/cloud/aws-cloud.ts"),
    import("../functions/cloud/edge.ts"),
  ]);
  return withEdge(awsCloud(settings));
}

/**
 * The keys that sign links, where they may be changed: no function of ours can.
 *
 * @throws Refusal `no-stage`
 */
export async function stageLinkKeys(stage: string | undefined): Promise<LinkKeys> {
  const settings = stageSettings(stage);
  process.env.AWS_REGION = regionOf(settings);
  const { managedLinkKeys } = await import("../functions/cloud/link-keys.ts");
  return managedLinkKeys(settings.linksSecret);
}

/** @throws Refusal `no-stage` */
export function stageSettings(stage: string | undefined): Settings {
  const file = resolve(outputsFile);
  const outputs = existsSync(file)
    ? (JSON.parse(readFileSync(file, "utf8")) as Record<string, Record<string, string>>)
    : {};
  const settings = stage === undefined ? undefined : outputs[`kurier-${stage}`]?.Settings;
  if (settings === undefined) throw new Refusal("no-stage", { file: outputsFile });
  return readSettings(JSON.parse(settings) as Record<string, string>);
}

/** `arn:<partition>:lambda:<region>:…` */
const regionOf = ({ planFunction }: Settings): string => planFunction.split(":")[3] ?? "";
