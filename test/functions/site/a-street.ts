import { type Challenge, solveChallenge } from "altcha-lib";
import { deriveKey } from "altcha-lib/algorithms/pbkdf2";
import type { Hono } from "hono";
import type { Publication } from "../../../core/publication.ts";
import type { Ask, SignUp } from "../../../core/subscriber/ask.ts";
import { wordingOf } from "../../../core/subscriber/consent.ts";
import { type LinkPurpose, linkRing, linkToken } from "../../../core/subscriber/link.ts";
import type { Value } from "../../../functions/cloud/cloud.ts";
import { savePublication } from "../../../functions/records/publications.ts";
import { askFor } from "../../../functions/records/readers.ts";
import { makeToken } from "../../../functions/records/tokens.ts";
import { keepWording } from "../../../functions/records/wordings.ts";
import { site } from "../../../functions/site.ts";
import { type TestCloud, testCloud } from "../../cloud/test-cloud.ts";
import { aPublication } from "../../people-and-papers.ts";
import { keyOf } from "../an-issue-to-send.ts";

/** A site in front of which people stand, and what they ask for. */
export interface Street {
  readonly cloud: TestCloud;
  readonly app: Hono;
  readonly publication: Publication;
  /** What waits in the queue for confirm mails. */
  readonly asked: Ask[];
}

export const almut = "almut@stadt-auenrode.example";

export async function aStreet(given: Partial<Publication> = {}): Promise<Street> {
  const cloud = testCloud();
  const publication = aPublication(given);
  await savePublication(cloud, publication);
  const asked: Ask[] = [];
  const add = async (messages: readonly Value[]) => void asked.push(...(messages as unknown as Ask[]));
  const queues = { ...cloud.queues, confirmations: { add } };
  return { cloud, app: site({ ...cloud, queues }), publication, asked };
}

export type Typed = Readonly<Record<string, string | readonly string[]>>;

/** As a browser posts a form. */
export function post(app: Hono, path: string, typed: Typed = {}, headers: Record<string, string> = {}) {
  const body = new URLSearchParams(
    Object.entries(typed).flatMap(([name, value]) =>
      [value].flat().map((one): [string, string] => [name, String(one)]),
    ),
  );
  const form = { "content-type": "application/x-www-form-urlencoded" };
  return app.request(path, { method: "POST", body: body.toString(), headers: { ...form, ...headers } });
}

/** The order form filled in, with its box ticked. */
export const filledIn = (publication: Publication, typed: Typed = {}): Typed => ({
  ...{ address: almut, name: "", publication: publication.id, format: "html", language: "de", said: "de" },
  wording: wordingOf(publication, "de").hash,
  ...typed,
});

/** What the form's script does while an address is typed. */
export async function withWork({ app, cloud, publication }: Street): Promise<Typed> {
  const challenge = (await (await app.request(`/${publication.id}/s/challenge`)).json()) as Challenge;
  const solution = await solveChallenge({ challenge, deriveKey });
  cloud.clock.advance({ seconds: 5 });
  return { altcha: btoa(JSON.stringify({ challenge, solution })) };
}

/** Somebody asked; answers the path of the link in their confirm mail. */
export async function confirmLink({ cloud, publication }: Street, given: Partial<SignUp> = {}): Promise<string> {
  const wording = wordingOf(publication, "de");
  await keepWording(cloud, wording);
  const { addressKey, publications, requestedAt } = await askFor(cloud, {
    ...{ v: 1, is: "sign-up", id: cloud.clock.id(), at: cloud.clock.now().toISOString() },
    ...{ publications: [publication.id], address: almut, name: "Almut", language: "de", format: "html", topics: {} },
    ...{ form: "https://elblandbote.example/bestellen/", wording: wording.hash },
    ...given,
  });
  const what = { is: "confirm", addressKey, publications, wording: wording.hash, requestedAt } as const;
  return `/${publication.id}/c/${await makeToken(cloud, what)}`;
}

export async function linkOf({ cloud, publication }: Street, purpose: LinkPurpose, address = almut): Promise<string> {
  const ring = linkRing(await cloud.secrets.read("links"));
  const token = linkToken(ring, purpose, await keyOf(cloud, address), publication.id);
  return `/${publication.id}/${purpose === "leave" ? "u" : "e"}/${token}`;
}

/** A page without its style. */
export const textOf = async (answer: Response | Promise<Response>): Promise<string> =>
  (await (await answer).text()).replace(/<style>.*<\/style>/s, "");

/** What stands in a field of a page. */
export const fieldIn = (html: string, name: string): string =>
  new RegExp(`name="${name}"[^>]* value="([^"]*)"`).exec(html)?.[1] ?? "";
