import { readFileSync, writeFileSync } from "node:fs";

/**
 * The most resident memory this process had since {@link forgetPeak}, in megabytes; undefined where the system does
 * not tell. `resourceUsage().maxRSS` would also count what the parent process once had.
 *
 * @see proc(5), VmHWM and clear_refs
 */
export function peakMegabytes(): number | undefined {
  const status = readFileSync("/proc/self/status", { encoding: "utf8", flag: "r" });
  const kibibytes = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1];
  return kibibytes === undefined ? undefined : (Number(kibibytes) * 1024) / 1e6;
}

/** From here on only new memory counts. */
export const forgetPeak = (): void => writeFileSync("/proc/self/clear_refs", "5");

/** By how many megabytes the process grew at the highest while it worked; undefined where the system does not tell. */
export async function growthDuring(work: () => Promise<unknown>): Promise<number | undefined> {
  try {
    forgetPeak();
  } catch {
    await work();
    return undefined;
  }
  const before = peakMegabytes() ?? 0;
  await work();
  return (peakMegabytes() ?? 0) - before;
}
