import * as z from "zod";
import type { Person } from "./rights.ts";
import { type AddressKey, addressKeyLength } from "./subscriber/subscriber.ts";

/** Someone a publication knows: what they send to its address for submissions is believed to be theirs. */

export const personSchema = z.object({
  v: z.literal(1),
  /** "thomas-serak"; stands in acts and submissions, where no address may. */
  id: z.string().min(1).max(120),
  name: z.string().min(1),
  /** As `readAddress` spells it. */
  address: z.string().min(3).max(254),
  addressKey: z.string().length(addressKeyLength),
  role: z.literal("author"),
});
export interface KnownPerson extends Person {
  readonly v: 1;
  readonly name: string;
  readonly address: string;
  readonly addressKey: AddressKey;
  readonly role: "author";
}
