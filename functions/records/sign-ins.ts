import { digestOf } from "../../core/digest.ts";
import { type Cloud, Conflict } from "../cloud/cloud.ts";
import { signInKey } from "./keys.ts";

/** Who has gone to the issuer and is not back yet: known by the hash of a cookie, good for once and ten minutes. */

export interface Begun {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  /** Whether they have to show anew who they are. */
  readonly isFresh: boolean;
  /** Where they wanted to go: a path of ours. */
  readonly to: string;
}

export const signInMinutes = 10;

/** The state is the secret the browser keeps; nobody can read it out of the table. */
export async function keepSignIn(cloud: Cloud, { state, ...begun }: Begun): Promise<void> {
  const expiresAt = new Date(cloud.clock.now().getTime() + signInMinutes * 60_000).toISOString();
  await cloud.table.write([{ put: { ...signInKey(digestOf(state)), v: 1, ...begun, expiresAt }, if: "absent" }]);
}

/** Takes it out, so that it is good for once. Undefined: never begun, too old, or taken already. */
export async function takeSignIn(cloud: Cloud, state: string): Promise<Begun | undefined> {
  const key = signInKey(digestOf(state));
  const [row] = await cloud.table.get([key], { consistent: true });
  if (!row) return undefined;
  try {
    await cloud.table.write([{ remove: key, if: "present" }]);
  } catch (conflict) {
    if (conflict instanceof Conflict) return undefined;
    throw conflict;
  }
  const { nonce, verifier, isFresh, to } = row;
  return { state, nonce: String(nonce), verifier: String(verifier), isFresh: isFresh === true, to: String(to) };
}
