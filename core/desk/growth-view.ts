import { dateFormat } from "../formats.ts";
import { type Growth, type GrowthMonth, growthMonths } from "../subscriber/growth.ts";
import { fill, type Language, words } from "../words.ts";
import { spokenNumber } from "./numbers.ts";
import { spokenTime } from "./spoken-time.ts";

/** How many readers there are and were, as a drawing and as its table. */

const shownMonths = 12;
const [width, height, gap] = [720, 160, 8];

export function growthView(growth: Growth | undefined, timeZone: string, language: Language): object | null {
  if (!growth) return null;
  const { growth: say } = words(language).desk.subscribers;
  const months = growthMonths(growth, shownMonths);
  const [first, last] = [months[0], months.at(-1)];
  if (!first || !last) return null;
  const number = (value: number): string => spokenNumber(language, value);
  return {
    readers: fill(say.readers, { readers: number(growth.readers) }),
    at: fill(say.at, { at: spokenTime(growth.at, timeZone, language) }),
    reckoned: months.some(({ isReckoned }) => isReckoned) ? say.reckoned : null,
    label: fill(say.label, {
      ...{ from: number(first.readers), first: monthNamed(first.month, language) },
      ...{ to: number(last.readers), last: monthNamed(last.month, language) },
    }),
    size: `0 0 ${width} ${height}`,
    bars: months.length > 1 ? barsOf(months) : [],
    heads: [say.month, say.joined, say.left, say.end],
    months: [...months].reverse().map((one) => ({
      month: monthNamed(one.month, language),
      ...{ joined: number(one.joined), left: number(one.left), readers: number(one.readers) },
    })),
  };
}

/** From the ground up, as high as the most there ever were. */
function barsOf(months: readonly GrowthMonth[]): object[] {
  const most = Math.max(1, ...months.map(({ readers }) => readers));
  const step = width / months.length;
  return months.map(({ readers, isReckoned }, index) => {
    const tall = Math.max(1, Math.round((readers / most) * height));
    return {
      ...{ x: Math.round(index * step), y: height - tall, width: Math.max(2, Math.round(step) - gap), height: tall },
      isReckoned,
    };
  });
}

/** "März 2026" */
const monthNamed = (month: string, language: Language): string =>
  dateFormat(language === "de" ? "de-DE" : "en-GB", {
    month: "long",
    year: "numeric",
    timeZone: "UTC",
  }).format(new Date(`${month}-15T00:00:00Z`));
