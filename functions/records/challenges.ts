import type { Cloud, Conflict } from "../cloud/cloud.ts";
import { blinded } from "./caps.ts";
import { challengeKey } from "./keys.ts";

/**
 * Remembers a solved challenge or a taken step for whom it was shown. The same post twice, by a second press of the
 * button or after a fault of ours, is one; for another address it is worth nothing any more.
 */
export async function useOnce(cloud: Cloud, id: string, address: string, keptMilliseconds: number): Promise<boolean> {
  const now = cloud.clock.now();
  const used = await blinded(cloud, now, `${id} ${address}`);
  const expiresAt = new Date(now.getTime() + keptMilliseconds).toISOString();
  const [outcome] = await cloud.table.each([
    { put: { ...challengeKey(id), v: 1, for: used, expiresAt }, if: "absent" },
  ]);
  return outcome === "done" || (outcome as Conflict).failed[0]?.found?.for === used;
}
