import * as z from "zod";
import { type IssuerSettings, issuerSchema } from "./issuer.ts";

/** How people get in at the desk of a deployed stage: a secret, written down when the issuer's client is made. */
const signInSchema = issuerSchema.extend({
  /** Where people find the desk. */
  deskUrl: z.url(),
  /** The stage's own user pool; there is none where another house says who somebody is. */
  userPool: z.string().min(1).optional(),
});

export interface SignIn {
  readonly issuer: IssuerSettings;
  /** Without a slash at its end. */
  readonly deskUrl: string;
  readonly userPool?: string | undefined;
}

/** @throws when the text is no such secret */
export function readSignIn(text: string): SignIn {
  const { deskUrl, userPool, ...issuer } = signInSchema.parse(JSON.parse(text));
  return { issuer, deskUrl: deskUrl.replace(/\/$/, ""), userPool };
}
