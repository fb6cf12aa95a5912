import type { Wording } from "../../core/subscriber/consent.ts";
import type { Cloud } from "../cloud/cloud.ts";

/** Keeps the words of a form for good, before anybody can agree to them. Kept before: nothing happens. */
export async function keepWording(cloud: Cloud, wording: Wording): Promise<void> {
  throw new Error("to be written");
}

export async function readWording(
  cloud: Cloud,
  hash: string,
): Promise<(Wording & { readonly firstShownAt: string }) | undefined> {
  throw new Error("to be written");
}
