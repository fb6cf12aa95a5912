import type { House } from "../edition/edition.ts";
import { renderer } from "../edition/templates.ts";
import { eachText, visible } from "../edition/visible.ts";
import type { KnownPerson } from "../person.ts";
import type { Publication } from "../publication.ts";
import type { Details } from "../refusal.ts";
import { may } from "../rights.ts";
import { fill, type Language, type Words, words } from "../words.ts";
import { roomsOf } from "./rooms.ts";

type Rooms = Words["desk"];
/** Pages of the desk: one template and one room of the wording each, by the same name; what has no title is no page. */
export type DeskPageName = {
  [Name in keyof Rooms]: Rooms[Name] extends { readonly title: string } ? Name : never;
}[keyof Rooms];
export type DoneCode = keyof Words["desk"]["done"];

/** Where and for whom a page stands. */
export interface DeskPlace {
  readonly language: Language;
  /** Undefined before anybody came in, and where one chooses. */
  readonly publication: Publication | undefined;
  readonly person: KnownPerson | undefined;
  /** The path that was asked for. */
  readonly here: string;
  /** Of a form's hidden field; "" where nobody is signed in. */
  readonly token: string;
  readonly style: string;
  readonly icon: string;
  /** Whom they may be instead by one press, and where they go on then. */
  readonly others: readonly Pick<KnownPerson, "name" | "address" | "roles">[];
  readonly stay: string;
  /** What has just been done. */
  readonly done: DoneCode | undefined;
}

export interface DeskContent {
  /** What the template lists in its first line. */
  readonly view: object;
  /** For the gaps of the page's own sentences. */
  readonly details?: Details;
  /** Instead of the page's own: the title of the thing it shows. */
  readonly title?: string;
  /** Addresses of modules that make it nicer. */
  readonly scripts?: readonly string[];
  /** Before the title: something must be looked at again. */
  readonly mark?: string;
}

/** One page of the desk as HTML. Whatever people wrote is in it as text, never as markup. */
export function renderDeskPage(house: House, place: DeskPlace, name: DeskPageName, content: DeskContent): string {
  const { view, details, scripts = [], mark } = content;
  const { language, publication } = place;
  const { layout, done } = words(language).desk;
  const sentences = words(language).desk[name] as { readonly title: string };
  const text = details ? eachText(sentences, (sentence) => visible(fill(sentence, details))) : sentences;
  const title = content.title ?? text.title;
  const shown = {
    ...view,
    ...{ language, title, scripts, style: place.style, icon: place.icon, token: place.token, here: place.here },
    head: [mark, title, layout.desk, publication?.title].filter(Boolean).join(" – "),
    publication: publication ? shownAs(publication) : null,
    person: place.person ? { name: place.person.name } : null,
    rooms: rooms(place),
    ...{ others: others(place), stay: place.stay },
    done: place.done ? done[place.done] : null,
  };
  // Our own wording is not gone through word by word for every page.
  return renderer(house)(`desk/${name}`, { ...eachText(shown, visible), text, say: layout });
}

/** A piece of a page alone, with the words of the page it stands on. */
export const renderDeskPart = (
  house: House,
  language: Language,
  part: string,
  page: DeskPageName,
  view: object,
): string => renderer(house)(`desk/part/${part}`, { ...eachText(view, visible), text: words(language).desk[page] });

const shownAs = ({ id, title, titleParts: [bold, light] }: Publication) => ({ id, title, bold, light, url: `/${id}/` });

function others({ others, person, language }: DeskPlace): readonly object[] {
  const { layout, role } = words(language).desk;
  return others
    .filter(({ address }) => address !== person?.address)
    .map(({ name, address, roles }) => ({
      address,
      label: fill(layout.become, { name, roles: roles.map((one) => role[one]).join(", ") }),
    }));
}

/** The rooms this person may enter, in the order of the work. */
function rooms({ publication, person, language, here }: DeskPlace): readonly object[] {
  if (!publication || !person) return [];
  const say = words(language).desk.rooms;
  const thing = { publication: publication.id, kind: "publication", id: publication.id } as const;
  return roomsOf(publication.id)
    .filter(({ act }) => act === "any" || may(person, act, { ...thing, by: person.id }))
    .map(({ name, url }) => ({ url, label: say[name], isCurrent: isIn(here, url, `/${publication.id}/`) }));
}

const isIn = (here: string, url: string, start: string): boolean =>
  url === start ? here === start : here === url || here.startsWith(`${url}/`);
