import type { Hono } from "hono";
import { Refusal } from "../../core/refusal.ts";
import { fill } from "../../core/words.ts";
import { type Mail, Throttled } from "../../functions/cloud/cloud.ts";
import { isFenced } from "../../functions/records/fence.ts";
import { listPublications, requirePublication } from "../../functions/records/publications.ts";
import { type Hung, hungBelow } from "../../functions/site/hung.ts";
import { readBaseUrl } from "../base-url.ts";
import type { LocalCloud } from "../cloud/local-cloud.ts";
import { type Relay, readRelay, relaySetting } from "../cloud/relay.ts";
import { deskDoorFor, deskLines } from "../desk-door.ts";
import { listenAt, type Served } from "../listen.ts";
import { publishedIn } from "../public-files.ts";
import { publicSite } from "../public-server.ts";
import { listenForMailbox } from "../serve.ts";
import { dataFolder, openLocal } from "../session.ts";
import { type SoleServer, soleServer } from "../sole-server.ts";
import { untilStopped } from "../until-stopped.ts";
import { keepWorking } from "../wiring.ts";
import { type Call, option, type Run } from "./command.ts";
import { mailDoorFor, mailLines } from "./mail-port.ts";
import { portOf } from "./port.ts";

/** A letter in hand is answered within its patience, 40 seconds after a line of ten; then its row is written. */
const stopSeconds = 60;

/** Everything for real on one machine, behind a reverse proxy: no sample, and desk and mailbox only where asked for. */
export const serve: Run = async (call) => {
  const base = readBaseUrl(option(call, "base-url") ?? missing("--base-url"));
  const [port, mailboxPort] = [portOf(call, "port") ?? usualPort, portOf(call, "mailbox-port")];
  const relay = readRelay(process.env);
  if (relay && (mailboxPort !== undefined || call.options.outbox)) throw new Refusal("mailbox-with-relay");
  const cloud = openLocal(dataFolder(call), relay);
  const servers: Pick<Served, "close">[] = [];
  let sole: SoleServer | undefined;
  try {
    sole = soleServer(cloud.folder);
    const hung = await publicationsBelow(cloud, base);
    // Whoever is refused leaves no mark.
    markFolder(call, cloud, relay);
    const app = await appOf(cloud, base);
    // Heard before anybody is told that we run.
    const stop = untilStopped();
    const sites = [await listenAt(app, { host: option(call, "host") ?? "127.0.0.1", port })];
    servers.push(...sites);
    sole.answersAt(sites[0]?.origin ?? "");
    const { language } = call;
    if (mailboxPort !== undefined) sites.push(await listenForMailbox(cloud, { language, port: mailboxPort }));
    servers.push(...sites.slice(1));
    const desk = await deskDoorFor(call, cloud, base);
    if (desk) servers.push(desk);
    const door = await mailDoorFor(call, cloud);
    if (door) servers.push(door);
    const at = sites.map(({ origin }) => origin);
    const shown = { base: base.href, at, desk: desk?.origin ?? null, folder: cloud.folder, relay: relay?.host ?? null };
    call.show(shown, [
      fill(call.say.serve.running, { base: base.href, at: at[0] ?? "" }),
      ...hung.map(({ id, path }) => `  ${id.padEnd(12)} ${base.origin}${path}/`),
      ...(hung.length === 0 ? [call.say.serve.noPublication] : []),
      ...carrierLines(call, relay, at[1]),
      ...deskLines(call, desk),
      ...(await mailLines(call, cloud, door)),
      ...((await isFenced(cloud)) ? [call.say.serve.fenced] : []),
      fill(call.say.start.data, { folder: cloud.folder }),
      call.say.stopWith,
    ]);
    await workUntil(stop, cloud);
  } finally {
    await Promise.all(servers.map((server) => server.close()));
    cloud.close();
    sole?.close();
  }
  return 0;
};

const usualPort = 8080;

function missing(option: string): never {
  throw new Refusal("option-missing", { option });
}

/** Whoever forgot the relay of yesterday must not keep today's letters from their readers. @throws Refusal `relay-missing` */
function markFolder(call: Call, { relayMark, folder }: LocalCloud, relay: Relay | undefined): void {
  if (relay) relayMark.set(relay);
  else if (call.options.outbox) relayMark.remove();
  else if (relayMark.isSet()) throw new Refusal("relay-missing", { setting: relaySetting, folder });
}

/** @throws Refusal `base-url-differs` when letters of a publication would lead elsewhere */
async function publicationsBelow(cloud: LocalCloud, base: URL): Promise<Hung[]> {
  const ids = await listPublications(cloud);
  return Promise.all(
    ids.map(async (id) => {
      const { title, baseUrl } = await requirePublication(cloud, id);
      const hung = hungBelow(base, { id, baseUrl });
      if (hung) return hung;
      const address = `${base.href.replace(/\/$/, "")}/${id}`;
      throw new Refusal("base-url-differs", { publication: title, baseUrl, base: base.href, address });
    }),
  );
}

/** A publication founded while we serve appears within so long. */
const rememberedMilliseconds = 5_000;

async function appOf(cloud: LocalCloud, base: URL): Promise<Hono> {
  const { site, publicHeaders } = await import("../../functions/site.ts");
  const { "Strict-Transport-Security": _, ...plainHeaders } = publicHeaders;
  let known: { readonly hung: Promise<Hung[]>; readonly until: number } | undefined;
  const hung = (): Promise<Hung[]> => {
    const now = cloud.clock.now().getTime();
    if (!known || known.until < now) known = { hung: readHung(cloud, base), until: now + rememberedMilliseconds };
    return known.hung;
  };
  return publicSite({
    ...{ base, hung, files: publishedIn(cloud, "as published"), site: site(cloud) },
    headers: base.protocol === "https:" ? publicHeaders : plainHeaders,
    note: (entry) => console.log(JSON.stringify({ at: cloud.clock.now().toISOString(), ...entry })),
  }) as unknown as Hono;
}

async function readHung(cloud: LocalCloud, base: URL): Promise<Hung[]> {
  const ids = await listPublications(cloud);
  const all = await Promise.all(ids.map(async (id) => hungBelow(base, await requirePublication(cloud, id))));
  return all.filter((one) => one !== undefined);
}

function carrierLines({ say }: Call, relay: Relay | undefined, mailbox: string | undefined): string[] {
  if (relay) {
    const { host, perSecond, perDay } = relay;
    const day = Number.isFinite(perDay) ? fill(say.serve.perDay, { letters: perDay }) : say.serve.anyDay;
    return [fill(say.serve.relay, { host, perSecond, day }), say.serve.noReports];
  }
  return [fill(say.serve.outbox, { setting: relaySetting }), ...(mailbox ? [`  ${mailbox}/mailbox/`] : [])];
}

/** From then on no letter begins; those in hand are answered and entered. A second signal ends at once. */
async function workUntil(stop: Promise<void>, cloud: LocalCloud): Promise<void> {
  const signal = new AbortController();
  const mail = restingAfter(cloud.mail, signal.signal);
  const working = keepWorking({ ...cloud, mail }, signal.signal, { stopSeconds });
  await stop;
  signal.abort();
  await working;
}

/** Nothing left, and nothing is doubtful: the claims go back, and the round waits for the next start. */
const restingAfter = (mail: Mail, signal: AbortSignal): Mail => ({
  ...mail,
  send: async (letter) => {
    if (signal.aborted) throw new Throttled("the server is stopping");
    return mail.send(letter);
  },
});
