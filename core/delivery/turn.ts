import * as z from "zod";

/** What the timer hands to `plan` and `archive`. The next version of the code may say more. */
export const wakeSchema = z.object({ v: z.literal(1), publication: z.string(), issue: z.string() });

/** A message on the queue `rounds`: whoever takes this turn walks the round. */
export const turnSchema = wakeSchema.extend({ round: z.string().regex(/^[0-9a-f]$/), turn: z.int().min(0) });
