import { digestOf } from "../../core/digest.ts";
import { lookOnPage } from "../../core/edition/web/look.ts";
import type { Publication } from "../../core/publication.ts";
import { house } from "../house.ts";

/** What the desk's pages are dressed in and what makes them nicer: files named by their content. */

export interface Asset {
  readonly body: string | Uint8Array;
  readonly type: string;
}

const folder = "/gestalt/";
const assets = new Map<string, Asset>();

export interface Look {
  /** The address of the style sheet in a publication's colours. */
  readonly style: string;
  /** For the browser's tab: goes into the page. */
  readonly icon: string;
}

/** Of every publication somebody has looked at, by all that decides it. */
const looks = new Map<string, Look>();

/** A file by its name; undefined when it is none, or the style sheet of a publication nobody has looked at here. */
export function assetNamed(name: string): Asset | undefined {
  for (const script of house().deskScripts.keys()) scriptAt(script);
  const font = house().fonts.get(name);
  return font ? { body: font, type: "font/woff2" } : assets.get(name);
}

/** Whose style sheet a name is: another process may have named it. */
export const publicationOfStyle = (name: string): string | undefined => /^desk-(.+)-[0-9a-f]{16}\.css$/.exec(name)?.[1];

/** What a publication's pages are dressed in. */
export function lookOf(publication: Publication | undefined): Look {
  const { id = "", accent = "", title = "" } = publication ?? {};
  const key = JSON.stringify([id, accent, title]);
  const look = looks.get(key) ?? madeLook(publication);
  looks.set(key, look);
  return look;
}

function madeLook(publication: Publication | undefined): Look {
  const { styleText, icon } = lookOnPage(house(), publication, fontName);
  const body = [styleText, house().styles.get("desk/desk.css") ?? ""].join("\n");
  const type = "text/css; charset=utf-8";
  return { style: kept(`desk-${publication?.id ?? "kurier"}`, ".css", { body, type }), icon };
}

/** One of our modules, in `templates/desk/`: "upload.js". */
export function scriptAt(name: string): string {
  const body = house().deskScripts.get(name);
  if (body === undefined) throw new Error(`there is no script desk/${name}`);
  return kept(name.replace(/\.js$/, ""), ".js", { body, type: "text/javascript; charset=utf-8" });
}

function kept(name: string, ending: string, asset: Asset): string {
  const file = `${name}-${digestOf(asset.body).slice(0, 16)}${ending}`;
  assets.set(file, asset);
  return `${folder}${file}`;
}

/** Type is asked for by its own name here, not by that of its contents. */
const fontName = (address: string): string => address.replace(/^.*\/(.*)-[0-9a-f]{16}\.woff2$/, "$1.woff2");
