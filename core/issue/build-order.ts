import * as z from "zod";

/** A message on the queue `builds`: whoever asked, for the issue as it stands when the message is read. */
export const buildOrder = z.object({
  v: z.literal(1),
  publication: z.string(),
  issue: z.string(),
  by: z.object({ id: z.string(), role: z.enum(["author", "editor", "publisher", "operator"]) }),
});
export type BuildOrder = z.infer<typeof buildOrder>;
