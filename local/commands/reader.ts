import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { renderer } from "../../core/edition/templates.ts";
import { readAddress } from "../../core/email-address.ts";
import { Refusal } from "../../core/refusal.ts";
import { type ConsentPage, consentPage, type Fact } from "../../core/subscriber/consent-page.ts";
import type { AddressKey } from "../../core/subscriber/subscriber.ts";
import { fill, words } from "../../core/words.ts";
import type { Cloud } from "../../functions/cloud/cloud.ts";
import { eraseAddress, whoIsErased } from "../../functions/desk/erase.ts";
import { readEvidence } from "../../functions/desk/evidence.ts";
import { readerFile } from "../../functions/desk/reader.ts";
import { house } from "../../functions/house.ts";
import { findPerson } from "../../functions/records/people.ts";
import { listPublications } from "../../functions/records/publications.ts";
import { confirmed, left } from "../confirm.ts";
import { refusePath } from "../given-file.ts";
import { readerLines } from "../reader-lines.ts";
import { inSession, person } from "../session.ts";
import { type Call, option, type Run } from "./command.ts";

/** One reader: everything we hold, what they agreed to, and how they are forgotten. */

export const subscribersShow: Run = (call) => {
  const address = readAddress(call.args[0] ?? "");
  return inSession(call, async ({ cloud }) => {
    const file = await readerFile(cloud, person, address);
    const consent = await readEvidence(cloud, person, address).catch(noneFiled);
    const page = consent && consentPage(consent, call.language);
    const { evidence = [], erasedAt = null } = consent ?? {};
    call.show({ address, ...file, erasedAt, evidence }, [
      ...(await readerLines(call, cloud, address, file)),
      "",
      ...(page ? pageLines(page) : [call.say.readers.noEvidence]),
    ]);
    return 0;
  });
};

function noneFiled(trouble: unknown): undefined {
  if (!(trouble instanceof Refusal) || trouble.code !== "no-evidence") throw trouble;
}

export const subscribersConsent: Run = (call) =>
  inSession(call, async ({ cloud }) => {
    const input = await readEvidence(cloud, person, call.args[0] ?? "");
    const page = consentPage(input, call.language);
    const html = option(call, "html");
    if (html !== undefined) await writePage(resolve(html), page);
    const { address, addressKey, evidence, wordings, erasedAt = null } = input;
    const written = html === undefined ? [] : ["", fill(call.say.readers.pageWritten, { path: html })];
    call.show({ address, addressKey, erasedAt, evidence, wordings }, [...pageLines(page), ...written]);
    return 0;
  });

/** It names a person: its owner's alone. */
async function writePage(path: string, page: ConsentPage): Promise<void> {
  const { none } = words(page.language).evidence;
  const html = renderer(house())("site/consent", { ...page, none });
  await writeFile(path, html, { mode: 0o600 }).catch((trouble: unknown) => refusePath(path, trouble));
}

const labelWidth = 24;
const factLine = ({ label, value }: Fact): string =>
  `    ${label.padEnd(labelWidth)} ${value.replaceAll("\n", `\n${" ".repeat(labelWidth + 5)}`)}`;

const pageLines = ({ title, facts, publications, explanation }: ConsentPage): string[] => [
  title,
  ...facts.map(factLine),
  ...publications.flatMap((publication) => [
    "",
    publication.title,
    ...publication.entries.flatMap(({ what, facts: said }) => [`  ${what}`, ...said.map(factLine)]),
  ]),
  "",
  explanation,
];

export const subscribersErase: Run = (call) =>
  inSession(call, async ({ cloud }) => {
    const asked = readAddress(call.args[0] ?? "");
    const { addresses, publications } = await whoIsErased(cloud, person, asked);
    if (!(await confirmed(call, question(call, addresses, publications)))) return left(call);
    const { addressKeys, letters } = await eraseAddress(cloud, person, asked);
    const authorIn = await knowAsAuthor(cloud, addressKeys);
    call.show({ addressKeys, publications, letters, authorIn }, [
      call.say.readers.erased,
      ...(letters > 0 ? [fill(call.say.readers.lettersErased, { letters })] : []),
      ...(authorIn.length > 0
        ? [fill(call.say.readers.authorStill, { publications: authorIn.join(", "), address: asked })]
        : []),
    ]);
    return 0;
  });

/** Publications an address may still hand in to: readers and authors are forgotten each by themselves. */
async function knowAsAuthor(cloud: Cloud, addressKeys: readonly AddressKey[]): Promise<string[]> {
  const all = await listPublications(cloud);
  const known = await Promise.all(
    all.map((publication) => Promise.all(addressKeys.map((key) => findPerson(cloud, publication, key)))),
  );
  return all.filter((_, index) => known[index]?.some(Boolean));
}

function question({ say }: Call, addresses: readonly string[], publications: readonly string[]): string {
  const named = publications.length > 0 ? publications.join(", ") : say.readers.noPublication;
  return fill(say.readers.askErase, { addresses: addresses.join(", "), publications: named });
}
