import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const folder = join(import.meta.dirname, "..", "templates");
const templates = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".hbs"))
  .map((path) => [path, readFileSync(join(folder, path), "utf8")] as const);

const styleSheets = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".css"))
  .map((path) => [path, readFileSync(join(folder, path), "utf8")] as const);

const comments = (source: string): string =>
  [...source.matchAll(/\{\{!--(.*?)--\}\}/gs)].map(([all]) => all).join("\n");
const printed = (source: string): string => source.replace(/\{\{!--.*?--\}\}/gs, "");

describe("a template", () => {
  it.each(templates)("%s says in its first line what it needs", (_, source) => {
    expect(source.split("\n")[0]).toMatch(/^\{\{!--.*Give it.*--\}\}$/);
  });

  it.each(templates.filter(([, source]) => printed(source).includes("{{{")))(
    "%s says why what it prints unescaped is safe",
    (_, source) => {
      expect(comments(source)).toMatch(/\bour own\b|\bsafe HTML\b/);
    },
  );

  it.each(templates)("%s decides nothing beyond `if`, `unless`, `each` and `with`", (_, source) => {
    const helpers = [...printed(source).matchAll(/\{\{#(\w[\w-]*)/g)].map(([, helper]) => helper);
    expect(helpers.filter((helper) => !["if", "unless", "each", "with"].includes(helper ?? ""))).toEqual([]);
  });
});

describe("a style sheet", () => {
  it.each(styleSheets)(
    "%s closes every block it opens, so that no screen's rule ends up on paper only",
    (_, source) => {
      const said = source.replace(/\/\*.*?\*\//gs, "");
      expect(said.split("{").length).toBe(said.split("}").length);
    },
  );
});
