import { Refusal } from "../../core/refusal.ts";
import { fill } from "../../core/words.ts";
import type { Cloud } from "../../functions/cloud/cloud.ts";
import { listPublications, requirePublication } from "../../functions/records/publications.ts";
import type { LocalCloud } from "../cloud/local-cloud.ts";
import { type MailDoor, openMailDoor } from "../mail-door.ts";
import { type Call, option } from "./command.ts";
import { portOf } from "./port.ts";

/**
 * The door for submissions by mail, where `serve` is told to open one.
 *
 * @throws Refusal `mail-verifier-missing`, `port-malformed`, `port-taken`
 */
export async function mailDoorFor(call: Call, cloud: LocalCloud): Promise<MailDoor | undefined> {
  const port = portOf(call, "mail-port");
  if (port === undefined) return undefined;
  const verifier = option(call, "mail-verifier");
  if (!verifier) throw new Refusal("mail-verifier-missing");
  const host = option(call, "mail-host") ?? "127.0.0.1";
  return openMailDoor(cloud, { host, port, believed: { verifier }, folder: cloud.folder });
}

/** A line for each publication that takes submissions by mail. */
export async function mailLines(call: Call, cloud: Cloud, door: MailDoor | undefined): Promise<string[]> {
  if (!door) return [];
  const all = await Promise.all((await listPublications(cloud)).map((id) => requirePublication(cloud, id)));
  const lines = all.flatMap(({ submissions: address, title }) =>
    address ? [fill(call.say.mail.open, { address, title, port: door.port })] : [],
  );
  return lines.length > 0 ? lines : [fill(call.say.mail.nobody, { port: door.port })];
}
