import type { ChildNode } from "domhandler";
import type { Losses } from "./losses.ts";
import type { Package, Relations } from "./package.ts";
import type { FoundPicture } from "./pictures.ts";
import type { Style, Styles } from "./styles.ts";

/** What the preparing of one document keeps in hand. */
export interface Workbench {
  readonly package: Package;
  readonly styles: Styles;
  readonly losses: Losses;
  readonly paragraphs: Facts[];
  readonly pictures: FoundPicture[];
  /** Letters by language, of runs that name one. */
  readonly languages: Map<string, number>;
  /** Letters by font, "" where a run names none. */
  readonly fonts: Map<string, number>;
  /** Where signs of symbol fonts stand, as words of their paragraphs. */
  readonly symbols: string[];
  /** A large first letter that waits for its paragraph. */
  readonly initial: ChildNode[];
  /** Text boxes so far. */
  boxes: number;
  /** Words of the last paragraph that had any: where a picture without words stands. */
  last: string;
}

/** What is known of a paragraph beyond what mammoth tells. */
export interface Facts {
  readonly style: Style;
  readonly place: string;
  /** Every letter is bold, by its run or its style. */
  readonly isBold: boolean;
  /** Of most letters, in half points. */
  readonly size: number | undefined;
  readonly letters: number;
  /** Paragraphs of one list share it. */
  readonly list: string | undefined;
  /** Which text box it stood in, from 1; 0 for the page itself. */
  readonly box: number;
  /** Nothing but a line across the page. */
  readonly isRule: boolean;
}

/** Where in the document the rewriting is. */
export interface Place {
  readonly bench: Workbench;
  readonly relations: Relations;
  readonly style: Style;
  readonly words: string;
  readonly box: number;
  /** Content of text boxes, to follow the paragraph. */
  readonly lifted: ChildNode[];
  readonly letters: Letters;
  /** Rewrites what is inside. */
  readonly inside: (nodes: readonly ChildNode[], at: Place) => ChildNode[];
}
export interface Letters {
  all: number;
  bold: number;
  readonly sizes: Map<number, number>;
}
export const noLetters = (): Letters => ({ all: 0, bold: 0, sizes: new Map() });
