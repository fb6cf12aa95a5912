import * as z from "zod";
import { slugOf, slugTry } from "./article/slug.ts";
import { Refusal } from "./refusal.ts";
import { operator, type Person, type Role, roles } from "./rights.ts";
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

/** So the acts name the machine and the house's own rules; under such an id somebody would own what nobody handed in. */
const nobodys: ReadonlySet<string> = new Set([operator.id, "kurier"]);

/** What somebody of this name is called in acts; the next try where that is another's already. @param turn from 1 */
export function personIdOf(name: string, turn: number): string {
  const slug = slugOf(name);
  return slugTry(slug, nobodys.has(slug) ? turn + 1 : turn);
}

/** Each role once, in their order. @throws Refusal `role-unknown`, `roles-missing` */
export function readRoles(typed: readonly string[]): readonly Role[] {
  const names = typed.map((role) => role.trim().toLowerCase()).filter((role) => role !== "");
  const unknown = names.find((name) => !roles.some((role) => role === name));
  if (unknown !== undefined) throw new Refusal("role-unknown", { role: unknown, roles: roles.join(", ") });
  const read = roles.filter((role) => names.includes(role));
  if (read.length === 0) throw new Refusal("roles-missing");
  return read;
}
