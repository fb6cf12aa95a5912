import type { Element } from "domhandler";
import { child, childrenOf, element, valueIn } from "./xml.ts";

/**
 * Lists without those that show neither number nor sign: LibreOffice counts every heading in silence, and nobody misses
 * a number that never stood there.
 */
export const shownNumbering = (numbering: Element): Element =>
  element(numbering.name, numbering.attribs, childrenOf(numbering).map(withoutSilent));

function withoutSilent(list: Element): Element {
  if (list.name !== "w:abstractNum") return list;
  return element(
    list.name,
    list.attribs,
    childrenOf(list).filter((level) => level.name !== "w:lvl" || isShown(level)),
  );
}

/** A sign may be a picture. "%1" stands for the number, which the format "none" leaves empty. */
function isShown(level: Element): boolean {
  if (child(level, "w:lvlPicBulletId")) return true;
  const text = valueIn(level, "w:lvlText");
  const shown = valueIn(level, "w:numFmt") === "none" ? text?.replace(/%\d/g, "") : text;
  return shown === undefined || shown.trim() !== "";
}
