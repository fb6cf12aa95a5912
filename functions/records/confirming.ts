import { confirm } from "../../core/subscriber/subscribe.ts";
import type { AddressKey } from "../../core/subscriber/subscriber.ts";
import type { Change, Cloud } from "../cloud/cloud.ts";
import { putSettled, readAtAddress } from "./at-address.ts";
import { evidenceRow, requestEvidence } from "./consents.ts";
import { findPublication } from "./publications.ts";
import { lifting } from "./suppressions.ts";
import { readToken, type TokenFor, useToken } from "./tokens.ts";
import { untilWritten } from "./until-written.ts";

type ConfirmToken = Extract<TokenFor, { is: "confirm" }>;
interface ConfirmedNow {
  readonly publications: readonly string[];
  readonly addressKey: AddressKey;
}

/**
 * The reader pressed the button of their confirm mail: all publications they asked for, evidence and the used link are
 * written together or not at all. A suppression ends there, whatever was its reason. Where a publication has a welcome,
 * it is asked for. Undefined: no such link, or nothing waits any more.
 */
export async function confirmReader(cloud: Cloud, token: string): Promise<ConfirmedNow | "used" | undefined> {
  const done = await untilWritten(async () => {
    const held = await readToken(cloud, token);
    if (held?.what.is !== "confirm") return undefined;
    return held.isUsed ? "used" : confirmAll(cloud, token, held.what);
  });
  if (done === undefined || done === "used") return done;
  await askForWelcome(cloud, done);
  return { addressKey: done.addressKey, publications: done.publications };
}

async function confirmAll(
  cloud: Cloud,
  token: string,
  what: ConfirmToken,
): Promise<(ConfirmedNow & { added: readonly string[] }) | undefined> {
  const { addressKey } = what;
  const changes: Change[] = [];
  const [publications, added]: [string[], string[]] = [[], []];
  for (const publication of what.publications) {
    const found = await confirmOne(cloud, publication, what);
    if (!found) continue;
    publications.push(publication);
    if (found.length > 0) added.push(publication);
    changes.push(...found);
  }
  if (publications.length === 0) return undefined;
  const lifted = added.length > 0 ? await lifting(cloud, addressKey) : [];
  await cloud.table.write([useToken(cloud, token, what), ...changes, ...lifted]);
  return { addressKey, publications, added };
}

/** No change: they are a reader already. Undefined: nobody waits. */
async function confirmOne(cloud: Cloud, publication: string, what: ConfirmToken): Promise<Change[] | undefined> {
  const { addressKey, requestedAt, wording } = what;
  const there = await readAtAddress(cloud, publication, addressKey);
  const at = cloud.clock.now().toISOString();
  const reader = confirm(there, requestedAt, at);
  if (!reader) return there.settled?.state === "confirmed" && !there.isSuppressed ? [] : undefined;
  const { mail, isConfirmed } = await requestEvidence(cloud, addressKey, publication, requestedAt);
  const mailed = mail && { mail: mail.mail, mailAcceptedAt: mail.at };
  const evidence = evidenceRow(addressKey, { kind: "confirmed", publication, at, requestedAt, wording, ...mailed });
  return [...putSettled(there, reader), ...(isConfirmed ? [] : [evidence])];
}

/** A courtesy: that it fails does not undo that they are a reader. */
async function askForWelcome(
  cloud: Cloud,
  { addressKey, added }: { addressKey: AddressKey; added: readonly string[] },
) {
  const found = await Promise.all(added.map((id) => findPublication(cloud, id)));
  const welcoming = found.flatMap((one) => (one?.welcome ? [one.id] : []));
  if (welcoming.length === 0) return;
  const messages = welcoming.map((publication) => ({
    v: 1,
    is: "welcome",
    id: cloud.clock.id(),
    publication,
    addressKey,
  }));
  await cloud.queues.confirmations.add(messages).catch((fault: unknown) => {
    console.error({ welcome: "not asked for", addressKey, fault: String(fault) });
  });
}
