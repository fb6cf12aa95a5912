import type { OrderForm, Typed } from "../edition/site/order-form.ts";
import { demandReader, likelyDomain, readAddress } from "../email-address.ts";
import type { Publication } from "../publication.ts";
import { Refusal } from "../refusal.ts";
import { type Language, languages, refusalSentence, words } from "../words.ts";
import { wordingOf } from "./consent.ts";
import { readName } from "./name.ts";

/** The fields of a form as they came, each as often as it came. */
export type Fields = ReadonlyMap<string, readonly string[]>;

/** Whose form it is, what it offers besides, and in which language it is read. */
export interface Door {
  readonly publication: Publication;
  readonly besides: readonly Publication[];
  readonly language: Language;
}

/** sound: may be asked for · elsewhere: from another site, where nobody read our words of consent · else: to be looked at again. */
export type Read = { readonly typed: Typed } & (
  | { readonly is: "sound" }
  | { readonly is: "elsewhere" }
  | { readonly is: "unsound"; readonly form: OrderForm }
);

/** Reads an order. What was typed stays; what is wrong with it is said beside it. */
export function readOrder(door: Door, fields: Fields): Read {
  const { publication, besides, language } = door;
  const typed = typedIn(door, fields);
  const again = (problem: Partial<OrderForm>): Read => ({
    ...{ is: "unsound", typed, form: { besides, typed, ...problem } },
  });
  const address = readOwn(typed.address, one(fields, "meant"), language);
  if ("problem" in address) return again({ addressProblem: address.problem, ...noneOf(door, typed) });
  if ("meant" in address) return again({ meant: address.meant });
  const sound = { ...typed, address: address.sound };
  const shown = one(fields, "wording");
  if (shown === "") return { is: "elsewhere", typed: sound };
  if (typed.publications.length === 0) return again(noneOf(door, typed));
  if (shown !== wordingOf(publication, language, besides).hash) return again({ isChanged: true });
  return { is: "sound", typed: sound };
}

const noneOf = ({ language }: Door, { publications }: Typed): Partial<OrderForm> =>
  publications.length === 0 ? { publicationsProblem: words(language).site.order.none } : {};

/** An address somebody typed as theirs: sound, or a sentence, or the one that was probably meant. */
export function readOwn(
  typed: string,
  meant: string,
  language: Language,
): { readonly sound: string } | { readonly problem: string } | { readonly meant: string } {
  try {
    const address = readAddress(typed);
    demandReader(address);
    const domain = likelyDomain(address);
    if (!domain || meant === typed) return { sound: address };
    const likely = `${address.slice(0, address.indexOf("@"))}@${domain}`;
    return meant === likely ? { sound: likely } : { meant: likely };
  } catch (trouble) {
    if (trouble instanceof Refusal) return { problem: refusalSentence(language, trouble) };
    throw trouble;
  }
}

/** Longer than any address, so that its sentence can say so; the page shows it again. */
const longestTyped = 300;

function typedIn({ publication, besides, language }: Door, fields: Fields): Typed {
  const offered = [publication, ...besides].map(({ id }) => id);
  const topics = publication.topics.map(({ id }) => id);
  return {
    address: one(fields, "address").trim().slice(0, longestTyped),
    name: readName(one(fields, "name")),
    publications: offered.filter((id) => fields.get("publication")?.includes(id)),
    topics: topics.filter((id) => fields.get("topic")?.includes(id)),
    format: one(fields, "format") === "text" ? "text" : "html",
    language: languages.find((each) => each === one(fields, "language")) ?? language,
  };
}

export const one = (fields: Fields, name: string): string => fields.get(name)?.[0] ?? "";
