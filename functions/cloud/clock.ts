import { randomBytes } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import type { Clock } from "./cloud.ts";

/** The machine's own time and randomness. */
export const systemClock: Clock = {
  now: () => new Date(),
  id: () => randomBytes(16).toString("base64url"),
  sleep: (milliseconds) => setTimeout(milliseconds),
};
