import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto";

/** What keeps the sign-up form from being used to bomb others. Nothing here knows who is a reader. */

/** Fields of a form beside what people fill in. */
export const doorFields = {
  /** Looks like a field and is hidden from people: who fills it in is none. */
  trap: "homepage",
  /** A solved challenge, as the ALTCHA widget writes it. */
  work: "altcha",
  /** The second step of who has no script. */
  step: "step",
} as const;

/** What somebody posted to the form. */
export interface FormPost {
  /** Every field as it came. */
  readonly fields: Readonly<Record<string, string | undefined>>;
  /** As `readAddress` spells it. */
  readonly address: string;
  /** Who posts; "" where nobody can tell. */
  readonly ip: string;
}

/**
 * pass: it may go into the queue · slow: nothing shows that a person is there, ask for the second step · drop: answer as
 * ever and do nothing · closed: too many at the moment, whoever they are.
 */
export type Passage = "pass" | "slow" | "drop" | "closed";

// ── how much is too much ─────────────────────────────────────────────────────────────────────────

/** Confirm mails an hour over all: the smallest reserve of the rate, one in five seconds, is through with them in that hour. */
export const mostPerHour = 600;
/** No domain gets more than a quarter of them: mailbox providers judge a sender by the mails nobody asked for. */
export const mostPerDomain = mostPerHour / 4;
/** A town hall behind one address may read together; a whole /24 or /48 counts as one. */
export const mostPerNetwork = 30;
/** Who has no script proves little: a household, not an office. */
export const mostStepsPerNetwork = 5;
/** Somebody unsure posts again; the sixth time within the hour nothing more happens, and nobody is told. */
export const mostPerAddress = 5;

export const hourOf = (now: Date): string => now.toISOString().slice(0, 13);
export const dayOf = (now: Date): string => now.toISOString().slice(0, 10);
export const hourMilliseconds = 3_600_000;

/** A name nobody can undo without the salt. */
export const blind = (salt: string, text: string): string =>
  createHmac("sha256", salt).update(text).digest("base64url").slice(0, 22);

/** The network an address belongs to: /24 of IPv4, /48 of IPv6. "" where it is none. */
export function networkOf(ip: string): string {
  const v4 = /^(?:::ffff:)?(\d{1,3}\.\d{1,3}\.\d{1,3})\.\d{1,3}$/i.exec(ip)?.[1];
  if (v4 !== undefined) return v4;
  const host = `http://[${ip.replace(/%.*$/, "")}]`;
  if (!ip.includes(":") || !URL.canParse(host)) return "";
  const [left = [], right = []] = new URL(host).hostname
    .slice(1, -1)
    .split("::")
    .map((half) => half.split(":").filter(Boolean));
  const zeros = Array.from({ length: 8 - left.length - right.length }, () => "0");
  return [...left, ...zeros, ...right].slice(0, 3).join(":");
}

// ── time ─────────────────────────────────────────────────────────────────────────────────────────

/** A challenge is fetched when the form is looked at: nobody has typed an address so soon. */
export const shortestFill = 2_000;
/** Older work is not taken any more; so long a solved challenge is remembered. */
export const longestWork = 10 * 60_000;
/** Who has no script waits so long between the two steps. */
export const shortestStep = 10_000;
export const longestStep = 60 * 60_000;

// ── keys and the second step ─────────────────────────────────────────────────────────────────────

/** What signs challenges, their solutions and second steps. */
export interface DoorKeys {
  readonly challenge: string;
  readonly solution: string;
  readonly step: Buffer;
}

/**
 * From the secret `links`, newest first: the door never holds the secret behind readers' keys. Every key listed verifies.
 */
export function doorKeys(links: string): readonly DoorKeys[] {
  const listed = JSON.parse(links) as { key: string }[];
  return listed.map(({ key }) => {
    const derive = (purpose: string): Buffer =>
      Buffer.from(hkdfSync("sha256", Buffer.from(key, "base64url"), "", `kurier door ${purpose} v1`, 32));
    return {
      challenge: derive("challenge").toString("hex"),
      solution: derive("solution").toString("hex"),
      step: derive("step"),
    };
  });
}

/** A second step: for one address, from now on. @param id makes it one of its kind */
export function stepToken([newest]: readonly DoorKeys[], address: string, id: string, now: Date): string {
  if (!newest) throw new Error("there is no key for the door");
  const claim = `${now.getTime().toString(36)}.${id}`;
  return `${claim}.${stepMac(newest, claim, address)}`;
}

const stepMac = ({ step }: DoorKeys, claim: string, address: string): string =>
  createHmac("sha256", step).update(`${claim}.${address}`).digest("base64url");

/** When a second step began and which one it is; undefined: forged, or for another address. */
export function readStep(
  keys: readonly DoorKeys[],
  address: string,
  token: string,
): { readonly id: string; readonly at: number } | undefined {
  const [at = "", id = "", mac = "", ...more] = token.length <= longestToken ? token.split(".") : [];
  if (mac === "" || more.length > 0 || !/^[0-9a-z]{1,11}$/.test(at)) return undefined;
  const theirs = Buffer.from(mac);
  const isOurs = keys.some((key) => {
    const ours = Buffer.from(stepMac(key, `${at}.${id}`, address));
    return ours.length === theirs.length && timingSafeEqual(ours, theirs);
  });
  return isOurs ? { id, at: Number.parseInt(at, 36) } : undefined;
}
const longestToken = 120;
