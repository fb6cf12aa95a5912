import { type Document, Packer } from "docx";
import { strFromU8, strToU8, unzipSync, type Zippable, zipSync } from "fflate";

/** A document's file, the same bytes on every machine and day: nobody made it, and it was made at no time. */
export async function pack(document: Document): Promise<Uint8Array> {
  const parts = unzipSync(await Packer.toBuffer(document));
  const names = Object.keys(parts).sort(contentTypesFirst);
  const zippable: Zippable = Object.fromEntries(names.map((name) => [name, partOf(name, parts[name] ?? nothing)]));
  return zipSync(zippable, { level: 9, mtime: noTime, os: 0 });
}

const nothing = new Uint8Array();

/** Zip files count from 1980, in nobody's time zone. */
const noTime = new Date(1980, 0, 1);

/** Programs that ask what kind of zip this is read its first name. */
const contentTypesFirst = (one: string, other: string): number =>
  Number(other === contentTypes) - Number(one === contentTypes) || (one < other ? -1 : 1);
const contentTypes = "[Content_Types].xml";

const partOf = (name: string, bytes: Uint8Array): Uint8Array =>
  name === "docProps/core.xml" ? strToU8(withoutMaker(strFromU8(bytes))) : bytes;

/** Word asks for none of it, and writes the author's own when they save. */
const withoutMaker = (properties: string): string =>
  properties.replace(/<(dc:creator|cp:lastModifiedBy|dcterms:created|dcterms:modified)\b[^>]*>[^<]*<\/\1>/g, "");
