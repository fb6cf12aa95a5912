import * as z from "zod";
import { type IssuerSettings, issuerSchema } from "./issuer.ts";

/** How people get in at the desk of a deployed stage, and what else its deployment knows last: a secret, written down then. */
const signInSchema = issuerSchema.extend({
  /** Where people find the desk. */
  deskUrl: z.url(),
  /** Where pages of readers hang, one publication beside the other; there is no such place where each has its own host. */
  siteUrl: z.url().optional(),
  /** The stage's own user pool; there is none where another house says who somebody is. */
  userPool: z.string().min(1).optional(),
  /** What keeps copies of the public files; nothing does in a regional stage. */
  distribution: z.string().min(1).optional(),
});

export interface SignIn {
  readonly issuer: IssuerSettings;
  /** Without a slash at its end. */
  readonly deskUrl: string;
  readonly siteUrl?: string | undefined;
  readonly userPool?: string | undefined;
  readonly distribution?: string | undefined;
}

/** @throws when the text is no such secret */
export function readSignIn(text: string): SignIn {
  const { deskUrl, siteUrl, userPool, distribution, ...issuer } = signInSchema.parse(JSON.parse(text));
  return { issuer, deskUrl: deskUrl.replace(/\/$/, ""), siteUrl, userPool, distribution };
}
