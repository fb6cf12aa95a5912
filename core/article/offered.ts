import { Refusal } from "../refusal.ts";
import { maxTextBytes } from "./encoding.ts";
import { maxWordBytes } from "./manuscript.ts";
import { maxPictureBytes } from "./picture-size.ts";
import { pictureTypeNamed } from "./picture-type.ts";
import { sortFiles } from "./sort-files.ts";
import { fileNameOf } from "./submission.ts";
import { textFormatNamed } from "./text-format.ts";

/** A file an author is about to hand in: only its name and size are known. */
export interface Offered {
  readonly name: string;
  readonly bytes: number;
}

/** What a form for it allows. */
export interface Welcome {
  readonly name: string;
  readonly type: string;
  readonly maxBytes: number;
}

/** What a browser's file dialogue offers; JPEG, PNG and WebP, so that phones and Macs send JPEG instead of HEIC. */
export const acceptedFiles = ".docx,.md,.txt,image/jpeg,image/png,image/webp";

/** The largest file that can be read, of whatever kind: where nobody knows yet what it will be. */
export const mostFileBytes = Math.max(maxTextBytes, maxWordBytes, maxPictureBytes);

const [word, plain, unknown] = [
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  "text/plain; charset=utf-8",
  "application/octet-stream",
];

/**
 * Whether a file can be read, before it is brought: whoever waits for forty photos should not hear it afterwards.
 *
 * @throws Refusal as `sortFiles` has them
 */
export function welcome({ name: typed, bytes }: Offered): Welcome {
  const name = fileNameOf(encodeURIComponent(typed));
  if (name === undefined) throw new Refusal("file-name", { name: typed.slice(0, 200) });
  const [refusal] = sortFiles([{ name, bytes, etag: "" }]).refusals;
  if (refusal) throw refusal;
  if (bytes === 0) throw new Refusal("empty-file", { name });
  const format = textFormatNamed(name);
  if (format === "word") return { name, type: word, maxBytes: maxWordBytes };
  if (format) return { name, type: plain, maxBytes: maxTextBytes };
  const picture = pictureTypeNamed(name);
  // What systems leave beside the files people mean is not looked at, and no picture.
  if (!picture) throw new Refusal("file-type", { name });
  return { name, type: picture === "unknown" ? unknown : `image/${picture}`, maxBytes: maxPictureBytes };
}

/** The file pasted words come to lie in: Markdown where they look like it, as plain text they would keep its signs. */
export const pastedName = (title: string, text: string): string =>
  `${title || "Beitrag"}.${looksLikeMarkdown.test(text) ? "md" : "txt"}`;

const looksLikeMarkdown = /^#{1,4} \S|^---\n[\s\S]+?\n---$|!\[[^\]\n]*\]\([^)\n]+\)|^:::/m;
