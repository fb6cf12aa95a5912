import { diffArrays, diffWordsWithSpace } from "diff";
import type { Manifest } from "../edition/edition.ts";
import { fillSlots } from "../edition/slots.ts";
import { fileOf } from "../edition/web/address.ts";
import type { Card } from "../edition/web/card.ts";
import type { Cover } from "../edition/web/cover.ts";

/** What changed between two builds of an issue, for whoever approved the one and is asked about the other. */

/** One build, as much of it as is compared. `text`: the letter's text part, with its slots. */
export interface Build {
  readonly manifest: Pick<Manifest, "subject" | "preheader" | "sender" | "files" | "pictures">;
  readonly cover: Pick<Cover, "lead" | "side" | "sections">;
  readonly text: string;
}

export interface Differences {
  /** Null where nothing changed. */
  readonly subject: Change | null;
  readonly preheader: Change | null;
  /** As a letter names it; null, too, where a build is so old that it does not say. */
  readonly sender: Change | null;
  readonly replyTo: Change | null;
  /** By title. Pages of the same article that are not the same any more are "changed". */
  readonly articles: Readonly<Record<"added" | "dropped" | "changed", readonly string[]>>;
  /** How many. */
  readonly pictures: Readonly<Record<"added" | "dropped", number>>;
  readonly passages: readonly Passage[];
  /** Passages nobody would read to their end. */
  readonly more: number;
  readonly isSame: boolean;
}
export interface Change {
  readonly was: string;
  readonly is: string;
}
/** A paragraph of the letter that came, went or reads otherwise. */
export interface Passage {
  readonly was: readonly Piece[];
  readonly is: readonly Piece[];
}
export interface Piece {
  readonly text: string;
  readonly isMarked: boolean;
}

const mostPassages = 200;

export function differencesOf(before: Build, after: Build): Differences {
  const passages = passagesOf(paragraphsOf(before.text), paragraphsOf(after.text));
  const found = {
    subject: changeOf(before.manifest.subject, after.manifest.subject),
    preheader: changeOf(before.manifest.preheader, after.manifest.preheader),
    ...senderOf(before.manifest.sender, after.manifest.sender),
    articles: articlesOf(before, after),
    pictures: picturesOf(before.manifest.pictures, after.manifest.pictures),
  };
  const { added, dropped, changed } = found.articles;
  const heads = [found.subject, found.preheader, found.sender, found.replyTo];
  const isSame =
    heads.every((head) => head === null) && passages.length + added.length + dropped.length + changed.length === 0;
  return {
    ...found,
    ...{ passages: passages.slice(0, mostPassages), more: Math.max(0, passages.length - mostPassages) },
    isSame: isSame && found.pictures.added + found.pictures.dropped === 0,
  };
}

const changeOf = (was: string, is: string): Change | null => (was === is ? null : { was, is });

function senderOf(was: Manifest["sender"], is: Manifest["sender"]): Pick<Differences, "sender" | "replyTo"> {
  if (!was || !is) return { sender: null, replyTo: null };
  const named = ({ name, from }: typeof was): string => `${name} <${from}>`;
  return { sender: changeOf(named(was), named(is)), replyTo: changeOf(was.replyTo, is.replyTo) };
}

function articlesOf(before: Build, after: Build): Differences["articles"] {
  const [was, is] = [cardsOf(before.cover), cardsOf(after.cover)];
  const page = ({ manifest }: Build, address: string): string =>
    manifest.files.find(({ path }) => path === `web/${fileOf(address)}`)?.sha256 ?? "";
  const titles = (cards: readonly Card[]): string[] => cards.map(({ title }) => title);
  return {
    added: titles([...is.values()].filter(({ address }) => !was.has(address))),
    dropped: titles([...was.values()].filter(({ address }) => !is.has(address))),
    changed: titles(
      [...is.values()].filter(({ address }) => was.has(address) && page(before, address) !== page(after, address)),
    ),
  };
}

const cardsOf = ({ lead, side, sections }: Build["cover"]): ReadonlyMap<string, Card> =>
  new Map(
    [lead, ...side, ...sections.flatMap(({ cards, dates }) => [...cards, ...dates])].map((card) => [
      card.address,
      card,
    ]),
  );

const picturesOf = (was: readonly string[], is: readonly string[]): Differences["pictures"] => ({
  added: is.filter((hash) => !was.includes(hash)).length,
  dropped: was.filter((hash) => !is.includes(hash)).length,
});

/** Lines are broken anew by a single word: what people compare are paragraphs. */
const paragraphsOf = (text: string): string[] =>
  fillSlots(text, { greeting: "", leaveUrl: "", preferencesUrl: "" }, "text")
    .split(/\n{2,}/)
    .map((paragraph) => paragraph.replace(/\s+/g, " ").trim())
    .filter(Boolean);

/** A paragraph that went where another came is the same one, changed. */
function passagesOf(was: string[], is: string[]): Passage[] {
  const passages: Passage[] = [];
  let gone: string[] = [];
  for (const { value, removed, added } of diffArrays(was, is)) {
    if (removed) gone = [...gone, ...value];
    else {
      const come = added ? value : [];
      for (let index = 0; index < Math.max(gone.length, come.length); index++)
        passages.push(passageOf(gone[index] ?? "", come[index] ?? ""));
      gone = [];
    }
  }
  return [...passages, ...gone.map((paragraph) => passageOf(paragraph, ""))];
}

function passageOf(was: string, is: string): Passage {
  const words = diffWordsWithSpace(was, is);
  const side = (left: "added" | "removed"): Piece[] =>
    words.filter((one) => !one[left]).map(({ value, added, removed }) => ({ text: value, isMarked: added || removed }));
  return { was: side("added"), is: side("removed") };
}
