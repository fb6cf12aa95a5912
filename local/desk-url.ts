import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { Refusal } from "../core/refusal.ts";
import { readBaseUrl } from "./base-url.ts";
import { type Call, option } from "./commands/command.ts";
import { outputsFile } from "./stage-cloud.ts";

/** The same name in the environment of a server and among what a stack says of itself. */
export const deskUrlSetting = "KURIER_DESK_URL";

/**
 * Where the desk stands: as it was typed, as the environment says, or as the stage was deployed.
 *
 * @throws Refusal `desk-url-missing`, `base-url-malformed`, `base-url-plain`
 */
export function deskUrlOf(call: Call): URL {
  const written = option(call, "desk-url") ?? process.env[deskUrlSetting] ?? deployed(option(call, "stage"));
  if (!written) throw new Refusal("desk-url-missing", { setting: deskUrlSetting });
  return readBaseUrl(written);
}

function deployed(stage: string | undefined): string | undefined {
  const file = resolve(outputsFile);
  if (stage === undefined || !existsSync(file)) return undefined;
  const outputs = JSON.parse(readFileSync(file, "utf8")) as Record<string, Record<string, string>>;
  const { Settings = "{}" } = outputs[`kurier-${stage}`] ?? {};
  return (JSON.parse(Settings) as Record<string, string>)[deskUrlSetting];
}
