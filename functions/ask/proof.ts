import { type Prepared, prepareAnswer, write } from "../../core/delivery/message.ts";
import { sentBy } from "../../core/edition/manifest.ts";
import { readAddress } from "../../core/email-address.ts";
import type { Publication } from "../../core/publication.ts";
import type { ProofAsk } from "../../core/subscriber/ask.ts";
import { fill, words } from "../../core/words.ts";
import type { Cloud, Letter } from "../cloud/cloud.ts";
import { type EditionPlace, readEditionFile, readManifest } from "../records/editions.ts";
import { deskMailKey } from "../records/keys.ts";
import { findPerson } from "../records/people.ts";
import { findPublication } from "../records/publications.ts";
import type { AnswerTo } from "./answer-to.ts";
import { isSilenced } from "./silenced.ts";

/** A letter of an issue to somebody of the team: the very bytes readers get, less what belongs to one reader alone. */
export interface ProofLetter {
  readonly is: "proof";
  readonly publication: Publication;
  readonly edition: EditionPlace;
  readonly number: number;
  readonly name: string;
}

/** Undefined for who is known no more, and for a build that is not there. */
export async function toTeam(cloud: Cloud, ask: ProofAsk): Promise<AnswerTo | undefined> {
  const { publication: id, issue, fingerprint, language, addressKey, number } = ask;
  const [publication, person] = await Promise.all([findPublication(cloud, id), findPerson(cloud, id, addressKey)]);
  if (!publication || !person || (await isSilenced(cloud, addressKey))) return undefined;
  const edition: EditionPlace = { publication: id, issue, fingerprint, language };
  return {
    asked: { is: "proof", publication, edition, number, name: person.name },
    key: deskMailKey(addressKey, id, ask.id),
    ...{ addressKey, address: person.address, language, token: undefined },
  };
}

/** As their letter would be, with a subject that says what it is; its links to leave and choose lead to nobody's row. */
export async function proofLetter(
  cloud: Cloud,
  { publication, edition, number, name }: ProofLetter,
  { address, addressKey }: Pick<AnswerTo, "address" | "addressKey">,
  attempt: string,
): Promise<Letter> {
  const { prepared, greeting, from } = await preparedProof(cloud, { publication, edition, number }, attempt);
  const [leaveUrl, preferencesUrl] = [`${publication.baseUrl}/u/probe`, `${publication.baseUrl}/e/probe`];
  return {
    stream: "confirmations",
    from,
    to: address,
    message: write(prepared, { address, name, greeting: fill(greeting, { name }), leaveUrl, preferencesUrl }),
    tags: { delivery: addressKey, attempt, answer: publication.id },
  };
}

async function preparedProof(
  cloud: Cloud,
  { publication: settings, edition, number }: Pick<ProofLetter, "publication" | "edition" | "number">,
  attempt: string,
): Promise<{ readonly prepared: Prepared; readonly greeting: string; readonly from: string }> {
  const [manifest, html, text] = await Promise.all([
    readManifest(cloud, edition),
    readEditionFile(cloud, edition, "email.html"),
    readEditionFile(cloud, edition, "email.txt"),
  ]);
  if (!manifest) throw new Error(`there is no edition ${edition.fingerprint}`);
  const publication = sentBy(settings, manifest);
  const subject = fill(words(edition.language).answer.proof.subject, { number, subject: manifest.subject });
  const both = { html: Buffer.from(html).toString(), text: Buffer.from(text).toString() };
  const { language } = edition;
  const prepared = prepareAnswer({ publication, language, fingerprint: attempt, subject, ...both });
  return { prepared, greeting: manifest.greeting, from: readAddress(publication.sender.from) };
}
