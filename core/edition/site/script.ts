import { digestOf } from "../../digest.ts";
import type { EditionFile, House } from "../edition.ts";
import type { Address } from "../web/address.ts";

const known = new WeakMap<House["scripts"], string>();

/** One folder for all: they import each other by name. Its name changes with whatever is in it. */
function folderOf({ scripts }: House): Address {
  const folder = known.get(scripts) ?? `gestalt/bestellen-${digestOf([...scripts].flat().join("\n")).slice(0, 16)}/`;
  known.set(scripts, folder);
  return folder;
}

/** The script of the order form; the form works without it. */
export const orderScript = (house: House): Address => `${folderOf(house)}order.js`;

export const scriptFiles = (house: House): EditionFile[] =>
  [...house.scripts].map(([path, body]) => ({
    ...{ path: folderOf(house) + path, body, type: "text/javascript; charset=utf-8" },
  }));
