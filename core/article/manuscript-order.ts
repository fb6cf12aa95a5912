import * as z from "zod";
import { publicationId } from "../publication.ts";
import { submissionId } from "./submission.ts";

/** A message on the queue `manuscripts`: this Word file, exactly as it lay there, is to be read. */
export const manuscriptOrder = z.object({
  v: z.literal(1),
  /** Tells this asking from others for the same file. */
  id: z.string().min(1),
  publication: publicationId,
  submission: submissionId,
  /** As the author knows it. */
  name: z.string().min(1),
  /** As it lies in the submission's folder. */
  stored: z.string().min(1),
  etag: z.string().min(1),
});
export type ManuscriptOrder = z.infer<typeof manuscriptOrder>;
