import { halfHidden } from "../../email-address.ts";
import { issueLabel } from "../../issue/issue.ts";
import { paths } from "../../publication.ts";
import { fill, type Language, languages, words } from "../../words.ts";
import type { Address } from "../web/address.ts";
import type { Cover } from "../web/cover.ts";
import type { OrderForm } from "./order-form.ts";
import { embedded, orderContent } from "./order-pages.ts";
import { type Knowing, knowing, type Preferences, preferencesContent } from "./own-pages.ts";
import { type Content, contactOf, named, type Place } from "./place.ts";

interface Half {
  /** The reader's address; only half of it is shown, links get forwarded. */
  readonly address?: string;
}

/** Every page of the site, by the name of its template and its wording. */
export const siteViews = {
  order: (form: OrderForm, place: Place): Content => orderContent(form, place),
  slower: (form: OrderForm & { readonly isSoon: boolean }, place: Place): Content => ({
    ...orderContent(form, place),
    ...(form.isSoon && { mark: words(place.language).site.order.mark }),
  }),
  form: (_: object, place: Place): Content => {
    const code = embedded(place);
    return { view: { code, lines: code.split("\n").length, order: place.order } };
  },
  mailbox: ({ address }: { readonly address: string }, place: Place): Content => ({
    view: { address, contact: contactOf(place) },
  }),
  submit: (_: object, place: Place): Content => submitContent(place),
  closed: (_: object, place: Place): Content => ({ view: { contact: contactOf(place) } }),
  confirm: ({ address, titles }: Half & { readonly titles: readonly string[] }, place: Place): Content => ({
    ...half({ address }),
    details: { publications: listed(titles, place.language) },
  }),
  "confirm-move": ({ address }: Half, place: Place): Content => ({ ...half({ address }), details: named(place) }),
  confirmed: (
    given: { readonly titles: readonly string[]; readonly cover: Cover | undefined; readonly preferences: Address },
    place: Place,
  ): Content => ({
    view: { issue: given.cover ? issueOf(given.cover, place) : null, preferences: place.linkTo(given.preferences) },
    details: { publications: listed(given.titles, place.language) },
  }),
  moved: (_: object, place: Place): Content => ({ details: named(place) }),
  already: (_: object, place: Place): Content => ({ view: { start: place.linkTo("") } }),
  stale: (_: object, { order }: Place): Content => ({ view: { order } }),
  preferences: (given: Preferences, place: Place): Content => preferencesContent(given, place),
  gone: ({ here }: { readonly here: Address }, place: Place): Content => ({
    view: { order: place.order, data: place.linkTo(`${here}/data`) },
    details: named(place),
  }),
  data: (given: Knowing, place: Place): Content => knowing(given, `${given.here}/data`, place),
  erase: (given: Knowing, place: Place): Content => knowing(given, `${given.here}/erase`, place),
  erased: (_: object, _place: Place): Content => ({}),
  leave: ({ address }: Half, place: Place): Content => ({
    view: { ...half({ address }).view, order: place.order },
    details: named(place),
  }),
  left: ({ address, undo }: Half & { readonly undo?: Address }, place: Place): Content => {
    const { left } = words(place.language).site;
    const details = { ...named(place), address: address ? halfHidden(address) : "" };
    const said = fill(address ? left.text : left.textWithoutAddress, details);
    return { view: { said, undo: undo ? place.linkTo(undo) : null, order: place.order } };
  },
  undone: (_: object, place: Place): Content => ({ details: named(place) }),
  "too-late": (_: object, { order }: Place): Content => ({ view: { order } }),
  "unknown-link": (_: object, place: Place): Content => ({ view: { contact: contactOf(place) } }),
  fault: (_: object, place: Place): Content => ({ view: { contact: contactOf(place) } }),
};
export type SitePageName = keyof typeof siteViews;
export type SiteView<Name extends SitePageName> = Parameters<(typeof siteViews)[Name]>[0];
export const sitePageNames = Object.keys(siteViews) as SitePageName[];

/** Its own language's template first; whoever writes in the other finds that too. */
function submitContent({ publication, language, linkTo }: Place): Content {
  if (!publication) throw new Error("an article is handed in to a publication");
  const folder = paths[publication.language].submit;
  const others = languages.filter((one) => one !== language);
  const template = (one: Language) => ({ url: linkTo(`${folder}/${paths[one].template}`), name: paths[one].template });
  return {
    view: {
      ...{ template: template(language), contact: publication.sender.replyTo },
      address: publication.submissions ?? null,
      others: others.map((one) => ({ ...template(one), lang: one, label: words(one).site.submit.template })),
    },
    details: { publication: publication.title },
  };
}

const half = ({ address }: Half) => ({ view: { address: address ? halfHidden(address) : null } });

/** "ELBLANDbote, Talblatt und Amtsbote" */
const listed = (titles: readonly string[], language: Language): string =>
  new Intl.ListFormat(language, { type: "conjunction" }).format(titles);

const issueOf = (cover: Cover, { language, linkTo }: Place): object => ({
  label: issueLabel(cover),
  spoken: fill(words(language).web.issueSpoken, { number: cover.number, year: cover.year }),
  theme: cover.theme.title,
  url: linkTo(cover.address),
});
