import { randomUUID } from "node:crypto";

/** Who holds a piece of work on this machine: a process, and which of its lives (a container's is always number 1). */
export type Holder = string;

export const newHolder = (): Holder => `${process.pid} ${randomUUID()}`;

/** True when the process that held the work has ended, so nobody need wait for its time to run out. */
export function isGone(other: Holder, us: Holder): boolean {
  if (other === us) return false;
  const pid = Number(other.split(" ")[0]);
  if (pid === process.pid) return !living.has(other);
  try {
    process.kill(pid, 0);
    return false;
  } catch (trouble) {
    return (trouble as NodeJS.ErrnoException).code === "ESRCH";
  }
}

/** The clouds open in this process. */
export const living = new Set<Holder>();
