import * as z from "zod";
import { publicationId } from "../publication.ts";

/** A mail that lies where it came in, until something is made of it. */
export interface CameIn {
  readonly publication: string;
  readonly id: string;
}

const noticeSchema = z.object({ detail: z.object({ object: z.object({ key: z.string() }) }) });
/** SES leaves a note of its own under this name wherever it is told to write. */
const noteOfSes = "AMAZON_SES_SETUP_NOTIFICATION";

/**
 * `mail/<publication>/<id>`, from the notice of a file. Undefined for any other key.
 *
 * @throws when it is no such notice
 */
export function readCameIn(notice: unknown): CameIn | undefined {
  const { key } = noticeSchema.parse(notice).detail.object;
  const [, publication = "", id = ""] = /^mail\/([^/]+)\/([A-Za-z0-9_-]{1,128})$/.exec(key) ?? [];
  return publicationId.safeParse(publication).success && id !== noteOfSes ? { publication, id } : undefined;
}
