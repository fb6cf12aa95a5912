import { halfHidden } from "../../email-address.ts";
import { issueLabel } from "../../issue/issue.ts";
import { type Publication, paths } from "../../publication.ts";
import type { Details } from "../../refusal.ts";
import type { Choice } from "../../subscriber/preferences.ts";
import { fill, type Language, languages, words } from "../../words.ts";
import type { House } from "../edition.ts";
import { renderer } from "../templates.ts";
import type { Address, LinkTo } from "../web/address.ts";
import { absoluteAt } from "../web/address.ts";
import type { Cover } from "../web/cover.ts";
import { box, choicesOf, type OrderForm, orderFormView } from "./order-form.ts";
import { orderScript } from "./script.ts";

/** What every page knows. */
export interface Place {
  readonly house: House;
  /** Undefined where nobody can tell which one a link belongs to. */
  readonly publication: Publication | undefined;
  readonly language: Language;
  readonly linkTo: LinkTo;
  /** How somebody orders. */
  readonly order: string | null;
}

/** What a page adds to its own wording: names for its template, details for the gaps of its sentences. */
export interface Content {
  readonly view?: object;
  readonly details?: Details;
  /** Before the title: something must be looked at again. */
  readonly mark?: string;
  readonly script?: Address;
}

interface Half {
  /** The reader's address; only half of it is shown, links get forwarded. */
  readonly address?: string;
}
interface Preferences {
  readonly address: string;
  readonly choice: Pick<Choice, "topics" | "format" | "language" | "awayUntil">;
  /** The first day one can be away until. */
  readonly earliest: string;
  readonly isSaved?: boolean;
  readonly awayProblem?: string;
  /** `isStranger`: the present address was not the reader's. */
  readonly move?: {
    readonly address: string;
    readonly current: string;
    readonly problem?: string;
    readonly meant?: string;
    readonly isStranger?: boolean;
  };
  /** Below the publication. */
  readonly here: Address;
  readonly leave: Address;
}
/** A page on which somebody shows that they know the whole address. */
interface Knowing {
  readonly typed: string;
  readonly isWrong: boolean;
  readonly here: Address;
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

function orderContent(form: OrderForm, { house, publication, language, linkTo }: Place): Content {
  if (!publication) throw new Error("a form is a publication's");
  const isSound = !form.addressProblem && !form.publicationsProblem && !form.meant && !form.isChanged;
  return {
    view: {
      form: orderFormView(publication, form, language, linkTo),
      privacy: linkTo(`${paths[publication.language].privacy}/`),
      elsewhere: linkTo("s/form"),
      contact: publication.sender.replyTo,
      ...("isSoon" in form && { isSoon: form.isSoon }),
    },
    details: { publication: publication.title },
    ...(!isSound && { mark: words(language).site.order.mark }),
    script: orderScript(house),
  };
}

/** Its own language's template first; whoever writes in the other finds that too. */
function submitContent({ publication, language, linkTo }: Place): Content {
  if (!publication) throw new Error("an article is handed in to a publication");
  const folder = paths[publication.language].submit;
  const others = languages.filter((one) => one !== language);
  const template = (one: Language) => ({ url: linkTo(`${folder}/${paths[one].template}`), name: paths[one].template });
  return {
    view: {
      ...{ template: template(language), contact: publication.submissions ?? publication.sender.replyTo },
      others: others.map((one) => ({ ...template(one), lang: one, label: words(one).site.submit.template })),
    },
    details: { publication: publication.title },
  };
}

function preferencesContent(given: Preferences, place: Place): Content {
  const { publication, language, linkTo } = place;
  const { choice, move, here } = given;
  return {
    view: {
      ...{ address: halfHidden(given.address), isSaved: given.isSaved ?? false, order: place.order },
      topics: (publication?.topics ?? []).map(({ id, title }) => box(id, title, choice.topics)),
      choices: choicesOf(choice, language),
      away: { until: choice.awayUntil ?? "", earliest: given.earliest, problem: given.awayProblem ?? null },
      move: {
        ...{ action: linkTo(`${here}/address`), address: move?.address ?? "" },
        ...{ problem: move?.problem ?? null, meant: move?.meant ?? null, current: move?.current ?? "" },
        stranger: move?.isStranger ? words(language).site.data.other : null,
      },
      links: { here: linkTo(here), data: linkTo(`${here}/data`), leave: linkTo(given.leave) },
    },
    details: named(place),
    ...((given.awayProblem || move) && { mark: words(language).site.order.mark }),
  };
}

const knowing = ({ typed, isWrong, here }: Knowing, action: Address, { language, linkTo }: Place): Content => ({
  view: {
    ...{ action: linkTo(action), typed, back: linkTo(here), erase: linkTo(`${here}/erase`) },
    problem: isWrong ? words(language).site.data.other : null,
  },
  ...(isWrong && { mark: words(language).site.order.mark }),
});

const half = ({ address }: Half) => ({ view: { address: address ? halfHidden(address) : null } });

const named = ({ publication, language }: Place): Details => ({
  publication: publication?.title ?? words(language).site.thisPublication,
});

const contactOf = ({ publication }: Place): string | null => publication?.sender.replyTo ?? null;

/** "ELBLANDbote, Talblatt und Amtsbote" */
const listed = (titles: readonly string[], language: Language): string =>
  new Intl.ListFormat(language, { type: "conjunction" }).format(titles);

const issueOf = (cover: Cover, { language, linkTo }: Place): object => ({
  label: issueLabel(cover),
  spoken: fill(words(language).web.issueSpoken, { number: cover.number, year: cover.year }),
  theme: cover.theme.title,
  url: linkTo(cover.address),
});

/** A form without style or script that works from any page: it leads to ours, where the words of consent are read. */
function embedded({ house, publication, language }: Place): string {
  if (!publication) throw new Error("a form is a publication's");
  const { order } = words(language).site;
  const action = absoluteAt(publication.baseUrl)("s");
  const title = fill(order.title, { publication: publication.title });
  const view = { action, title, address: order.address, button: order.button, said: language };
  return renderer(house)("site/embedded", view).trim();
}
