import { digestOf } from "../digest.ts";
import type { Publication } from "../publication.ts";
import type { Words } from "../words.ts";

/** What an admin changes about a publication at the desk: section by section, each read, judged and saved alone. */

type SettingWords = Words["desk"]["setting"];
/** The logo is brought as a file and has a page of its own. */
export type SectionName = Exclude<keyof SettingWords["section"], "logo">;
export type FieldWords = keyof SettingWords["field"];

/** How a setting is written in a form: always a text, "" for nothing, "yes" for what is so; "others" are ids in lines. */
export type FieldKind = "line" | "address" | "days" | "colour" | "lines" | "text" | "yes" | "choice" | "others";

export interface Field {
  /** In the form, and below the publication: "publisher.name". */
  readonly name: string;
  readonly kind: FieldKind;
  readonly words: FieldWords;
  /** Of a choice. */
  readonly choices?: readonly (keyof SettingWords["choice"])[];
}
/** What stands in the fields of a form, by their names. */
export type Typed = Readonly<Record<string, string>>;

/** A field named as its words are, unless it is said otherwise. */
export const field = (kind: FieldKind, name: FieldWords, more: Partial<Field> = {}): Field => ({
  ...{ name, kind, words: name },
  ...more,
});

/** Language and id are fixed when a publication is founded: every address hangs on them. */
const sections: Readonly<Record<SectionName, readonly Field[]>> = {
  masthead: [
    field("line", "title"),
    field("line", "bold"),
    field("line", "subtitle"),
    field("line", "claim"),
    field("colour", "accent"),
  ],
  publisher: [
    field("line", "publisher.name"),
    field("lines", "publisher.address"),
    field("address", "publisher.email"),
    field("line", "publisher.phone"),
    field("line", "publisher.legalForm"),
    field("line", "publisher.register"),
    field("line", "publisher.representedBy"),
    field("line", "responsiblePerson"),
    field("line", "issn"),
  ],
  sender: [
    field("address", "sender.from"),
    field("line", "sender.name"),
    field("address", "sender.replyTo"),
    field("yes", "sender.isKnown"),
    field("line", "sender.listId"),
  ],
  contents: [field("lines", "sections")],
  authors: [field("days", "dueDays"), field("address", "submissions")],
  release: [field("choice", "approvals", { choices: ["two", "one"] }), field("yes", "checksLinks")],
  readers: [
    field("others", "besides"),
    field("yes", "welcome"),
    field("text", "consentWording.de"),
    field("text", "consentWording.en"),
  ],
  imprint: [field("text", "imprint")],
  privacy: [field("text", "privacy")],
  accessibility: [field("text", "accessibility")],
  place: [field("line", "baseUrl"), field("line", "timeZone")],
};

export const sectionNames = Object.keys(sections) as readonly SectionName[];
export const isSection = (name: string): name is SectionName => (sectionNames as readonly string[]).includes(name);

/** A topic keeps its id, whatever it is called later: readers have chosen it. */
export const topicField = (id: string): string => `topic.${id}`;
export const isTopicField = (name: string): boolean => name.startsWith("topic.");
export const newTopics = "topics";

/** The fields of a section, in their order. */
export const fieldsOf = (publication: Publication, section: SectionName): readonly Field[] => [
  ...sections[section],
  ...(section === "contents" ? topicFields(publication) : []),
];

const topicFields = ({ topics }: Publication): readonly Field[] => [
  ...topics.map(({ id }) => field("line", "topic", { name: topicField(id) })),
  field("lines", newTopics),
];

/** What stands in a section now, as a form shows it. */
export const typedOf = (publication: Publication, section: SectionName): Typed =>
  Object.fromEntries(
    fieldsOf(publication, section).map((one) => [one.name, textOf(one, standingAt(publication, one.name))]),
  );

/** Changes with what stands in a section, and with nothing else: two people may change two sections at once. */
export const stateOf = (publication: Publication, section: SectionName): string =>
  digestOf(JSON.stringify(typedOf(publication, section))).slice(0, 16);

function standingAt(publication: Publication, name: string): unknown {
  if (name === newTopics) return [];
  if (name === "bold") return publication.titleParts[0];
  const topic = publication.topics.find(({ id }) => topicField(id) === name);
  return topic ? topic.title : at(publication, name.split("."));
}

const at = (value: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>((inner, key) => (inner as Readonly<Record<string, unknown>> | undefined)?.[key], value);

function textOf({ kind }: Field, value: unknown): string {
  if (value === undefined) return "";
  if (kind === "lines" || kind === "others") return (value as readonly string[]).join("\n");
  return kind === "yes" ? (value ? "yes" : "") : String(value);
}
