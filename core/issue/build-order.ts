import * as z from "zod";
import { roles } from "../rights.ts";

/** Whoever asked. A deploy finds messages that name one role. */
const by = z
  .object({
    id: z.string(),
    roles: z.array(z.enum([...roles, "operator"])).optional(),
    role: z.enum([...roles, "operator"]).optional(),
  })
  .transform(({ id, roles: named, role }) => ({ id, roles: named ?? (role ? [role] : []) }));

/** A message on the queue `builds`: for the issue as it stands when the message is read. */
export const buildOrder = z.object({ v: z.literal(1), publication: z.string(), issue: z.string(), by });
export type BuildOrder = z.infer<typeof buildOrder>;
