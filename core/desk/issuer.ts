import * as z from "zod";
import { readAddress } from "../email-address.ts";
import { Refusal } from "../refusal.ts";

/** Who says who somebody is: an issuer of OpenID Connect, Cognito or any other. On AWS a secret, elsewhere settings of the server. */

const loopback = /^(127\.0\.0\.1|localhost)$/;

/** What comes back carries a right to the desk: over a net it travels encrypted, or not at all. */
const isSafe = (url: string): boolean => {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname } = new URL(url);
  return protocol === "https:" || (protocol === "http:" && loopback.test(hostname));
};

export const issuerSchema = z.strictObject({
  /** As its tokens name it: "https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_…" */
  issuer: z.string().refine(isSafe),
  clientId: z.string().min(1),
  clientSecret: z.string().min(1).optional(),
  /** Believes addresses it does not call verified: where whoever runs the issuer gives them out. */
  trustsAddresses: z.boolean().default(false),
});
export type IssuerSettings = z.infer<typeof issuerSchema>;

/** What an issuer tells of somebody. */
export type Claims = Readonly<Record<string, unknown>>;

/**
 * The address an issuer vouches for. One that is only claimed opens no door: anybody may type it there.
 *
 * @throws Refusal `sign-in-no-address`, `sign-in-unverified`, `address-…`
 */
export function provenAddress(claims: Claims, { trustsAddresses }: Pick<IssuerSettings, "trustsAddresses">): string {
  if (typeof claims.email !== "string" || claims.email === "") throw new Refusal("sign-in-no-address");
  // Some issuers write it as text.
  const isVerified = claims.email_verified === true || claims.email_verified === "true";
  if (!isVerified && !trustsAddresses) throw new Refusal("sign-in-unverified");
  return readAddress(claims.email);
}
