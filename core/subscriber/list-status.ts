import { Refusal, type RefusalCode } from "../refusal.ts";
import { words } from "../words.ts";
import { type Cells, type Columns, plain } from "./list-columns.ts";

/** Whether somebody is subscribed where the list comes from. Who is not, is never taken in. */

const { de, en } = { de: words("de").state.subscriber, en: words("en").state.subscriber };

/** What states are called by listmonk, Mailchimp, CleverReach and our own export, signs and case left out. */
const meanings = new Map<string, RefusalCode | "subscribed">([
  ...as("subscribed", "", "enabled", "confirmed", "subscribed", "active", "aktiv", "abonniert", "ja", "yes", "true"),
  ...as("listed-left", "unsubscribed", "abgemeldet", "optedout", "optout", "moved", de.moved, en.moved),
  ...as("listed-unconfirmed", "unconfirmed", "pending", "nonsubscribed", "transactional"),
  ...as("listed-inactive", "blocklisted", "blacklisted", "disabled", "archived", "gesperrt", "inactive", "inaktiv"),
  ...as("listed-bounced", "cleaned", "bounced", "unzustellbar"),
  ...[de, en].flatMap((said) => [
    ...as("subscribed", said.confirmed),
    ...as("listed-unconfirmed", said.pending),
    ...as("listed-left", said.unsubscribed),
  ]),
]);

function as<const Meaning>(meaning: Meaning, ...said: string[]): [string, Meaning][] {
  return said.map((word) => [plain(word), meaning]);
}

/** @throws Refusal `listed-…` for who is not subscribed there, or in a state nobody can read */
export function demandSubscribed(cells: Cells, columns: Columns, record: readonly string[]): void {
  if (isSaid(cells("unsubscribedAt"))) throw new Refusal("listed-left");
  if (isSaid(cells("cleanedAt"))) throw new Refusal("listed-bounced");
  demandActive(cells);
  for (const index of columns.states) {
    const said = record[index] ?? "";
    const meaning = meanings.get(plain(said));
    if (meaning === undefined || /[@\d]/.test(said)) throw new Refusal("listed-unknown", { state: shown(said) });
    if (meaning !== "subscribed") throw new Refusal(meaning);
  }
}

/** CleverReach: `active` decides; without that column, the times somebody was activated and deactivated. */
function demandActive(cells: Cells): void {
  const active = cells("active");
  if (active !== undefined) {
    if (!/^(1|true|wahr|ja|yes|x|active|aktiv)$/i.test(active)) throw new Refusal("listed-inactive");
    return;
  }
  if (isSaid(cells("deactivated"))) throw new Refusal("listed-left");
  const activated = cells("activated");
  if (activated !== undefined && !isSaid(activated)) throw new Refusal("listed-unconfirmed");
}

/** A time or a yes; systems write "never" as nothing, 0 or 0000-00-00. */
const isSaid = (cell: string | undefined): boolean =>
  cell !== undefined && /[^\s0.:\-TZ]/.test(cell) && !/^(nein|no|false|falsch|null|none)$/i.test(cell);

/** A cell somebody else wrote goes into a sentence: short, and never an address. */
const shown = (said: string): string => (said.includes("@") ? "…@…" : said.trim().slice(0, 30));
