import { noncharacters } from "./slots.ts";

/** What HTML, mail and terminals must never be handed; a tab and a line break are fine. */
const controls = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F]/g;

/**
 * The same value with every forbidden character of its strings made visible as U+FFFD. Intake removes them already;
 * here it is what keeps a slot from being forged, whatever way the text came in.
 */
export function visible<T>(value: T): T {
  if (typeof value === "string") {
    return value.toWellFormed().replace(noncharacters, "\uFFFD").replace(controls, "\uFFFD") as T;
  }
  if (Array.isArray(value)) return value.map(visible) as T;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [visible(key), visible(inner)])) as T;
}
