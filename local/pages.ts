import { renderer } from "../core/edition/templates.ts";
import { lookOnPage } from "../core/edition/web/look.ts";
import { type Language, words } from "../core/words.ts";
import { house } from "../functions/house.ts";

/** The pages that exist on one machine only: the mailbox and the start page. They look like a publication's. */

export type LocalPage = "list" | "letter" | "start" | "missing" | "no-site" | "who" | "lost";

/** Where style, type and icon of these pages are served. */
const assets = "/mailbox/gestalt/";

export function localPage(language: Language, page: LocalPage, title: string, content: object): string {
  const say = words(language).mailbox;
  return renderer(house())(`mailbox/${page}`, {
    ...content,
    language,
    say,
    title,
    bold: "KURIER",
    light: light(say, page),
    subtitle: page === "who" || page === "lost" ? say.who.subtitle : say.subtitle,
    assets,
  });
}

const light = ({ title }: { title: string }, page: LocalPage): string =>
  page === "list" || page === "letter" ? title.toLowerCase() : "";

export interface Asset {
  readonly body: string | Uint8Array;
  readonly type: string;
}

/** A file of the pages' look by its name; undefined when it is none. */
export function localAsset(name: string): Asset | undefined {
  if (name === "mailbox.css") return { body: style(), type: "text/css; charset=utf-8" };
  if (name === "icon.svg") return { body: icon(), type: "image/svg+xml" };
  const font = house().fonts.get(name);
  return font && { body: font, type: "font/woff2" };
}

/** Type is asked for by its own name here, not by that of its contents. */
const fontName = (address: string): string => address.replace(/^.*\/(.*)-[0-9a-f]{16}\.woff2$/, "$1.woff2");

function style(): string {
  const { styleText } = lookOnPage(house(), undefined, fontName);
  return [styleText, house().styles.get("mailbox/mailbox.css") ?? ""].join("\n");
}

const icon = (): string => {
  const { band, bandText } = house().palette.light;
  return renderer(house())("web/icon", { initial: "K", ground: band, text: bandText });
};
