import { Refusal } from "../refusal.ts";

/** What a list may say of a reader, one column each; of states there may be several, and each counts. */
type ListColumn =
  | ("email" | "name" | "first" | "last" | "language" | "topics" | "format" | "away" | "source")
  | ("requestedAt" | "confirmedAt" | "active" | "activated" | "deactivated" | "unsubscribedAt" | "cleanedAt");

/** Headings as listmonk, Mailchimp, CleverReach, German office programs and our own export write them; the surer first. */
const headings: Readonly<Record<ListColumn, readonly string[]>> = {
  email: ["email", "emailadresse", "mailadresse", "emailaddress", "mail", "adresse", "address"],
  name: ["name", "vollername", "vollständigername", "fullname"],
  first: ["vorname", "firstname", "givenname"],
  last: ["nachname", "familienname", "zuname", "lastname", "surname", "familyname"],
  language: ["sprache", "language", "lang", "locale"],
  topics: ["themen", "topics"],
  format: ["format"],
  away: ["ruhebis", "awayuntil"],
  source: ["quelle", "consentsource", "einwilligungsquelle"],
  requestedAt: [
    ...["requestedat", "bestelltam", "registered", "registriert", "optintime"],
    ...["registrierungsdatum", "anmeldedatum", "angemeldetam", "bestelldatum"],
  ],
  confirmedAt: [
    ...["confirmedat", "bestätigtam", "confirmtime", "bestätigungsdatum"],
    ...["datumdereinwilligung", "einwilligungsdatum", "einwilligungam", "consentdate"],
  ],
  active: ["active", "aktiv"],
  activated: [
    ...["activated", "aktiviert", "aktivierungsdatum", "aktiviertam"],
    ...["confirmed", "bestätigt", "doubleoptin", "doi"],
  ],
  deactivated: ["deactivated", "deaktiviert", "deaktivierungsdatum", "deaktiviertam"],
  unsubscribedAt: [
    ...["unsubtime", "unsubscribedat", "abbestelltam", "unsubscribed", "unsubscribedate", "optout", "optouttime"],
    ...["abgemeldet", "abgemeldetam", "abmeldedatum", "abbestellt", "widerrufen", "widerrufenam", "widerrufsdatum"],
  ],
  cleanedAt: ["cleantime", "bounced", "bouncedat"],
};
const states = [
  ...["status", "state", "stand", "zustand", "abostatus"],
  ...["subscriptionstatus", "emailmarketingstatus", "marketingstatus", "memberstatus"],
];

/** Where everything stands in this list. */
export interface Columns {
  readonly at: Readonly<Partial<Record<ListColumn, number>>>;
  readonly states: readonly number[];
}
/** What stands in one line under a heading; undefined where there is no such column. */
export type Cells = (column: ListColumn) => string | undefined;

/** @throws Refusal `list-without-email` */
export function readHeadings(cells: readonly string[]): Columns {
  const typed = cells.map(plain);
  const indexOf = (names: readonly string[]): number =>
    names.map((name) => typed.indexOf(name)).find((index) => index >= 0) ?? -1;
  const found = Object.entries(headings).map(([column, names]) => [column, indexOf(names)] as const);
  const at: Columns["at"] = Object.fromEntries(found.filter(([, index]) => index >= 0));
  if (at.email === undefined) throw new Refusal("list-without-email");
  return { at, states: typed.flatMap((heading, index) => (states.includes(heading) ? [index] : [])) };
}

/** Case and signs do not count: "E-Mail-Adresse", "EMAIL_ADDRESS". */
export const plain = (words: string): string =>
  words
    .normalize("NFC")
    .toLowerCase()
    .replace(/[^\p{L}]/gu, "");

export const cellsOf =
  ({ at }: Columns, record: readonly string[]): Cells =>
  (column) => {
    const index = at[column];
    return index === undefined ? undefined : bare(record[index]?.trim() ?? "");
  };

/** Without the ' that keeps an office program from running a cell as a formula. */
export const bare = (cell: string): string => cell.replace(/^'(?='*\s*[=+\-@＝＋－＠])/u, "");
