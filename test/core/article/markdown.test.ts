import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { articleTextSchema } from "../../../core/article/article.ts";
import { printMarkdown, readMarkdown } from "../../../core/article/markdown.ts";
import { tidy } from "../../../core/article/tidy.ts";
import { anyArticle } from "./any-article.ts";

describe("canonical Markdown", () => {
  it("reads back every article it prints", () => {
    fc.assert(
      fc.property(anyArticle, (article) => {
        articleTextSchema.parse(article);
        expect(tidy(article)).toEqual(article);
        expect(readMarkdown(printMarkdown(article))).toEqual(article);
      }),
      { numRuns: Number(process.env.RUNS ?? 200) },
    );
  });
});
