import type { House, Palette } from "../edition.ts";

/** A look by its name, as it stands in a style attribute. */
export type Styles = Readonly<Record<string, string>>;

const rule = /\.([\w-]+)\s*\{([^}]*)\}/g;
const variable = /--([\w-]+):\s*([^;]+);/g;

/** Reads `templates/email/letter.css`: names become style attributes, `var(--…)` a font or a colour of the palette. */
export function stylesOf(house: House): Styles {
  const sheet = (house.styles.get("email/letter.css") ?? "").replace(/\/\*.*?\*\//gs, "");
  const [root = ""] = /:root\s*\{[^}]*\}/.exec(sheet) ?? [];
  const fonts = Object.fromEntries([...root.matchAll(variable)].map(([, name = "", value = ""]) => [name, value]));
  const looks = [...sheet.matchAll(rule)].map(
    ([, name = "", declarations = ""]) => [name, compact(declarations, { ...house.palette.light, ...fonts })] as const,
  );
  return { ...fonts, ...Object.fromEntries(looks) };
}

function compact(declarations: string, known: Palette["light"]): string {
  const value = (name: string): string => {
    const found = known[name];
    if (found === undefined) throw new Error(`letter.css names --${name}, which nobody knows`);
    return found;
  };
  return declarations
    .replace(/var\(--([\w-]+)\)/g, (_, name: string) => value(name))
    .split(";")
    .map((declaration) => declaration.trim().replace(/\s*([:,])\s+/g, "$1"))
    .filter(Boolean)
    .join(";");
}
