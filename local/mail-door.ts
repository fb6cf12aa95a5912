import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { SMTPServer, type SMTPServerAddress, type SMTPServerDataStream, type SMTPServerSession } from "smtp-server";
import { readAddress } from "../core/email-address.ts";
import { Refusal } from "../core/refusal.ts";
import type { Cloud } from "../functions/cloud/cloud.ts";
import { mailFile } from "../functions/records/paths.ts";
import { listPublications, requirePublication } from "../functions/records/publications.ts";
import { putPlate, removePlate } from "./mail-door/plate.ts";
import { type Believed, receivedMail } from "./mail-door/received-mail.ts";

/**
 * Takes mail for the addresses of submissions over SMTP, and for nobody else: no relay, no login. A mail server in front
 * delivers to it; what it takes it lays where SES would, and the same function does the rest.
 */
export interface MailDoor {
  readonly port: number;
  close(): Promise<void>;
}

export interface MailDoorOptions {
  readonly host: string;
  /** 0 for any that is free. */
  readonly port: number;
  readonly believed: Believed;
  /** Whose door it is: commands in another terminal find it there. */
  readonly folder?: string;
}

/** As much as SES takes. */
export const mostMailBytes = 40_000_000;
const mostClients = 10;
const mostRecipients = 20;
/** Whoever says nothing for a minute is gone. */
const silenceMilliseconds = 60_000;

/** As long as on AWS. */
const keptMilliseconds = 3 * 86_400_000;

/** @throws Refusal `port-taken` */
export async function openMailDoor(cloud: Cloud, options: MailDoorOptions): Promise<MailDoor> {
  const { host, port, believed, folder } = options;
  if (folder !== undefined) removePlate(folder);
  await forgetOld(cloud);
  const server = new SMTPServer({
    name: "kurier",
    banner: "Kurier",
    disabledCommands: ["AUTH", "STARTTLS"],
    authOptional: true,
    ...{ hideSMTPUTF8: true, disableReverseLookup: true, logger: false },
    ...{ size: mostMailBytes, rejectOversized: true, maxClients: mostClients, maxRecipients: mostRecipients },
    ...{ socketTimeout: silenceMilliseconds, closeTimeout: 2_000 },
    onRcptTo: ({ address }, _, answer) => replied(answer, demandRecipient(cloud, address)),
    onData: (stream, session, answer) => replied(answer, take(cloud, stream, session, believed)),
  });
  server.on("error", (trouble) => console.error({ mailDoor: trouble.message }));
  const listening = server.listen(port, host);
  await once(listening, "listening").catch((trouble: NodeJS.ErrnoException) => {
    throw trouble.code === "EADDRINUSE" ? new Refusal("port-taken", { host, port }) : trouble;
  });
  const { port: own } = listening.address() as AddressInfo;
  if (folder !== undefined) putPlate(folder, host, own);
  return {
    port: own,
    close: () => {
      if (folder !== undefined) removePlate(folder);
      return new Promise((closed) => server.close(() => closed()));
    },
  };
}

/** Mails of which nothing could be made, for a fault of ours: there are addresses in them. */
async function forgetOld({ files, clock }: Cloud): Promise<void> {
  const until = new Date(clock.now().getTime() - keptMilliseconds).toISOString();
  const old = (await files.list("mail/")).filter(({ modifiedAt }) => modifiedAt < until);
  await files.remove(old.map(({ key }) => key));
}

/** What a server answers whoever it does not take a mail from. */
class NotTaken extends Error {
  readonly responseCode: number;

  constructor(responseCode: number, reason: string) {
    super(reason);
    this.responseCode = responseCode;
  }
}

function replied(answer: (trouble?: Error | null) => void, work: Promise<unknown>): void {
  work.then(
    () => answer(),
    (trouble: Error) => {
      if (trouble instanceof NotTaken) return answer(trouble);
      console.error({ fault: trouble.stack });
      answer(new NotTaken(451, "4.3.0 not now, please try again"));
    },
  );
}

async function demandRecipient(cloud: Cloud, typed: string): Promise<string> {
  const address = spelled(typed);
  for (const id of address ? await listPublications(cloud) : []) {
    const { submissions } = await requirePublication(cloud, id);
    if (submissions && spelled(submissions) === address) return id;
  }
  throw new NotTaken(550, "5.1.1 no such mailbox here");
}

function spelled(typed: string): string | undefined {
  try {
    return readAddress(typed);
  } catch {
    return undefined;
  }
}

/** Taken means: it lies on the disk. One for each publication it was sent to. */
async function take(
  cloud: Cloud,
  stream: SMTPServerDataStream,
  { envelope, remoteAddress }: SMTPServerSession,
  believed: Believed,
): Promise<void> {
  const raw = await bodyOf(stream);
  if (!raw) return; // too large: the server says so itself
  const ids = new Set(await Promise.all(envelope.rcptTo.map(({ address }) => demandRecipient(cloud, address))));
  for (const publication of ids) {
    const id = cloud.clock.id();
    const came = { id, from: senderOf(envelope.mailFrom), remoteAddress, at: cloud.clock.now() };
    const mail = await receivedMail(raw, came, believed);
    if (!mail) throw new NotTaken(554, "5.6.0 this is no mail: its head or one of its lines has no end");
    await cloud.files.write(mailFile(publication, id), mail, { type: "message/rfc822" });
  }
}

const senderOf = (from: SMTPServerAddress | false): string => (from ? from.address : "");

/** Undefined when it is too large: it is heard to its end, and nothing of it is held. */
async function bodyOf(stream: SMTPServerDataStream): Promise<Buffer | undefined> {
  const pieces: Buffer[] = [];
  for await (const piece of stream as AsyncIterable<Buffer>) {
    if (stream.sizeExceeded) pieces.length = 0;
    else pieces.push(piece);
  }
  return stream.sizeExceeded ? undefined : Buffer.concat(pieces);
}
