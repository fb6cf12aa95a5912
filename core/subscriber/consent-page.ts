import type { Publication } from "../publication.ts";
import { operator } from "../rights.ts";
import { onTheWall } from "../wall-clock.ts";
import { fill, type Language, words } from "../words.ts";
import type { Evidence } from "./consent.ts";
import type { AddressKey } from "./subscriber.ts";

/** What an authority would ask for: everything that is filed of one reader's consent, in the order it happened. */
export interface ConsentPage {
  readonly language: Language;
  readonly title: string;
  readonly facts: readonly Fact[];
  readonly publications: readonly { readonly title: string; readonly entries: readonly Entry[] }[];
  /** How the page is to be read. */
  readonly explanation: string;
}
export interface Fact {
  readonly label: string;
  readonly value: string;
}
export interface Entry {
  readonly what: string;
  readonly facts: readonly Fact[];
}

export interface ConsentInput {
  /** As `readAddress` spells it; the files themselves hold a key alone. */
  readonly address: string;
  readonly addressKey: AddressKey;
  readonly publications: readonly Pick<Publication, "id" | "title" | "timeZone" | "publisher">[];
  readonly evidence: readonly Evidence[];
  /** The words that were agreed to, by hash. */
  readonly wordings: Readonly<Record<string, string>>;
  /** Who took somebody in, as far as their publication still knows them. */
  readonly people?: readonly { readonly publication: string; readonly id: string; readonly name: string }[];
  readonly erasedAt: string | undefined;
  readonly now: Date;
}

export function consentPage(input: ConsentInput, language: Language): ConsentPage {
  const { evidence: say } = words(language);
  const { address, addressKey, erasedAt, now } = input;
  const spoken = (at: string): string => timed(at, "Europe/Berlin");
  return {
    language,
    title: say.title,
    facts: [
      { label: say.fact.address, value: address },
      { label: say.fact.addressKey, value: addressKey },
      ...(erasedAt === undefined ? [] : [{ label: say.fact.erasedAt, value: spoken(erasedAt) }]),
      { label: say.fact.madeAt, value: spoken(now.toISOString()) },
    ],
    publications: [...Map.groupBy(input.evidence, ({ publication }) => publication)].map(([id, filed]) => {
      const publication = input.publications.find((one) => one.id === id);
      const name = publication?.publisher.name;
      const entries = inOrder(filed).map((one) => entryOf(one, input, publication?.timeZone, language));
      return { title: [publication?.title ?? id, name].filter(Boolean).join(" – "), entries };
    }),
    explanation: fill(say.explanation),
  };
}

const inOrder = (filed: readonly Evidence[]): Evidence[] =>
  [...filed].sort((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0));

/** Fields with words of their own, in this order. What else a row holds is shown as it is: nothing filed is left out. */
const known = [
  ...["at", "wording", "language", "form", "requestedAt", "mail", "mailAcceptedAt", "source", "by"],
  ...["from", "to", "listed"],
] as const;
const silent: readonly string[] = ["publication", "kind", "v", "expiresAt"];

function entryOf(
  evidence: Evidence,
  { wordings, people = [] }: Pick<ConsentInput, "wordings" | "people">,
  timeZone = "Europe/Berlin",
  language: Language,
): Entry {
  const { evidence: say } = words(language);
  const fields: Readonly<Record<string, unknown>> = { ...evidence };
  const names = [...known.filter((name) => name in fields), ...Object.keys(fields).filter((name) => !isKnown(name))];
  const facts = names.flatMap((name): Fact[] => {
    const value = fields[name];
    if (name === "wording") return wordingFacts(String(value), wordings, language);
    if (name === "form") return formFacts(evidence.kind, String(value), language);
    const label = isSaid(name, say.field) ? say.field[name] : name;
    if (name === "by") return [{ label, value: personNamed(people, evidence.publication, String(value), language) }];
    return [{ label, value: /At$|^at$/.test(name) ? timed(String(value), timeZone) : plainValue(value) }];
  });
  return { what: isSaid(evidence.kind, say.kind) ? say.kind[evidence.kind] : evidence.kind, facts };
}

/** With the id that is filed: names change, and go. */
function personNamed(
  people: NonNullable<ConsentInput["people"]>,
  publication: string,
  id: string,
  language: Language,
): string {
  if (id === operator.id) return `${words(language).desk.acts.operator} (${id})`;
  const found = people.find((one) => one.publication === publication && one.id === id);
  return found ? `${found.name} (${id})` : id;
}

const isKnown = (name: string): boolean => silent.includes(name) || (known as readonly string[]).includes(name);
const isSaid = <Said extends object>(name: string, said: Said): name is string & keyof Said =>
  Object.hasOwn(said, name);

/** The words themselves, and under which hash they are kept. */
function wordingFacts(hash: string, wordings: ConsentInput["wordings"], language: Language): Fact[] {
  const { field } = words(language).evidence;
  const text = wordings[hash];
  return [
    ...(text === undefined ? [] : [{ label: field.wording, value: text }]),
    { label: field.wordingHash, value: hash },
  ];
}

/** Of a request its page; of a withdrawal by which way it came. An import says so already. */
function formFacts(kind: Evidence["kind"], form: string, language: Language): Fact[] {
  const { field, way } = words(language).evidence;
  if (kind === "import") return [];
  if (kind !== "withdrawn") return [{ label: field.form, value: form }];
  return [{ label: field.way, value: isSaid(form, way) ? way[form] : form }];
}

/** What another list told is kept word for word. */
const plainValue = (value: unknown): string =>
  typeof value === "object" && value !== null
    ? Object.entries(value)
        .map(([name, said]) => `${name}: ${String(said)}`)
        .join("; ")
    : String(value);

/** By the clock on the wall, and exactly. */
function timed(at: string, timeZone: string): string {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? at : `${onTheWall(date, timeZone).replace("T", " ")} (${date.toISOString()})`;
}
