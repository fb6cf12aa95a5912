import type { Publication } from "../../publication.ts";
import type { Details } from "../../refusal.ts";
import { type Language, words } from "../../words.ts";
import type { House } from "../edition.ts";
import type { Address, LinkTo } from "../web/address.ts";

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

export const named = ({ publication, language }: Place): Details => ({
  publication: publication?.title ?? words(language).site.thisPublication,
});

/** Whom a reader may write to. */
export const contactOf = ({ publication }: Place): string | null => publication?.sender.replyTo ?? null;
