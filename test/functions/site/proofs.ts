import { type Challenge, createChallenge, type Payload, solveChallenge } from "altcha-lib";
import { deriveKey } from "altcha-lib/algorithms/pbkdf2";
import { doorFields, doorKeys, type FormPost } from "../../../core/subscriber/protection.ts";
import type { Cloud } from "../../../functions/cloud/cloud.ts";

/** What somebody brings to the door. */

export const aPost = (given: Partial<FormPost> = {}): FormPost => ({
  fields: {},
  address: "ada@stadt.example",
  ip: "203.0.113.7",
  ...given,
});

export const withWork = (payload: Payload): FormPost["fields"] => ({
  [doorFields.work]: Buffer.from(JSON.stringify(payload)).toString("base64"),
});

/** What the form's script does. */
export async function solve(challenge: Challenge): Promise<FormPost["fields"]> {
  const solution = await solveChallenge({ challenge, deriveKey });
  if (!solution) throw new Error("nobody solved it");
  return withWork({ challenge, solution });
}

/** A challenge of ours that is no work at all, so that a test may bring thousands. */
export async function easyWork(cloud: Cloud, id: string): Promise<FormPost["fields"]> {
  const [keys] = doorKeys(await cloud.secrets.read("links"));
  if (!keys) throw new Error("no keys");
  return solve(
    await createChallenge({
      ...{ algorithm: "PBKDF2/SHA-256", cost: 1, counter: 0, deriveKey },
      ...{ hmacSignatureSecret: keys.challenge, hmacKeySignatureSecret: keys.solution },
      data: { id, at: cloud.clock.now().getTime() },
    }),
  );
}
