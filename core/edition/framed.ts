import type { Publication } from "../publication.ts";
import type { Language } from "../words.ts";
import type { House } from "./edition.ts";
import { sampleSlots } from "./sample-slots.ts";
import { escapeHtml } from "./slots.ts";
import { lookOnPage } from "./web/look.ts";

/** Editions made fit for a frame of the desk: whole in themselves, but for pictures and type the desk hands out. */

export type Scheme = "light" | "dark";

export interface Framing {
  readonly publication: Publication;
  readonly language: Language;
  readonly scheme: Scheme;
  /** Where the desk hands out the publication's pictures, with a slash at its end. */
  readonly pictures: string;
}

/** The letter as the sample reader would get it. */
export function framedLetter(html: string, { publication, language, scheme, pictures }: Framing): string {
  const { baseUrl } = publication;
  const letter = String(sampleSlots("email.html", new TextEncoder().encode(html), { baseUrl, language }));
  return inScheme(withoutWay(letter), scheme).replaceAll(`="${baseUrl}/bilder/`, `="${pictures}`);
}

/** The text part, as a mail program without HTML shows it. */
export function framedText(text: string, { publication, language, scheme }: Framing): string {
  const { baseUrl } = publication;
  const filled = String(sampleSlots("email.txt", new TextEncoder().encode(text), { baseUrl, language }));
  const ground = scheme === "dark" ? "#1A201D;color:#E8ECE9" : "#fff;color:#1C211E";
  return `<!DOCTYPE html><html lang="${language}"><meta charset="utf-8"><title>Text</title><style>body{margin:20px;background:${ground}}pre{font:14px/1.5 monospace;white-space:pre-wrap;overflow-wrap:anywhere}</style><pre>${escapeHtml(filled)}</pre></html>`;
}

/** A page of the web edition, its style inside it. */
export function framedPage(html: string, house: House, { publication, scheme, pictures }: Framing): string {
  const { styleText } = lookOnPage(house, publication, (font) => `/gestalt/${fontName(font)}`);
  const dressed = html
    .replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, "")
    .replace(/<link rel="(?:preload|icon)"[^>]*>\n?/g, "")
    .replace(/<link rel="stylesheet"[^>]*>/, () => `<style>${styleText}</style>`)
    .replace(
      /(\s(?:src|srcset)=")([^"]*)"/g,
      (_, name, value) => `${name}${value.replace(/(?:\.\.\/)+bilder\//g, pictures)}"`,
    );
  return inScheme(withoutWay(dressed), scheme);
}

/** Type is handed out by its own name, not by that of its contents. */
const fontName = (address: string): string => address.replace(/^.*\/(.*)-[0-9a-f]{16}\.woff2$/, "$1.woff2");

/** Links lead out of the frame, and a sandbox lets nothing out: a click does nothing. */
const withoutWay = (html: string): string => html.replace(/<head[^>]*>/, (head) => `${head}<base target="_blank">`);

/**
 * What a reader's device asks for is decided here: no page can tell a frame to be dark. The rules for dark are either
 * always or never meant; so is what the browser colours itself.
 */
const inScheme = (html: string, scheme: Scheme): string =>
  html
    .replaceAll(/\(prefers-color-scheme:\s*dark\)/g, scheme === "dark" ? "(min-width:0)" : "(max-width:0)")
    .replaceAll(/(color-schemes?(?::\s*|" content="))light dark/g, `$1${scheme}`);
