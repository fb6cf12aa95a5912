import { readSignIn } from "../core/desk/sign-in.ts";
import { Refusal } from "../core/refusal.ts";
import { readBaseUrl } from "./base-url.ts";
import { type Call, option } from "./commands/command.ts";
import type { Session } from "./session.ts";

/** Where a server that is not at AWS is told so, too. */
export const deskUrlSetting = "KURIER_DESK_URL";

/**
 * Where the desk stands: as it was typed, as the stage was deployed, or as the environment says.
 *
 * @throws Refusal `desk-url-missing`, `base-url-malformed`, `base-url-plain`
 */
export async function deskUrlOf(call: Call, { cloud, isHere }: Pick<Session, "cloud" | "isHere">): Promise<URL> {
  const written =
    option(call, "desk-url") ??
    (isHere ? process.env[deskUrlSetting] : readSignIn(await cloud.secrets.read("sign-in")).deskUrl);
  if (!written) throw new Refusal("desk-url-missing", { setting: deskUrlSetting });
  return readBaseUrl(written);
}
