import { noncharacters } from "./slots.ts";

/** What HTML, mail and terminals must never be handed; a tab and a line break are fine. */
const controls = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F]/g;
/** Hardly any text has one of them, and all texts of every page are asked. */
const doubtful = new RegExp([noncharacters, controls, /[\uD800-\uDFFF]/].map(({ source }) => source).join("|"));

/**
 * Every forbidden character made visible as U+FFFD. Intake removes them already; here it is what keeps a slot from
 * being forged, whatever way the text came in.
 */
export const visible = (text: string): string =>
  doubtful.test(text) ? text.toWellFormed().replace(noncharacters, "\uFFFD").replace(controls, "\uFFFD") : text;

/** Line breaks in author text are where an editor's window ended; those that count are inlines of their own. */
export const oneLine = (text: string): string => text.replace(/\s*[\r\n\t]+\s*/g, " ");

/** "Editorial" and "EDITORIAL" */
export const isSameName = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

/** The same data with every string in it changed, keys too; what holds none that changes is handed back, not copied. */
export function eachText<T>(value: T, change: (text: string) => string): T {
  if (typeof value === "string") return change(value) as T;
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) {
    const all = value.map((inner) => eachText(inner, change));
    return all.every((inner, index) => inner === value[index]) ? value : (all as T);
  }
  const before = Object.entries(value);
  const after = before.map(([key, inner]) => [change(key), eachText(inner, change)] as const);
  const isSame = after.every(([key, inner], index) => key === before[index]?.[0] && inner === before[index]?.[1]);
  return isSame ? value : (Object.fromEntries(after) as T);
}
