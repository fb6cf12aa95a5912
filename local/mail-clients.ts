import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import * as z from "zod";

/**
 * Condenses caniemail.com's data into `core/check/mail-clients.json`: `npm run mail-clients` after a new release of the
 * package. Only the clients our readers use, one sign each.
 */

const file = join(import.meta.dirname, "..", "core", "check", "mail-clients.json");

/** By caniemail's names, in the order of the table. */
const clients = [
  ...["outlook.windows", "outlook.outlook-com", "outlook.macos", "outlook.ios", "outlook.android"],
  ...["gmx.desktop-webmail", "gmx.ios", "gmx.android"],
  ...["web-de.desktop-webmail", "web-de.ios", "web-de.android"],
  "t-online-de.desktop-webmail",
  ...["gmail.desktop-webmail", "gmail.mobile-webmail", "gmail.ios", "gmail.android"],
  ...["apple-mail.macos", "apple-mail.ios"],
] as const;

const given = z.object({
  last_update_date: z.string(),
  data: z.array(
    z.object({
      slug: z.string(),
      title: z.string(),
      /** family → platform → version → "y", "n", "a #1", "u" */
      stats: z.record(z.string(), z.record(z.string(), z.record(z.string(), z.string()))),
    }),
  ),
});
type Feature = z.infer<typeof given>["data"][number];

/** One line a feature, so that a new release is a change people can read. */
export function condensed(): string {
  const { last_update_date: updated, data } = given.parse(
    JSON.parse(readFileSync(createRequire(import.meta.url).resolve("caniemail/caniemail.json"), "utf8")),
  );
  const features = data.map(
    (feature) => [feature.slug, [feature.title, clients.map(signOf(feature)).join("")]] as const,
  );
  const lines = features.map(([slug, row]) => `    ${JSON.stringify(slug)}: ${JSON.stringify(row)}`).join(",\n");
  const head = `  "source": "caniemail.com",\n  "updated": ${JSON.stringify(updated.slice(0, 10))},\n`;
  return `{\n${head}  "clients": ${JSON.stringify(clients)},\n  "features": {\n${lines}\n  }\n}\n`;
}

/** Of its newest version: y as meant, a in part, n not, u nobody knows. */
const signOf =
  ({ stats }: Feature) =>
  (client: (typeof clients)[number]): string => {
    const [family = "", platform = ""] = client.split(".");
    const [newest] = Object.entries(stats[family]?.[platform] ?? {}).sort(([one], [other]) => byAge(other, one));
    return /^[yan]/.exec(newest?.[1] ?? "u")?.[0] ?? "u";
  };

/** "2019-02" (a day of testing) is older than any "16.80" beside it; else number by number. */
function byAge(one: string, other: string): number {
  const isDay = (version: string): boolean => /^20\d\d\b/.test(version);
  if (isDay(one) !== isDay(other)) return isDay(one) ? -1 : 1;
  return one.localeCompare(other, "en", { numeric: true });
}

if (import.meta.main) {
  writeFileSync(file, condensed());
  process.stdout.write(`${file}\n`);
}
