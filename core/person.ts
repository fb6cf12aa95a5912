import * as z from "zod";
import { digestOf } from "./digest.ts";
import { Refusal } from "./refusal.ts";
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
  /** "p-5f0c2b91ae44"; stands in acts and submissions, where neither name nor address may. Older ones are made of the name. */
  id: z.string().min(1).max(120),
  name: z.string().min(1),
  /** As `readAddress` spells it. */
  address: z.string().min(3).max(254),
  addressKey: z.string().length(addressKeyLength),
  roles: rolesSchema.default(["author"]),
  /** One more with every change; none since they were added. */
  version: z.int().nonnegative().default(0),
});
export interface KnownPerson extends Person {
  readonly v: 1;
  readonly name: string;
  readonly address: string;
  readonly addressKey: AddressKey;
  readonly roles: readonly Role[];
  readonly version?: number;
}

/**
 * What somebody is called in acts and submissions. It tells nothing of them, so that it may stay when they are forgotten, and
 * nobody gets it again: what is left there is not a namesake's.
 *
 * @param lot something that was never there before
 */
export const personIdFrom = (lot: string): string => `p-${digestOf(lot).slice(0, 12)}`;
/** Of somebody who is not known any more nothing else is left. */
export const isPersonId = (id: string): boolean => /^p-[0-9a-f]{12}$/.test(id);

/** Each role once, in their order. @throws Refusal `role-unknown`, `roles-missing` */
export function readRoles(typed: readonly string[]): readonly Role[] {
  const names = typed.map((role) => role.trim().toLowerCase()).filter((role) => role !== "");
  const unknown = names.find((name) => !roles.some((role) => role === name));
  if (unknown !== undefined) throw new Refusal("role-unknown", { role: unknown, roles: roles.join(", ") });
  const read = roles.filter((role) => names.includes(role));
  if (read.length === 0) throw new Refusal("roles-missing");
  return read;
}
