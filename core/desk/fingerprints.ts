import type { Issue } from "../issue/issue.ts";

/** A build's fingerprint, as pages of the desk know it. */

/** Twelve digits tell any two builds of an issue apart, and can be read out over the telephone. */
export const shortFingerprint = (fingerprint: string): string => fingerprint.slice(0, 12);

export const fingerprintOf = (issue: Issue): string | undefined =>
  "fingerprint" in issue ? (issue as { readonly fingerprint: string }).fingerprint : undefined;
