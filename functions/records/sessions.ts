import { type Device, type System, systems } from "../../core/desk/device.ts";
import { digestOf } from "../../core/digest.ts";
import type { AddressKey } from "../../core/subscriber/subscriber.ts";
import type { Change, Cloud, Item } from "../cloud/cloud.ts";
import { ownSessionKey, sessionKey } from "./keys.ts";
import { isToken, randomToken } from "./random-token.ts";
import { allOf } from "./rows.ts";

/** Who is signed in at the desk: 256 random bits in a cookie, kept as SHA-256 for twelve hours. */

export interface Session {
  /** The hash of its token: names the session, opens nothing. */
  readonly id: string;
  readonly addressKey: AddressKey;
  /** When they last showed who they are. */
  readonly signedInAt: string;
  readonly expiresAt: string;
  /** With what, so that its owner knows it again; nothing of where they were. */
  readonly device: Device;
}

/** A working day, and the evening of a day on which an issue is sent. */
export const sessionHours = 12;

/** When it began; since then somebody may have shown who they are anew. */
export const openedAt = ({ expiresAt }: Session): string =>
  new Date(Date.parse(expiresAt) - sessionHours * 3_600_000).toISOString();

/** Answers the token; nobody can read it again. */
export async function openSession(
  cloud: Cloud,
  { addressKey, signedInAt, device = {} }: Pick<Session, "addressKey" | "signedInAt"> & Partial<Session>,
): Promise<string> {
  const token = randomToken(cloud.clock);
  const id = digestOf(token);
  const expiresAt = new Date(cloud.clock.now().getTime() + sessionHours * 3_600_000).toISOString();
  const row = { v: 1, addressKey, signedInAt, expiresAt, ...device };
  await cloud.table.write([
    { put: { ...sessionKey(id), ...row }, if: "absent" },
    { put: { ...ownSessionKey(addressKey, id), ...row }, if: "absent" },
  ]);
  return token;
}

/** Undefined: never opened, ended, or too old. */
export async function readSession(cloud: Cloud, token: string): Promise<Session | undefined> {
  if (!isToken(token)) return undefined;
  const id = digestOf(token);
  const [row] = await cloud.table.get([sessionKey(id)], { consistent: true });
  return row && sessionOf(id, row);
}

/** All of somebody's, as long as they last; one that was opened a moment ago, too. */
export const listSessions = (cloud: Cloud, addressKey: AddressKey): Promise<Session[]> =>
  allOf(cloud, { pk: `address#${addressKey}`, from: "session#", to: "session#~", consistent: true }, (row) =>
    sessionOf(row.sk.slice("session#".length), row),
  );

/** Ends one; it is as if it had never been. */
export const closeSession = (cloud: Cloud, session: Session): Promise<void> => cloud.table.write(closed(session));

/** Ends all of somebody's, on whatever machine. Answers how many there were. */
export async function closeSessionsOf(cloud: Cloud, addressKey: AddressKey): Promise<number> {
  const sessions = await listSessions(cloud, addressKey);
  for (const session of sessions) await closeSession(cloud, session);
  return sessions.length;
}

const closed = ({ id, addressKey }: Session): Change[] => [
  { remove: sessionKey(id) },
  { remove: ownSessionKey(addressKey, id) },
];

const sessionOf = (id: string, { addressKey, signedInAt, expiresAt, browser, system }: Item): Session => ({
  id,
  addressKey: String(addressKey) as AddressKey,
  signedInAt: String(signedInAt),
  expiresAt: String(expiresAt),
  device: {
    ...(browser !== undefined && { browser: String(browser) }),
    ...(isSystem(system) && { system }),
  },
});

/** Another version of the code may know more of them. */
const isSystem = (named: unknown): named is System => systems.some((system) => system === named);
