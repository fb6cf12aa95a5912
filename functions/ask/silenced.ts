import type { AddressKey } from "../../core/subscriber/subscriber.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { suppressionKey } from "../records/keys.ts";

/** A mailbox that once came back has just written, or is known to the desk; all others meant it when they said no. */
export async function isSilenced(cloud: Cloud, addressKey: AddressKey): Promise<boolean> {
  const [suppression] = await cloud.table.get([suppressionKey(addressKey)], { consistent: true });
  return suppression !== undefined && suppression.reason !== "bounced";
}
