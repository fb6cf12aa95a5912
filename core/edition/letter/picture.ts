import type { Article, Block, Inline, Picture, Variant } from "../../article/article.ts";
import { imageOf, pictureAddress, variantOf } from "../../article/picture-address.ts";
import type { IssuePlan } from "../../issue/issue.ts";
import type { Publication } from "../../publication.ts";
import { fill, type Language, words } from "../../words.ts";

/** Pictures as the letter shows them. A picture that is still awaited is printed nowhere. */

export interface PictureView {
  readonly src: string;
  readonly alt: string;
  readonly caption: readonly Inline[];
  /** "Foto: Lisa Muster"; "" where nobody is named. */
  readonly credit: string;
}

/** What an article needs to know of the letter around it. */
export interface Frame {
  readonly publication: Publication;
  readonly issue: Pick<IssuePlan, "teasers">;
  /** The issue's page on the web, with a slash at its end. */
  readonly issueUrl: string;
  readonly year: number;
  readonly language: Language;
}

/** Null while the picture is awaited: it is printed nowhere. */
export function pictureView(
  article: Article,
  { publication, language }: Frame,
  picture: Picture | null,
  recipe: Variant["recipe"],
): PictureView | null {
  const image = imageOf(article, picture);
  const variant = image && (variantOf(image, recipe) ?? variantOf(image, "mail"));
  if (!picture || !image || !variant) return null;
  return {
    src: `${publication.baseUrl}/${pictureAddress(image, variant)}`,
    alt: picture.alt ?? "",
    caption: picture.caption,
    credit: picture.credit ? fill(words(language).email.photo, { credit: picture.credit }) : "",
  };
}

/** The same blocks without pictures that have not come, and without galleries that are left empty. */
export function withoutAwaited(blocks: readonly Block[], article: Article): readonly Block[] {
  const here = (picture: Picture): boolean => imageOf(article, picture) !== undefined;
  const inside = (some: readonly Block[]): readonly Block[] => withoutAwaited(some, article);
  return blocks.flatMap((block): readonly Block[] => {
    switch (block.type) {
      case "figure":
        return here(block.picture) ? [block] : [];
      case "gallery": {
        const pictures = block.pictures.filter(here);
        return pictures.length > 0 ? [{ ...block, pictures }] : [];
      }
      case "list":
        return [{ ...block, items: block.items.map(inside) }];
      case "quote":
      case "infobox":
        return [{ ...block, blocks: inside(block.blocks) }];
      case "interview":
        return [{ ...block, turns: block.turns.map((turn) => ({ ...turn, answer: inside(turn.answer) })) }];
      default:
        return [block];
    }
  });
}
