import { vi } from "vitest";
import { scheduleSpring, someReaders, takeIn } from "../../an-issue-to-send.ts";
import { type ADesk, aDesk, type Visitor } from "./a-desk.ts";

/** The desk with the spring issue scheduled for thirty readers, and a publisher who looks after it. Its logs are silent. */
export async function aDeskThatSends(): Promise<{ readonly house: ADesk; readonly henrike: Visitor }> {
  for (const way of ["info", "warn", "error"] as const) vi.spyOn(console, way).mockImplementation(() => {});
  const house = await aDesk();
  await scheduleSpring(house.cloud);
  await takeIn(house.cloud, someReaders(30));
  return { house, henrike: await house.as("publisher") };
}
