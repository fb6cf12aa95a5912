import type * as z from "zod";
import { slugOf, slugTry } from "../article/slug.ts";
import type { House } from "../edition/edition.ts";
import { paletteFor } from "../edition/palette.ts";
import { readAddress } from "../email-address.ts";
import { type Publication, publicationSchema } from "../publication.ts";
import { Refusal } from "../refusal.ts";
import { type Field, fieldsOf, newTopics, type SectionName, type Typed, topicField, typedOf } from "./settings.ts";

/** What was typed into a section, made into settings; or what is wrong with it, by field. */

export type Problems = ReadonlyMap<string, Refusal>;
/** Ticked by whoever moves a publication to another address. */
export const confirmField = "confirm";
export type Raw = Readonly<Record<string, unknown>>;

/** Answers the whole publication as it would be; a field that no form held stays as it stands. */
export function readSection(
  publication: Publication,
  section: SectionName,
  given: Typed,
  palette: House["palette"],
): { readonly changed: Publication } | { readonly problems: Problems } {
  const fields = fieldsOf(publication, section);
  const typed = { ...typedOf(publication, section), ...given };
  const result = publicationSchema.safeParse(changedBy(publication, section, typed));
  const problems: Problems = new Map([
    ...moved(publication, section, typed),
    ...problemsIn(fields, typed, result.error?.issues ?? [], palette),
  ]);
  return result.success && problems.size === 0 ? { changed: result.data } : { problems };
}

/** What the schema and we have to say, at the fields it is about. */
export const problemsIn = (
  fields: readonly Field[],
  typed: Typed,
  issues: readonly z.core.$ZodIssue[],
  palette: House["palette"],
): Problems =>
  new Map([
    ...issues.flatMap((issue) => problemOf(fields, issue, typed)),
    ...fields.flatMap((field) => ownProblem(field, typed, palette)),
  ]);

function changedBy(publication: Publication, section: SectionName, typed: Typed): unknown {
  const changed = written(publication, fieldsOf(publication, section), typed);
  if (section === "masthead") return { ...changed, titleParts: halves(typed) };
  return section === "contents" ? { ...changed, topics: topicsOf(publication, typed) } : changed;
}

/** Settings with what was typed into some fields; halves of a name and topics are made of several. */
export const written = (settings: Raw, fields: readonly Field[], typed: Typed): Raw =>
  fields
    .filter(({ words }) => !["bold", "topic", "topics"].includes(words))
    .reduce((made, field) => put(made, field.name.split("."), settingOf(field, typed[field.name] ?? "")), settings);

function put(settings: Raw, [key = "", ...rest]: readonly string[], value: unknown): Raw {
  const { [key]: standing, ...others } = settings;
  const inner = rest.length > 0 ? put((standing ?? {}) as Raw, rest, value) : value;
  return inner === undefined ? others : { ...others, [key]: inner };
}

function settingOf({ kind, name }: Field, text: string): unknown {
  if (text === "" && optional.has(name)) return undefined;
  if (kind === "yes") return text === "yes";
  if (kind === "lines" || kind === "others") return linesOf(text);
  if (kind === "days") return /^\d{1,4}$/.test(text) ? Number(text) : Number.NaN;
  if (kind === "address" && text !== "") return spelled(text);
  if (name === "baseUrl") return withoutSlash(text);
  if (name === "sender.listId") return text.toLowerCase();
  return text;
}

/** What is left out when it is empty; other empty lines are an empty text. */
const optional: ReadonlySet<string> = new Set([
  ...["submissions", "issn", "sender.isKnown", "consentWording.de", "consentWording.en"],
]);

const linesOf = (text: string): string[] =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);

/** The first half is bold, the rest of the name light: the name can never be another than its halves. */
export const halves = ({ title = "", bold = "" }: Typed): readonly [string, string] =>
  bold !== "" && title.startsWith(bold) ? [bold, title.slice(bold.length)] : [title, ""];

function topicsOf({ topics, language }: Publication, typed: Typed): Publication["topics"] {
  const kept = topics.flatMap(({ id }) => {
    const title = typed[topicField(id)] ?? "";
    return title === "" ? [] : [{ id, title }];
  });
  // The id of a topic that goes is not given to another: readers may still hold it.
  const taken = new Set(topics.map(({ id }) => id));
  return [...kept, ...linesOf(typed[newTopics] ?? "").map((title) => ({ id: freeId(title, language, taken), title }))];
}

