import * as z from "zod";
import { type Person, type Role, roles } from "./rights.ts";
import { type AddressKey, addressKeyLength } from "./subscriber/subscriber.ts";

/**
 * Someone a publication knows: they may sign in at the desk, and what they send to its address for submissions is
 * believed to be theirs.
 */

/** Rows from before there was a desk know none. */
const rolesSchema = z.array(z.enum(roles)).min(1).readonly();

export const personSchema = z.object({
  v: z.literal(1),
  /** "thomas-serak"; stands in acts and submissions, where no address may. */
  id: z.string().min(1).max(120),
  name: z.string().min(1),
  /** As `readAddress` spells it. */
  address: z.string().min(3).max(254),
  addressKey: z.string().length(addressKeyLength),
  roles: rolesSchema.default(["author"]),
});
export interface KnownPerson extends Person {
  readonly v: 1;
  readonly name: string;
  readonly address: string;
  readonly addressKey: AddressKey;
  readonly roles: readonly Role[];
}
