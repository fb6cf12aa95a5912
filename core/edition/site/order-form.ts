import { holdTogether } from "../../article/no-break.ts";
import type { Publication } from "../../publication.ts";
import { sentenceOf, wordingOf } from "../../subscriber/consent.ts";
import { type Language, languages, words } from "../../words.ts";
import type { LinkTo } from "../web/address.ts";

/** What stands in the fields of an order form: it stays when something is wrong with it. */
export interface Typed {
  readonly address: string;
  readonly name: string;
  /** Whose sentence of consent is ticked. */
  readonly publications: readonly string[];
  readonly topics: readonly string[];
  readonly format: "html" | "text";
  readonly language: Language;
}

export interface OrderForm {
  /** Other publications the form offers. */
  readonly besides: readonly Publication[];
  readonly typed: Typed;
  /** Sentences beside the field they are about. */
  readonly addressProblem?: string;
  readonly publicationsProblem?: string;
  /** The address that is probably meant: asked about, never corrected. */
  readonly meant?: string;
  /** The words of consent are others than those that were sent along. */
  readonly isChanged?: boolean;
  /** For the slower way without script: when this form was handed out, signed. */
  readonly step?: string;
}

/** Nothing is ticked: consent is given, never taken. */
export const untouched = (language: Language): Typed => ({
  ...{ address: "", name: "", publications: [], topics: [], format: "html", language },
});

/** The form as `site/order-form` prints it. @param linkTo how its page links to our addresses */
export function orderFormView(publication: Publication, form: OrderForm, language: Language, linkTo: LinkTo): object {
  const { besides, typed, meant } = form;
  const offered = [publication, ...besides];
  return {
    action: linkTo("s"),
    challenge: linkTo("s/challenge"),
    ...{ address: typed.address, name: typed.name, said: language },
    addressProblem: form.addressProblem ?? null,
    publicationsProblem: form.publicationsProblem ?? null,
    isChanged: form.isChanged ?? false,
    slip: meant ? { typed: typed.address, meant } : null,
    topics: publication.topics.map(({ id, title }) => box(id, title, typed.topics)),
    ...choicesOf(typed, language),
    isOpen: typed.format !== "html" || typed.language !== language,
    consent: offered.map((one) => box(one.id, holdTogether(sentenceOf(one, language), language), typed.publications)),
    wording: wordingOf(publication, language, besides).hash,
    step: form.step ?? null,
  };
}

/** HTML or text, and the language: as radio buttons. */
export function choicesOf({ format, language }: Pick<Typed, "format" | "language">, spoken: Language): object {
  const { preferences } = words(spoken).site;
  return {
    formats: [box("html", preferences.html, [format]), box("text", preferences.plain, [format])],
    languages: languages.map((one) => ({ ...box(one, names[one], [language]), lang: one === spoken ? null : one })),
  };
}

/** Each in its own words: who looks for theirs does not speak ours. */
const names: Readonly<Record<Language, string>> = { de: "Deutsch", en: "English" };

export const box = (value: string, label: string, chosen: readonly string[]): object => ({
  ...{ value, label, isChosen: chosen.includes(value) },
});
