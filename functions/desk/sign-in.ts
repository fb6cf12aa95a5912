import type { Device } from "../../core/desk/device.ts";
import { ownPath } from "../../core/desk/own-path.ts";
import { Refusal } from "../../core/refusal.ts";
import { addressKeyOf, addressSecret } from "../../core/subscriber/link.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { isFenced } from "../records/fence.ts";
import { findFounder } from "../records/founders.ts";
import { peopleAt } from "../records/people.ts";
import { closeSession, openSession, type Session } from "../records/sessions.ts";
import { keepSignIn, takeSignIn } from "../records/sign-ins.ts";
import { hasLeftSince } from "../records/sign-outs.ts";
import type { Issuer, Proven, Wish } from "./issuer.ts";

/**
 * Somebody goes to the issuer. Answers its page, and what their browser has to bring back.
 *
 * @throws Refusal `issuer-silent`, `desk-fenced`
 */
export async function beginSignIn(
  cloud: Cloud,
  issuer: Issuer,
  { to, ...wish }: Wish & { readonly to: string },
): Promise<{ readonly url: string; readonly state: string }> {
  await demandOpen(cloud);
  const { url, kept } = await issuer.go(wish);
  await keepSignIn(cloud, { ...kept, to: ownPath(to) });
  return { url, state: kept.state };
}

/** How somebody comes back: what their address and their browser say, and the session they had. */
export interface Came {
  readonly query: URLSearchParams;
  /** What their browser kept. */
  readonly state: string;
  readonly before: Session | undefined;
  readonly device: Device;
}
/** Who it was. */
export type CameBack =
  | { readonly is: "known"; readonly token: string; readonly to: string }
  /** They have signed out since they showed who they are: they show it anew. */
  | { readonly is: "left"; readonly to: string }
  /** They are who they say, and nobody here knows them. */
  | { readonly is: "unknown"; readonly address: string };

/**
 * Somebody comes back from the issuer. A session they had is ended: nobody keeps a cookie that somebody else may have put
 * into their browser before.
 *
 * @throws Refusal `sign-in-lost`, `desk-fenced`, and what `Issuer.comeBack` throws
 */
export async function finishSignIn(cloud: Cloud, issuer: Issuer, came: Came): Promise<CameBack> {
  // First: a stranger's link must not use up what somebody has begun.
  if (came.query.get("state") !== came.state) throw new Refusal("sign-in-lost");
  const begun = await takeSignIn(cloud, came.state);
  if (!begun) throw new Refusal("sign-in-lost");
  const { address, at } = await issuer.comeBack(came.query, begun);
  await demandOpen(cloud);
  const addressKey = addressKeyOf(addressSecret(await cloud.secrets.read("address")), address);
  const isKnown = (await peopleAt(cloud, addressKey)).length > 0 || (await findFounder(cloud, addressKey));
  if (!isKnown) return { is: "unknown", address };
  if (!begun.isFresh && (await hasLeftSince(cloud, addressKey, at))) return { is: "left", to: begun.to };
  if (came.before) await closeSession(cloud, came.before);
  const token = await openSession(cloud, { addressKey, signedInAt: signedInAt(cloud, at), device: came.device });
  return { is: "known", token, to: begun.to };
}

/** An older table knows people who were let go, until it is told. @throws Refusal `desk-fenced` */
async function demandOpen(cloud: Cloud): Promise<void> {
  if (await isFenced(cloud)) throw new Refusal("desk-fenced");
}

/** An issuer that does not say when it was has not said that it was just now. Its clock may run ahead of ours. */
function signedInAt({ clock }: Cloud, said: Proven["at"]): string {
  const now = clock.now().toISOString();
  if (said === undefined) return new Date(0).toISOString();
  return said < now ? said : now;
}
