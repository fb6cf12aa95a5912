import { fill, words } from "../../../core/words.ts";
import { type PreviewKind, previewKinds } from "../article-preview.ts";
import type { DeskContext } from "./desk-env.ts";

/**
 * An article as it will look, in a frame, and the other ways to look at it.
 *
 * @param url of the page the frame stands on; the frame's own lie below it
 */
export function previewFrame(c: DeskContext, url: string, title: string, below = "/preview"): object {
  const { previews } = words(c.var.language).desk.article;
  const kind: PreviewKind = previewKinds.find((one) => one === c.req.query("view")) ?? "web";
  return {
    src: `${url}${below}/${kind}`,
    title: fill(previews.frame, { article: title }),
    ways: previewKinds.map((one) => ({
      ...{ url: `${url}?view=${one}#preview`, label: previews[one], isCurrent: one === kind },
    })),
  };
}
