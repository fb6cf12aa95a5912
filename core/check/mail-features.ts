import { type Element, isTag } from "domhandler";
import { textContent } from "domutils";
import { parseDocument } from "htmlparser2";

/** What a letter asks of a mail program, by the names caniemail.com has for it: "css-border-radius", "html-role". */

/** @param known only these are answered */
export function featuresOf(html: string, known: ReadonlySet<string>): string[] {
  const found = new Set<string>();
  const walk = (nodes: readonly unknown[]): void => {
    for (const node of nodes as Parameters<typeof isTag>[0][]) {
      if (!isTag(node)) continue;
      for (const name of ofElement(node)) found.add(name);
      walk(node.children);
    }
  };
  // Conditional comments are no elements: what Word alone is given, the others are not asked.
  walk(parseDocument(html).children);
  return [...found]
    .flatMap((name) => nearestKnown(name, known))
    .filter((name, index, all) => all.indexOf(name) === index);
}

/** "css-margin-left" is told of under "css-margin". */
function nearestKnown(name: string, known: ReadonlySet<string>): string[] {
  if (known.has(name)) return [name];
  const shorter = name.replace(/-[^-]*$/, "");
  return shorter === name || !name.startsWith("css-") ? [] : nearestKnown(shorter, known);
}

function ofElement(element: Element): string[] {
  const { name, attribs } = element;
  return [
    `html-${together[name] ?? name}`,
    ...Object.keys(attribs)
      .filter((each) => !taggish.has(each))
      .map((each) => `html-${each}`),
    ...(name === "meta" && attribs.name === "color-scheme" ? ["html-meta-color-scheme"] : []),
    ...(name === "a" ? ofAddress(attribs.href ?? "") : []),
    ...(name === "img" ? ofImage(attribs.src ?? "") : []),
    ...ofDeclarations(attribs.style ?? ""),
    ...(name === "style" ? ofStyles(textContent(element)) : []),
  ];
}

/** Elements caniemail tells of under one name. */
const together: Readonly<Record<string, string>> = {
  ...{ h1: "h1-h6", h2: "h1-h6", h3: "h1-h6", h4: "h1-h6", h5: "h1-h6", h6: "h1-h6" },
  ...{ ul: "lists", ol: "lists", li: "lists", dl: "lists", tr: "table", td: "table", th: "table" },
  ...{ article: "semantics", header: "semantics", footer: "semantics", main: "semantics", section: "semantics" },
};
/** Attributes that are called like an element, or tell of one. */
const taggish: ReadonlySet<string> = new Set(["style", "body", "link", "img", "code"]);

const ofAddress = (href: string): string[] =>
  href.startsWith("mailto:") ? ["html-mailto-links"] : href.startsWith("#") ? ["html-anchor-links"] : [];

const ofImage = (src: string): string[] =>
  src.startsWith("data:") ? ["image-base64"] : [`image-${(/\.(\w+)$/.exec(src)?.[1] ?? "").replace("jpeg", "jpg")}`];

function ofStyles(sheet: string): string[] {
  const rules = sheet.replace(/\/\*.*?\*\//gs, "");
  const atRules = [...rules.matchAll(/@([\w-]+)([^{;]*)/g)].flatMap(([, rule = "", condition = ""]) => [
    `css-at-${rule}`,
    ...[...condition.matchAll(/\(\s*(?:min-|max-)?([\w-]+)/g)].map(([, feature]) => `css-at-${rule}-${feature}`),
  ]);
  const declared = [...rules.matchAll(/\{([^{}]*)\}/g)].flatMap(([, block = ""]) => ofDeclarations(block));
  const selectors = [...rules.matchAll(/([^{};]+)\{/g)].flatMap(([, selector = ""]) => ofSelector(selector.trim()));
  return [...atRules, ...declared, ...selectors];
}

function ofSelector(selector: string): string[] {
  if (selector.startsWith("@")) return [];
  return [
    ...[...selector.matchAll(/(?<!:):([a-z-]+)/g)].map(([, name]) => `css-pseudo-class-${name}`),
    ...[...selector.matchAll(/::([a-z-]+)/g)].map(([, name]) => `css-pseudo-element-${name}`),
    ...(/[\w)]\s*>\s*[\w.#*]/.test(selector) ? ["css-selector-child"] : []),
    ...(/\.[a-z]/i.test(selector) ? ["css-selector-class"] : []),
    ...(/#[a-z]/i.test(selector) ? ["css-selector-id"] : []),
    ...(/\[/.test(selector) ? ["css-selector-attribute"] : []),
  ];
}

function ofDeclarations(style: string): string[] {
  return style.split(";").flatMap((declaration) => {
    const [, property = "", value = ""] = /^\s*([\w-]+)\s*:(.*)$/s.exec(declaration) ?? [];
    if (property === "") return [];
    return [`css-${property.toLowerCase()}`, ...ofValue(property, value.toLowerCase())];
  });
}

function ofValue(property: string, value: string): string[] {
  return [
    ...(/!important/.test(value) ? ["css-important"] : []),
    ...(property === "display" ? [`css-display-${value.replace("!important", "").trim().replace("inline-", "")}`] : []),
    ...[...value.matchAll(/\d(px|r?em|%|v[wh]|vmin|vmax|pt|ch|ex|cm|mm|in|pc)(?![\w])/g)].map(
      ([, unit]) => `css-unit-${unit === "%" ? "percent" : unit}`,
    ),
    ...[...value.matchAll(/([a-z-]+)\(/g)].map(([, name = ""]) => functions[name] ?? `css-function-${name}`),
  ];
}

const functions: Readonly<Record<string, string>> = {
  ...{ rgb: "css-rgb", rgba: "css-rgba", calc: "css-unit-calc", var: "css-variables" },
  ...{ "linear-gradient": "css-linear-gradient", "radial-gradient": "css-radial-gradient" },
};
