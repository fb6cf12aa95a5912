import { automatic } from "../core/mail/automatic.ts";
import { readCameIn } from "../core/mail/came-in.ts";
import { isGenuine } from "../core/mail/genuine.ts";
import { type MailHead, readHead } from "../core/mail/head.ts";
import { isInfected, isSpam } from "../core/mail/trace.ts";
import type { Publication } from "../core/publication.ts";
import { addressKeyOf, addressSecret } from "../core/subscriber/link.ts";
import type { Cloud, FunctionMaker } from "./cloud/cloud.ts";
import { eachMessage } from "./cloud/each-message.ts";
import { onAws } from "./cloud/on-aws.ts";
import { answerAuthor, answerStranger } from "./receive/answers.ts";
import { type Mail, takeIn } from "./receive/take-in.ts";
import { countOne } from "./records/caps.ts";
import { mailFile } from "./records/paths.ts";
import { findPerson } from "./records/people.ts";
import { findPublication } from "./records/publications.ts";

/**
 * A mail came to the address for submissions. Of an author it becomes a submission; a stranger is told once where they
 * are; of all others nothing is made. Nothing of the mail itself is kept.
 */
export const receive: FunctionMaker = (cloud) =>
  eachMessage(readCameIn, async (came) => {
    if (!came) return;
    const key = mailFile(came.publication, came.id);
    const [file, publication] = await Promise.all([cloud.files.read(key), findPublication(cloud, came.publication)]);
    if (!file) return; // another run is through with it
    const dropped = publication ? await handle(cloud, publication, came.id, file.body) : "no-publication";
    if (dropped) console.info({ mail: came.id, publication: came.publication, ...asLogged(dropped) });
    await cloud.files.remove([key]);
  });

/** Why nothing was made of a mail. */
type Dropped = string | { readonly dropped: string; readonly person: string };
const asLogged = (dropped: Dropped) => (typeof dropped === "string" ? { dropped } : dropped);

/** A hundred photos in a hundred mails are too many for an hour. */
const mostPerHour = 60;

/** Undefined when it was taken in. The order is law: who is not verified is neither told from others nor answered. */
async function handle(
  cloud: Cloud,
  publication: Publication,
  id: string,
  raw: Uint8Array,
): Promise<Dropped | undefined> {
  const head = await readHead(raw);
  if (!head?.trace || head.from === undefined) return "no-mail";
  const machine = automatic(head, addressesOf(publication));
  if (machine) return machine;
  const addressKey = addressKeyOf(addressSecret(await cloud.secrets.read("address")), head.from);
  const person = await findPerson(cloud, publication.id, addressKey);
  const because = isInfected(head.trace) ? "infected" : isGenuine(head) ? undefined : "unverified";
  if (because) return person ? { dropped: because, person: person.id } : because;
  if ((await countOne(cloud, { what: "received", theirs: head.from })) > mostPerHour) return "too-many";
  const mail: Mail = { id, raw, subject: head.subject, publication };
  if (!person) return strangerOf(cloud, head, mail, head.from);
  await answerAuthor(cloud, mail, person, head.messageId, await takeIn(cloud, mail, person));
  return undefined;
}

async function strangerOf(cloud: Cloud, { trace, messageId }: MailHead, mail: Mail, from: string): Promise<Dropped> {
  if (trace && isSpam(trace)) return "spam";
  await answerStranger(cloud, mail, from, messageId);
  return "stranger";
}

const addressesOf = ({ sender, submissions }: Publication): string[] =>
  [sender.from, sender.replyTo, submissions].flatMap((address) => address?.toLowerCase() ?? []);

export const handler = onAws(receive);
