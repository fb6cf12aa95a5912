import type { Context } from "hono";
import { readAddress } from "../../core/email-address.ts";
import type { Publication } from "../../core/publication.ts";
import {
  addressKeyOf,
  addressSecret,
  type LinkPurpose,
  linkRing,
  linkToken,
  readLinkToken,
} from "../../core/subscriber/link.ts";
import type { AddressKey, Moved, Subscriber } from "../../core/subscriber/subscriber.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { findPublication } from "../records/publications.ts";
import { whereNow } from "../records/subscribers.ts";

/** Whoever holds a link of ours. */
export interface Holder {
  readonly publication: Publication;
  /** The one the link was made for, or the one they moved to. */
  readonly addressKey: AddressKey;
  readonly subscriber: Exclude<Subscriber, Moved> | undefined;
  /** Where the page of this link stands below the publication. */
  readonly here: string;
}
export type Found =
  | ({ readonly isOurs: true } & Holder)
  | { readonly isOurs: false; readonly publication: Publication | undefined };

export async function findReader(cloud: Cloud, c: Context, purpose: LinkPurpose): Promise<Found> {
  const publication = await findPublication(cloud, c.req.param("publication") ?? "");
  if (!publication) return { isOurs: false, publication };
  const token = c.req.param("token") ?? "";
  const linked = readLinkToken(await ring(cloud), purpose, publication.id, token);
  if (!linked) return { isOurs: false, publication };
  const subscriber = await whereNow(cloud, publication.id, linked);
  const here = `${letterOf[purpose]}/${token}`;
  return { isOurs: true, publication, subscriber, addressKey: subscriber?.addressKey ?? linked, here };
}

/** First in the path below a publication, final from the first mail on. */
export const letterOf: Readonly<Record<LinkPurpose, string>> = { leave: "u", preferences: "e" };

/** "e/v1…": a link of another purpose for the same reader. */
export const linkFor = async (
  cloud: Cloud,
  purpose: LinkPurpose,
  key: AddressKey,
  publication: string,
): Promise<string> => `${letterOf[purpose]}/${linkToken(await ring(cloud), purpose, key, publication)}`;

const ring = async ({ secrets }: Cloud) => linkRing(await secrets.read("links"));

export const keyOfAddress = async ({ secrets }: Cloud, address: string): Promise<AddressKey> =>
  addressKeyOf(addressSecret(await secrets.read("address")), address);

/** Whether somebody knows the whole address a link is for. */
export async function isTheirs(cloud: Cloud, { addressKey }: Holder, typed: string): Promise<boolean> {
  try {
    return (await keyOfAddress(cloud, readAddress(typed))) === addressKey;
  } catch {
    return false;
  }
}

/** Who reads the publication now. */
export const isReader = (subscriber: Subscriber | undefined) => subscriber?.state === "confirmed";
