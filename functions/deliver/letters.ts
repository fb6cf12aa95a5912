import { type Addressee, type Message, prepare, prepareText, write } from "../../core/delivery/message.ts";
import { sentBy } from "../../core/edition/manifest.ts";
import { readAddress } from "../../core/email-address.ts";
import { type LinkRing, linkRing, linkToken } from "../../core/subscriber/link.ts";
import { readName } from "../../core/subscriber/name.ts";
import type { Confirmed } from "../../core/subscriber/subscriber.ts";
import { fill } from "../../core/words.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { readEditionFile, readManifest } from "../records/editions.ts";
import type { Control } from "../records/issue-control.ts";
import { requirePublication } from "../records/publications.ts";

/** The letters of one issue: prepared once, then written for one reader after the other. */
export interface Letters {
  readonly from: string;
  readonly domain: string;
  /** Mailbox providers know the domain from elsewhere. */
  readonly isKnown: boolean;
  /** @throws Refusal `address-…` */
  write(reader: Confirmed): Message;
}

interface Made {
  readonly id: string;
  readonly letters: Promise<Letters>;
}
const latest = new WeakMap<Cloud, Made>();

/** An issue's rounds are walked by the same few workers: the letters prepared last are kept. */
export function lettersOf(cloud: Cloud, control: Control): Promise<Letters> {
  const id = `${control.publication} ${control.issue} ${control.fingerprint}`;
  const known = latest.get(cloud);
  if (known?.id === id) return known.letters;
  const letters = prepareLetters(cloud, control);
  latest.set(cloud, { id, letters });
  letters.catch(() => latest.delete(cloud));
  return letters;
}

async function prepareLetters(cloud: Cloud, control: Control): Promise<Letters> {
  const [settings, manifest, html, text, links] = await Promise.all([
    requirePublication(cloud, control.publication),
    readManifest(cloud, control),
    readEditionFile(cloud, control, "email.html"),
    readEditionFile(cloud, control, "email.txt"),
    cloud.secrets.read("links"),
  ]);
  if (!manifest) throw new Error(`there is no edition ${control.fingerprint}`);
  const publication = sentBy(settings, manifest);
  const writing = {
    ...{ publication, language: control.language, fingerprint: control.fingerprint, subject: manifest.subject },
    ...{ html: Buffer.from(html).toString(), text: Buffer.from(text).toString() },
  };
  const prepared = { html: prepare(writing), text: prepareText(writing) };
  const address = addressing(publication.baseUrl, manifest.greeting, linkRing(links, cloud.clock.now()));
  const from = readAddress(publication.sender.from);
  return {
    ...{ from, domain: from.slice(from.lastIndexOf("@") + 1), isKnown: publication.sender.isKnown === true },
    write: (reader) => write(prepared[reader.format], address(reader)),
  };
}

/** @param greeting with a gap for the name */
const addressing =
  (baseUrl: string, greeting: string, ring: LinkRing) =>
  (reader: Confirmed): Addressee => {
    const { address, addressKey, publication } = reader;
    const name = readName(reader.name);
    return {
      ...{ address, name },
      greeting: name === "" ? "" : fill(greeting, { name }),
      leaveUrl: `${baseUrl}/u/${linkToken(ring, "leave", addressKey, publication)}`,
      preferencesUrl: `${baseUrl}/e/${linkToken(ring, "preferences", addressKey, publication)}`,
    };
  };
