import * as z from "zod";
import { slugOf } from "../article/slug.ts";
import { isFileName } from "../article/submission.ts";
import { digestOf } from "../digest.ts";
import { Refusal } from "../refusal.ts";

/** Files readers may take along with an issue: the printed one as a PDF, one for reading devices as an EPUB. */

const types = { pdf: "application/pdf", epub: "application/epub+zip" } as const;
type Kind = keyof typeof types;

/** A printed issue in print quality; more would be a burden on every phone. */
const maxDownloadBytes = 50_000_000;

export const downloadSchema = z.strictObject({
  /** Its public name in the issue's folder. It has a dot, a slug has none: no article can lie at the same address. */
  file: z.string().regex(/^[a-z0-9-]{1,80}\.(pdf|epub)$/),
  label: z.string().min(1).max(300),
  bytes: z.int().min(1).max(maxDownloadBytes),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export type IssueDownload = z.infer<typeof downloadSchema>;

/** A file as an editor brings it, by the name it has on their disk. */
export interface OfferedDownload {
  readonly file: string;
  readonly label: string;
  readonly body: Uint8Array;
}

/** What the plan says of a file. @throws Refusal `download-name`, `download-too-large`, `download-kind` */
export function admitDownload({ file, label, body }: OfferedDownload): IssueDownload {
  demandName(file);
  demandSize(file, body.byteLength);
  const kind = kindOf(body);
  if (!kind || !file.toLowerCase().endsWith(`.${kind}`)) throw new Refusal("download-kind", { file });
  const name = slugOf(file.slice(0, -kind.length - 1));
  return { file: `${name}.${kind}`, label, bytes: body.byteLength, sha256: digestOf(body) };
}

/** @throws Refusal `download-name` */
export function demandName(file: string): void {
  if (!isFileName(file)) throw new Refusal("download-name", { file });
}

/** @throws Refusal `download-too-large` */
export function demandSize(file: string, bytes: number): void {
  if (bytes <= maxDownloadBytes) return;
  const megabytes = (some: number): number => Math.ceil(some / 1_000_000);
  throw new Refusal("download-too-large", { file, megabytes: megabytes(bytes), most: megabytes(maxDownloadBytes) });
}

/** By the first bytes: the mark of a PDF; of a ZIP whose first entry says, uncompressed, that it is an EPUB (OCF 4.3). */
function kindOf(body: Uint8Array): Kind | undefined {
  const starts = Buffer.from(body.subarray(0, 58)).toString("latin1");
  if (starts.startsWith("%PDF-")) return "pdf";
  if (starts.startsWith("PK\u0003\u0004") && starts.slice(30) === `mimetype${types.epub}`) return "epub";
  return undefined;
}

/** The media type it is served with. */
export const downloadType = ({ file }: IssueDownload): string => (file.endsWith(".pdf") ? types.pdf : types.epub);
