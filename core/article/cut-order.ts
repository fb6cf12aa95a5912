import * as z from "zod";

/** Somebody has said at the desk where the eye should fall: the pictures of an article are to be cut anew. */
export const cutOrder = z.object({
  v: z.literal(1),
  is: z.literal("cut"),
  publication: z.string(),
  article: z.string(),
});
export type CutOrder = z.infer<typeof cutOrder>;