const longestId = 28;

function freeId(title: string, language: Publication["language"], taken: Set<string>): string {
  const slug = slugOf(title, language).slice(0, longestId).replace(/-+$/, "");
  const turn = Array.from({ length: taken.size + 1 }, (_, index) => index + 1);
  const id = turn.map((number) => slugTry(slug, number)).find((one) => !taken.has(one)) ?? slug;
  taken.add(id);
  return id;
}

/** What the schema says, at the field it is about. */
function problemOf(fields: readonly Field[], issue: z.core.$ZodIssue, typed: Typed): [string, Refusal][] {
  const path = issue.path.join(".");
  const field = fields.find(({ name }) => path === name || path.startsWith(`${name}.`));
  if (!field) return [];
  return [[field.name, refusalAt(field, issue, path === field.name && (typed[field.name] ?? "") === "")]];
}

function refusalAt({ words }: Field, issue: z.core.$ZodIssue, isEmpty: boolean): Refusal {
  if (isEmpty || (issue.code === "too_small" && issue.origin !== "number")) return new Refusal("setting-missing");
  if (issue.code === "too_big" && issue.origin === "string")
    return new Refusal("setting-long", { most: Number(issue.maximum) });
  if (issue.code === "too_big" && issue.origin === "array")
    return new Refusal("setting-many", { most: Number(issue.maximum) });
  return new Refusal(wrong[words] ?? "setting-wrong");
}

const wrong: Readonly<Partial<Record<Field["words"], Refusal["code"]>>> = {
  accent: "setting-colour",
  issn: "setting-issn",
  "sender.listId": "setting-list-id",
  baseUrl: "setting-url",
  timeZone: "setting-time-zone",
  dueDays: "setting-days",
  sections: "setting-twice",
  topics: "setting-twice",
};

/** What only we know: how an address is spelled, which colours can be read, where a name is cut. */
function ownProblem({ name, kind }: Field, typed: Typed, palette: House["palette"]): [string, Refusal][] {
  const text = typed[name] ?? "";
  if (text === "") return [];
  const refusal =
    kind === "address"
      ? refusalOf(() => readAddress(text))
      : kind === "colour" && /^#[0-9a-f]{6}$/i.test(text)
        ? refusalOf(() => paletteFor(text, palette))
        : name === "bold" && !(typed.title ?? "").startsWith(text)
          ? new Refusal("setting-bold", { title: typed.title ?? "" })
          : undefined;
  return refusal ? [[name, refusal]] : [];
}

/** What others hold on to, every link there ever was or every reader's filter: whoever changes it says so twice. */
const heldOn: Readonly<Partial<Record<SectionName, { readonly name: string; readonly code: MovedCode }>>> = {
  place: { name: "baseUrl", code: "setting-moved" },
  sender: { name: "sender.listId", code: "setting-list-moved" },
};
export type MovedCode = "setting-moved" | "setting-list-moved";

function moved(publication: Publication, section: SectionName, typed: Typed): [string, Refusal][] {
  const held = heldOn[section];
  const field = fieldsOf(publication, section).find(({ name }) => name === held?.name);
  if (!held || !field || typed[confirmField] === "yes") return [];
  const isSame = settingOf(field, typed[held.name] ?? "") === typedOf(publication, section)[held.name];
  return isSame ? [] : [[held.name, new Refusal(held.code)]];
}

/** The change that only has to be confirmed; undefined where there is none, or more is wrong with it. */
export const toConfirm = (problems: Problems | undefined): MovedCode | undefined =>
  Object.values(heldOn).find(({ name, code }) => problems?.get(name)?.code === code)?.code;

const withoutSlash = (url: string): string => url.replace(/\/+$/, "");

const spelled = (text: string): string => (refusalOf(() => readAddress(text)) ? text : readAddress(text));

function refusalOf(judge: () => unknown): Refusal | undefined {
  try {
    judge();
    return undefined;
  } catch (refusal) {
    if (refusal instanceof Refusal) return refusal;
    throw refusal;
  }
}
