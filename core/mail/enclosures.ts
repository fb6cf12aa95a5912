import type { Attachment } from "postal-mime";
import { isFileName } from "../article/submission.ts";
import { digestOf } from "../digest.ts";
import { type Note, note, Refusal } from "../refusal.ts";

/** What came with a mail's words: files under names a submission may have. */

export interface Enclosure {
  readonly name: string;
  readonly body: Uint8Array;
}
export interface Enclosures {
  readonly files: readonly Enclosure[];
  readonly notes: readonly Note[];
}

/** As many as a submission holds. */
const mostFiles = 100;

/** @throws Refusal `too-many-files` */
export function enclosuresIn(attachments: readonly Attachment[]): Enclosures {
  const notes: Note[] = [];
  const meant = attachments.filter((attachment) => {
    const code = whyAside(attachment);
    if (code && !notes.some((said) => said.code === code && said.details.name === nameIn(attachment)))
      notes.push(note(code, { name: nameIn(attachment) }));
    return code === undefined;
  });
  if (meant.length > mostFiles) throw new Refusal("too-many-files", { files: meant.length, most: mostFiles });
  return { files: named(meant), notes };
}

export const bytesOf = ({ content }: Attachment): Uint8Array =>
  typeof content === "string"
    ? Buffer.from(content)
    : content instanceof Uint8Array
      ? content
      : new Uint8Array(content);

// ── what is none ─────────────────────────────────────────────────────────────────────────────────

/** A telephone's photo has a thousand times as much; what a mail program draws below the words has less. */
const mostLogoBytes = 5_000;
const signatures =
  /^(?:smime\.p7[sm]|(?:signature|encrypted)\.asc|openpgp_.*\.asc|att\d+\.(?:txt|html?)|.*\.(?:vcf|ics|mso))$/i;
const machineTypes = /^(?:application\/(?:x-)?pkcs7-|application\/pgp-|message\/|text\/(?:calendar|x-vcard|vcard)$)/;
/** No signature is drawn in HEIC. */
const drawnTypes = /^image\/(?!hei[cf])/;
/** Outlook numbers what it draws; photos it draws are JPEG, and a drawing of an article is larger. */
const numberedDrawing = /^image\d{3}\.(?:png|gif)$/i;
const mostDrawingBytes = 50_000;

type Aside = "mail-packed" | "mail-file-aside" | "mail-logo-aside";

function whyAside(attachment: Attachment): Aside | undefined {
  const { filename, mimeType, disposition, related } = attachment;
  if (mimeType === "application/ms-tnef" || /^winmail\.dat$/i.test(filename ?? "")) return "mail-packed";
  const bytes = bytesOf(attachment).length;
  if (bytes === 0 || machineTypes.test(mimeType) || signatures.test(filename?.trim() ?? "")) return "mail-file-aside";
  const isDrawn = drawnTypes.test(mimeType) && (related === true || disposition === "inline");
  const most = numberedDrawing.test(filename ?? "") ? mostDrawingBytes : mostLogoBytes;
  return isDrawn && bytes < most ? "mail-logo-aside" : undefined;
}

// ── names ────────────────────────────────────────────────────────────────────────────────────────

const longestName = 120;

function named(attachments: readonly Attachment[]): Enclosure[] {
  const files = new Map<string, Enclosure & { readonly digest: string }>();
  for (const attachment of attachments) {
    const body = bytesOf(attachment);
    const digest = digestOf(body);
    const name = freeName(nameIn(attachment), (tried) => {
      const standing = files.get(tried.toLowerCase());
      return standing === undefined || standing.digest === digest;
    });
    files.set(name.toLowerCase(), { name, body, digest });
  }
  return [...files.values()].map(({ name, body }) => ({ name, body }));
}

/** Telephones call every photo "image0.jpeg". */
function freeName(name: string, isFree: (tried: string) => boolean): string {
  const dot = name.lastIndexOf(".");
  const [stem, ending] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ""];
  for (let turn = 1; ; turn += 1) {
    const tried = turn === 1 ? name : `${stem}-${turn}${ending}`;
    if (isFree(tried)) return tried;
  }
}

const word = "vnd.openxmlformats-officedocument.wordprocessingml.document";

/** The name it came with, as far as it can be one; else one after its kind. */
function nameIn({ filename, mimeType }: Attachment): string {
  const name = safeName(filename ?? "");
  if (name !== "") return name;
  const [kind = "", form = ""] = mimeType.split("/");
  const ending =
    { jpeg: ".jpg", plain: ".txt", markdown: ".md", calendar: ".ics", [word]: ".docx" }[form] ??
    (/^[a-z0-9]{1,5}$/.test(form) ? `.${form}` : "");
  return `${kind === "image" ? "bild" : "datei"}${ending}`;
}

/** "" where nothing is left of it. */
export function safeName(typed: string): string {
  const clean = typed
    .toWellFormed()
    .normalize("NFC")
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, "")
    .replace(/[/\\:*?"<>|#%]+/g, "-")
    .replace(/\s+/g, " ")
    .replace(/^[.\s~$-]+|[.\s]+$/g, "");
  const ending = /\.[A-Za-z0-9]{1,8}$/.exec(clean)?.[0] ?? "";
  const stem = [...clean.slice(0, clean.length - ending.length)]
    .slice(0, longestName - ending.length)
    .join("")
    .trim();
  const name = `${stem}${ending}`;
  return isFileName(name) ? name : "";
}
