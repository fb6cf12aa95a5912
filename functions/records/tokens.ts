import { digestOf } from "../../core/digest.ts";
import { confirmBy } from "../../core/subscriber/subscribe.ts";
import type { AddressKey } from "../../core/subscriber/subscriber.ts";
import type { Change, Cloud } from "../cloud/cloud.ts";
import { tokenKey } from "./keys.ts";
import { isToken, randomToken } from "./random-token.ts";

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

/** Answers the token; nobody can read it again. */
export async function makeToken(cloud: Cloud, what: TokenFor): Promise<string> {
  const token = randomToken(cloud.clock);
  const expiresAt = confirmBy(cloud.clock.now().toISOString());
  await cloud.table.write([{ put: { ...keyOf(token), v: 1, ...what, expiresAt }, if: "absent" }]);
  return token;
}

/** Undefined: never made, or too old. */
export async function readToken(
  cloud: Cloud,
  token: string,
): Promise<{ readonly what: TokenFor; readonly isUsed: boolean } | undefined> {
  if (!isToken(token)) return undefined;
  const [row] = await cloud.table.get([keyOf(token)], { consistent: true });
  if (!row) return undefined;
  const { pk: _, sk: __, v: ___, expiresAt: ____, usedAt, ...what } = row;
  return { what: what as unknown as TokenFor, isUsed: usedAt !== undefined };
}

/** Marks it as used, in one breath with what it was used for. It stays till its end, to tell who presses twice. */
export const useToken = ({ clock }: Cloud, token: string, { is }: TokenFor): Change => ({
  patch: keyOf(token),
  set: { usedAt: clock.now().toISOString() },
  if: { is, usedAt: null },
});

const keyOf = (token: string) => tokenKey(digestOf(token));
