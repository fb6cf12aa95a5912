import { createHmac, createSecretKey, hkdfSync, type KeyObject, timingSafeEqual } from "node:crypto";
import { type AddressKey, addressKeyLength } from "./subscriber.ts";

/** What a link lets its holder do; each purpose signs with a key of its own. */
export type LinkPurpose = "leave" | "preferences";

interface LinkKey {
  readonly kid: string;
  /** From then on it may sign. */
  readonly since: string;
  readonly keys: Readonly<Record<LinkPurpose, KeyObject>>;
}
/** The first one signs, every one listed verifies. */
export type LinkRing = readonly LinkKey[];

const macLength = 43;
/** In characters; the size of an edition is measured with links this long. */
export const longestToken = 160;
const keyBytes = 32;

/** A key object: with bytes, each HMAC would take six times as long. */
export type AddressSecret = KeyObject;

/** Reads the secret `address` once: 32 bytes as base64url. */
export function addressSecret(text: string): AddressSecret {
  const secret = Buffer.from(text.trim(), "base64url");
  if (secret.length !== keyBytes) throw new Error("the address secret is not 32 bytes of base64url");
  return createSecretKey(secret);
}

/** The reader's id everywhere: the first 22 characters of base64url(HMAC-SHA-256(address secret, address)). */
export const addressKeyOf = (secret: AddressSecret, address: string): AddressKey =>
  createHmac("sha256", secret).update(address).digest("base64url").slice(0, addressKeyLength);

/**
 * Reads the secret `links` (JSON `[{ kid, key, since }]`, newest first) and derives the keys by purpose (RFC 5869).
 *
 * @param signsAt for who signs: a key that is too new for that stands behind the others and verifies only
 */
export function linkRing(text: string, signsAt?: Date): LinkRing {
  const listed = JSON.parse(text) as { kid: string; key: string; since?: string }[];
  if (listed.length === 0) throw new Error("the secret links names no key");
  const ring = listed.map(({ kid, key, since = "" }) => {
    const secret = Buffer.from(key, "base64url");
    if (!/^[A-Za-z0-9_-]{1,16}$/.test(kid) || secret.length < keyBytes) throw new Error("a link key is malformed");
    return { kid, since, keys: { leave: derive(secret, "leave"), preferences: derive(secret, "preferences") } };
  });
  const isTooNew = ({ since }: LinkKey): boolean => signsAt !== undefined && since > signsAt.toISOString();
  return [...ring.filter((key) => !isTooNew(key)), ...ring.filter(isTooNew)];
}

const derive = (secret: Buffer, purpose: LinkPurpose): KeyObject =>
  createSecretKey(Buffer.from(hkdfSync("sha256", secret, "", `kurier link ${purpose} v1`, keyBytes)));

/** `v1.kid.payload.mac`; the payload is the addressKey and the publication, both already in base64url's letters. */
export function linkToken(ring: LinkRing, purpose: LinkPurpose, addressKey: AddressKey, publication: string): string {
  const [newest] = ring;
  if (!newest) throw new Error("the secret links names no key");
  return sign(newest, purpose, addressKey + publication);
}

function sign({ kid, keys }: LinkKey, purpose: LinkPurpose, payload: string): string {
  const claim = `v1.${kid}.${payload}`;
  return `${claim}.${createHmac("sha256", keys[purpose]).update(claim).digest("base64url")}`;
}

/** Whose link it is, or undefined: forged, cut, of another purpose or publication, or signed with a key long gone. */
export function readLinkToken(
  ring: LinkRing,
  purpose: LinkPurpose,
  publication: string,
  token: string,
): AddressKey | undefined {
  if (token.length > longestToken) return undefined;
  const [version, kid, payload = "", mac = "", ...more] = token.split(".");
  const key = ring.find((one) => one.kid === kid);
  if (version !== "v1" || !key || mac.length !== macLength || more.length > 0) return undefined;
  const addressKey = payload.slice(0, addressKeyLength);
  if (!/^[A-Za-z0-9_-]{22}$/.test(addressKey) || payload.slice(addressKeyLength) !== publication) return undefined;
  // Comparing the text, not the bytes: base64url has several spellings of one value, and only ours is valid.
  const [ours, theirs] = [Buffer.from(sign(key, purpose, payload)), Buffer.from(token)];
  return ours.length === theirs.length && timingSafeEqual(ours, theirs) ? addressKey : undefined;
}
