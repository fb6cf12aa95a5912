import { digestOf } from "../digest.ts";
import type { Publication } from "../publication.ts";
import { fill, type Language, words } from "../words.ts";
import type { AddressKey } from "./subscriber.ts";

/** What a reader reads and agrees to when they ask. Whoever asks for several publications agrees to a sentence of each. */
export interface Wording {
  readonly text: string;
  /** Which words these are, and of which publications, for ever: the first 16 hex digits of SHA-256 over all three. */
  readonly hash: string;
  readonly language: Language;
  readonly publications: readonly string[];
}

/** @param besides other publications the same form offers, in its order */
export function wordingOf(publication: Publication, language: Language, besides: readonly Publication[] = []): Wording {
  const offered = [publication, ...besides];
  const text = offered.map((one) => sentenceOf(one, language)).join("\n");
  const publications = offered.map(({ id }) => id);
  const hash = digestOf(JSON.stringify([text, language, publications])).slice(0, 16);
  return { text, hash, language, publications };
}

/** The sentence of one publication, as it stands beside its box. */
export const sentenceOf = ({ consentWording, title, publisher }: Publication, language: Language): string =>
  consentWording[language] ?? fill(words(language).consent.wording, { publication: title, publisher: publisher.name });

/** A page of somebody's evidence: one thing that was done, by whom it was agreed to. Append-only; never an address. */
export type Evidence = { readonly publication: string; readonly at: string } & (
  | { readonly kind: "requested"; readonly wording: string; readonly language: Language; readonly form: string }
  /** The confirm mail of a request was accepted. */
  | { readonly kind: "mailed"; readonly requestedAt: string; readonly mail: string }
  | {
      readonly kind: "confirmed";
      readonly requestedAt: string;
      readonly wording: string;
      readonly mail?: string;
      readonly mailAcceptedAt?: string;
    }
  | { readonly kind: "withdrawn"; readonly language: Language; readonly form: WithdrawalForm }
  /** The withdrawal of a moment before was a mistake. */
  | { readonly kind: "returned" }
  | { readonly kind: "moved"; readonly from: AddressKey; readonly to: AddressKey }
  | { readonly kind: "import"; readonly source: string; readonly by: string; readonly language: Language }
);
export type WithdrawalForm = "link" | "one-click" | "preferences" | "erased" | "journal";

/** Under which name the evidence of an import is filed: the same source twice is one piece of evidence. */
export const importEvidence = (consentSource: string): string => `import-${digestOf(consentSource).slice(0, 16)}`;
