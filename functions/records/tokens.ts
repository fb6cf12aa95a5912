import type { AddressKey } from "../../core/subscriber/subscriber.ts";
import type { Cloud } from "../cloud/cloud.ts";

/** The links of confirm mails: 256 random bits, kept as SHA-256, good for one use and seven days. */
export type TokenFor =
  | {
      readonly is: "confirm";
      readonly addressKey: AddressKey;
      readonly publications: readonly string[];
      readonly wording: string;
      /** Which request it answers: under that time the evidence is filed. */
      readonly requestedAt: string;
    }
  /** `addressKey` is the new address's; the address itself waits beside it. */
  | { readonly is: "move"; readonly publication: string; readonly from: AddressKey; readonly addressKey: AddressKey };

export async function makeToken(cloud: Cloud, what: TokenFor): Promise<string> {
  throw new Error("to be written");
}

/** Undefined: never made, or too old. */
export async function readToken(
  cloud: Cloud,
  token: string,
): Promise<{ readonly what: TokenFor; readonly isUsed: boolean } | undefined> {
  throw new Error("to be written");
}
