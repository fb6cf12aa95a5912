import { germanMonths } from "../months.ts";
import { endsSentence } from "./passages.ts";

/** What a line looks like, before anybody knows what it is. */

const letter = String.raw`[\p{L}’'-]`;
const namePart = String.raw`\p{Lu}${letter}*\p{Ll}${letter}*`;
const degree = String.raw`(?:(?:Prof|Dr|Dipl|Mag|Ing|jur|phil|med|rer|nat|h|c|habil|Ph|D|Sir|Mr|Mrs|Ms)\.?(?:-\p{L}+\.?)?\s*)`;
const particle = String.raw`(?:(?:von|van|vom|zu|zur|de|der|den|di|du|la|le|al|el|bin|und)\s+)`;
const name = new RegExp(
  String.raw`^${degree}*${particle}*${namePart}(?:\s+(?:\p{Lu}\.|${particle}*${namePart})){1,3}$`,
  "u",
);

export const looksLikeName = (line: string): boolean => line.length <= 60 && name.test(line);

const office =
  /(?:meister|leiter|leitung|referent|referat|präsident|vorsitz|geschäftsführ|minister|sekretär|rat|rätin|sprecher|professor|dezernent|dezernat|beauftragt|redakteur|redaktion|manager|mitarbeit|direktor|kämmer|amtmann|bearbeiter|journalist|fotograf|ingenieur|planer|anwalt|anwältin|richter|lehrer|förster|beigeordnet|landrat|landrätin|stadtrat|vorstand|koordinat|mayor|councillor|officer|director|editor|head of|chair|professor|manager|secretary|reporter|clerk)/i;

/** A line that says what somebody is: short, no sentence, with the word of an office. */
export const looksLikeRole = (line: string): boolean => line.length <= 140 && !/[.!?]$/.test(line) && office.test(line);

/** A line of words set apart: short, and no sentence. */
export const looksLikeHeading = (line: string): boolean =>
  line.length <= 100 &&
  !/[.,;:…]$/.test(line) &&
  /^[\p{Lu}\d„"»→]/u.test(line) &&
  !/[.!?]\s+\p{Lu}\p{Ll}{3,}.*[.]/u.test(line) &&
  !/^\d+[.,)]?$/.test(line);

export const isBody = (text: string): boolean =>
  text.length > 100 || (endsSentence(text) && text.length > 40 && /\s\p{Ll}/u.test(text));

const captionWords =
  /^(?:Impressionen|Blick\s|Foto\b|Bild\b|Abb\.|Abbildung\b|Gruppenbild|Gruppenfoto|BU:|Bildunterschrift|Bildtext|Caption|Pictured|Figure \d)|\(?(?:von|v\.)\s?(?:links|l\.|rechts|r\.)|\((?:links|rechts|Mitte|l\.|r\.|left|right|centre)\)|\(from left|from left to right/i;
export const soundsLikeCaption = (line: string): boolean => line.length <= 300 && captionWords.test(line);

/** "BU: …", "Bild 2: …", "Abb. 3 – …": the label is typography. */
export const withoutCaptionLabel = (line: string): string =>
  line.replace(/^(?:BU|Bildunterschrift|Bildtext|Caption|(?:Bild|Abb\.|Abbildung|Figure)\s*\d*)\s*[:–]\s*(?=\S)/i, "");

/** Those that are spelled as in German stand there already. */
const englishMonths = ["January", "February", "March", "May", "June", "July", "October", "December"];
const months = [...germanMonths, ...englishMonths].join("|");
const weekday = "(?:Mo|Di|Mi|Do|Fr|Sa|So)(?:ntag|enstag|ttwoch|nnerstag|eitag|mstag|nnabend)?\\.?,?\\s+";
const date = new RegExp(
  `^(?:${weekday})?\\d{1,2}\\.\\s?(?:\\d{1,2}\\.(?:\\s?\\d{2,4})?|(?:${months})(?:\\s\\d{4})?)`,
  "i",
);
export const startsWithDate = (line: string): boolean => date.test(line);

export const bullet = /^[•▪◦●‣·*–—-]\s+(?=\S)|^[•▪◦●‣]\s*(?=\S)/u;
export const numbered = /^(\d{1,2})[.)]\s+(?=\S)/;
