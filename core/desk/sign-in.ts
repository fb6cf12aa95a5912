import * as z from "zod";

/** How people get in at the desk of a deployed stage: a secret, written down when the issuer's client is made. */
const signInSchema = z.object({
  /** As the issuer's tokens name it. */
  issuer: z.url(),
  clientId: z.string().min(1),
  /** A client of Cognito's has none: PKCE stands in its place. */
  clientSecret: z.string().min(1).optional(),
  /** Believes addresses the issuer does not call verified: where whoever runs it gives them out. */
  trustsAddresses: z.boolean().optional(),
  /** Where people find the desk, without a slash at its end. */
  deskUrl: z.url(),
  /** The stage's own user pool; there is none where another house says who somebody is. */
  userPool: z.string().min(1).optional(),
});

export interface SignIn {
  /** What a client of OpenID Connect has to know. */
  readonly issuer: {
    readonly issuer: string;
    readonly clientId: string;
    readonly clientSecret?: string | undefined;
    readonly trustsAddresses?: boolean | undefined;
  };
  readonly deskUrl: string;
  readonly userPool?: string | undefined;
}

/** @throws when the text is no such secret */
export function readSignIn(text: string): SignIn {
  const { deskUrl, userPool, ...issuer } = signInSchema.parse(JSON.parse(text));
  return { issuer, deskUrl: deskUrl.replace(/\/$/, ""), userPool };
}
