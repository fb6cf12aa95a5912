import { Refusal } from "../../core/refusal.ts";
import { fill, words } from "../../core/words.ts";
import type { LocalCloud } from "../cloud/local-cloud.ts";
import { relaySetting } from "../cloud/relay.ts";
import { listenForDesk } from "../desk.ts";
import { openMailDoor } from "../mail-door.ts";
import { setUpSample } from "../sample.ts";
import { listenForAll } from "../serve.ts";
import { dataFolder, openLocal } from "../session.ts";
import { type SoleServer, soleServer } from "../sole-server.ts";
import { untilStopped } from "../until-stopped.ts";
import { keepWorking } from "../wiring.ts";
import type { Run } from "./command.ts";
import { mailLines } from "./mail-port.ts";
import { portOf } from "./port.ts";

/** Where the first of all ports is, and what is found how far behind it. */
const usualPort = 4810;
/** The first one wins: who starts a second Kurier beside it has no use for a second door for mail. */
const behind = { mail: 15, desk: 20, issuer: 50 };

/** Each of ours goes on to the next port where one is taken. */
const highestPort = 65_000;

/** Everything on one machine: site, mailbox and archive on one port, the desk on its own, and the functions awake behind them. */
export const start: Run = async (call) => {
  const port = portOf(call, "port") ?? usualPort;
  if (port > highestPort) throw new Refusal("port-malformed", { option: "--port", given: port });
  // Never over SMTP: the sample's readers are invented.
  const cloud = openLocal(dataFolder(call));
  if (cloud.relayMark.isSet()) {
    cloud.close();
    throw new Refusal("folder-served", { folder: cloud.folder });
  }
  const sole = aloneAt(cloud);
  const stop = new AbortController();
  let deskOrigin: string | undefined;
  const server = await listenForAll(cloud, { language: call.language, port, desk: () => deskOrigin });
  const ports = { desk: port + behind.desk, issuer: port + behind.issuer };
  const desk = await listenForDesk(cloud, { language: call.language, site: new URL(server.origin), ports });
  deskOrigin = desk.origin;
  const { folder: own } = cloud;
  const door = await openMailDoor(cloud, {
    host: "127.0.0.1",
    port: port + behind.mail,
    believed: "everybody",
    folder: own,
  }).catch(() => undefined);
  try {
    sole.answersAt(server.origin);
    const fresh = await setUpSample(cloud, server.origin, (line) => call.tell(line), call.language);
    const working = keepWorking(cloud, stop.signal);
    const addresses = [
      ...(await server.addresses()),
      { label: words(call.language).desk.layout.desk, url: desk.origin },
    ];
    const folder = dataFolder(call);
    call.show({ addresses, folder }, [
      fresh ? call.say.start.fresh : call.say.start.again,
      ...addresses.map(({ label, url }) => `  ${label.padEnd(12)} ${url}`),
      call.say.start.desk,
      ...(await mailLines(call, cloud, door)),
      fill(call.say.start.data, { folder }),
      ...(process.env[relaySetting] ? [fill(call.say.start.noRelay, { setting: relaySetting })] : []),
      call.say.stopWith,
    ]);
    await untilStopped();
    stop.abort();
    await working;
  } finally {
    await Promise.all([server.close(), desk.close(), door?.close()]);
    cloud.close();
    sole.close();
  }
  return 0;
};

/** @throws Refusal `folder-taken` */
function aloneAt(cloud: LocalCloud): SoleServer {
  try {
    return soleServer(cloud.folder);
  } catch (refusal) {
    cloud.close();
    throw refusal;
  }
}
