import { accessSync, constants, existsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { Refusal } from "../core/refusal.ts";
import { operator } from "../core/rights.ts";
import type { Cloud } from "../functions/cloud/cloud.ts";
import { listPublications, requirePublication } from "../functions/records/publications.ts";
import { carrierSetting, readManner } from "./cloud/carrier-manner.ts";
import { type LocalCloud, localCloud } from "./cloud/local-cloud.ts";
import { type Relay, readRelay } from "./cloud/relay.ts";
import { type Call, option } from "./commands/command.ts";
import { refusePath } from "./given-file.ts";
import { stageCloud } from "./stage-cloud.ts";
import { keepWorking, mailing, workUntilQuiet } from "./wiring.ts";

/** The embedded cloud's folder, unless `--data` or `KURIER_DATA` names another. */
export const dataFolder = (call: Call): string =>
  resolve(option(call, "data") ?? process.env.KURIER_DATA ?? ".kurier/data");

/** So long a command waits for what is about to come: the outbox tells what became of a letter a second later. */
const settleSeconds = 2;

/** Whoever asks where an issue stands wants to know soon, also while another process sends it. */
const catchUpSeconds = 3;

/** What a command works on: the local data folder, or a deployed stage. */
export interface Session {
  readonly cloud: Cloud;
  /** The same, where it is a folder on this machine. */
  readonly local?: LocalCloud;
  /** Lets what was asked for happen: works the local queues empty. On AWS the functions are awake by themselves. */
  settle(): Promise<void>;
  /** For who only looks: takes in what was told, sends no letter and does not wait for who does. */
  catchUp(): Promise<void>;
  /** The same for who watches: works until the signal. On AWS there is nothing to do. */
  keepWorking(signal: AbortSignal): Promise<void>;
  /** On this machine nothing of AWS is used. */
  readonly isHere: boolean;
}

/** Opens the cloud a command asks for and closes it whatever happens. */
export async function inSession<T>(call: Call, work: (session: Session) => Promise<T>): Promise<T> {
  const asked = option(call, "cloud") ?? "local";
  if (asked === "local" && option(call, "stage")) throw new Refusal("stage-without-aws");
  if (asked === "aws") {
    const rest = { settle: async () => {}, catchUp: async () => {}, keepWorking: async () => {}, isHere: false };
    return work({ cloud: await stageCloud(option(call, "stage")), ...rest });
  }
  if (asked !== "local") throw new Refusal("cloud-unknown", { cloud: asked });
  const cloud = openLocal(dataFolder(call), readRelay(process.env));
  try {
    const settle = (): Promise<void> => settleHere(call, cloud);
    const catchUp = (): Promise<void> =>
      workUntilQuiet(cloud, { waitSeconds: settleSeconds, forSeconds: catchUpSeconds, without: mailing });
    const keepWorking: Session["keepWorking"] = (signal) => workHere(cloud, signal);
    return await work({ cloud, local: cloud, settle, catchUp, keepWorking, isHere: true });
  } finally {
    cloud.close();
  }
}

/** Where letters leave over SMTP, whoever knows the relay sends them: without it a command does the rest of its work. */
async function settleHere(call: Call, cloud: LocalCloud): Promise<void> {
  await workUntilQuiet(cloud, { waitSeconds: settleSeconds, without: isElsewhere(cloud) ? mailing : [] });
  if (isElsewhere(cloud) && cloud.work.nextAt(["rounds"]) !== undefined) call.tell(call.say.serve.elsewhere);
}

/** Nothing new is begun in a walk's last 20 seconds: so soon whoever stops watching may go. */
const walkSeconds = 24;

const workHere = (cloud: LocalCloud, signal: AbortSignal): Promise<void> =>
  keepWorking(cloud, signal, {
    without: isElsewhere(cloud) ? mailing : [],
    timeoutSeconds: { deliver: walkSeconds },
  });

const isElsewhere = ({ relayMark, handsOver }: LocalCloud): boolean => relayMark.isSet() && !handsOver;

/**
 * @param relay takes the letters; without one they stay in the folder's outbox
 * @throws Refusal `no-access` when the folder cannot be used
 */
export function openLocal(folder: string, relay?: Relay): LocalCloud {
  try {
    accessSync(parentOf(folder), constants.W_OK);
    const manner = readManner(process.env[carrierSetting]);
    return localCloud({ folder, manner, smtp: relay && { relay } });
  } catch (trouble) {
    return refusePath(folder, trouble);
  }
}

/** The nearest folder above that is there. */
const parentOf = (folder: string): string => (existsSync(folder) ? folder : parentOf(dirname(folder)));

/** `--publication`, else the only one there is. @throws Refusal `which-publication`, `no-publications`, `no-publication` */
export async function publicationOf(call: Call, cloud: Cloud): Promise<string> {
  const named = option(call, "publication");
  if (named) return (await requirePublication(cloud, named)).id;
  const [only, ...others] = await listPublications(cloud);
  if (!only) throw new Refusal("no-publications");
  if (others.length > 0) throw new Refusal("which-publication", { publications: [only, ...others].join(", ") });
  return only;
}

/** Whoever sits at the command line. */
export const person = operator;
