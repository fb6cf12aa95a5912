import type { Cloud } from "../../cloud/cloud.ts";

/** A piece of long work fits a request that way; the next one goes on. */
const pieceSeconds = 10;

export function lateIn({ clock }: Cloud, seconds: number = pieceSeconds): () => boolean {
  const until = clock.now().getTime() + seconds * 1000;
  return () => clock.now().getTime() >= until;
}
