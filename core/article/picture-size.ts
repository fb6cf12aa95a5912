import { Refusal } from "../refusal.ts";

/** Apart from what opens pictures: the desk asks for sizes, and never opens one. */

export const maxPictureBytes = 50_000_000;

/** @throws Refusal `picture-bytes` */
export function demandPictureSize(name: string, bytes: number): void {
  if (bytes > maxPictureBytes) throw new Refusal("picture-bytes", { name, megabytes: Math.ceil(bytes / 1e6) });
}
