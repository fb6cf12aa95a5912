import { accessSync, constants, existsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { Refusal } from "../core/refusal.ts";
import { operator } from "../core/rights.ts";
import type { Cloud } from "../functions/cloud/cloud.ts";
import { listPublications, requirePublication } from "../functions/records/publications.ts";
import { type LocalCloud, localCloud } from "./cloud/local-cloud.ts";
import { type Call, option } from "./commands/command.ts";
import { refusePath } from "./given-file.ts";
import { stageCloud } from "./stage-cloud.ts";
import { workUntilQuiet } from "./wiring.ts";

/** The embedded cloud's folder, unless `--data` or `KURIER_DATA` names another. */
export const dataFolder = (call: Call): string =>
  resolve(option(call, "data") ?? process.env.KURIER_DATA ?? ".kurier/data");

/** What a command works on: the local data folder, or a deployed stage. */
export interface Session {
  readonly cloud: Cloud;
  /** Lets what was asked for happen: works the local queues empty. On AWS the functions are awake by themselves. */
  settle(): Promise<void>;
}

/** Opens the cloud a command asks for and closes it whatever happens. */
export async function inSession<T>(call: Call, work: (session: Session) => Promise<T>): Promise<T> {
  const asked = option(call, "cloud") ?? "local";
  if (asked === "local" && option(call, "stage")) throw new Refusal("stage-without-aws");
  if (asked === "aws") return work({ cloud: await stageCloud(option(call, "stage")), settle: async () => {} });
  if (asked !== "local") throw new Refusal("cloud-unknown", { cloud: asked });
  const cloud = openLocal(dataFolder(call));
  try {
    return await work({ cloud, settle: () => workUntilQuiet(cloud) });
  } finally {
    cloud.close();
  }
}

/** @throws Refusal `no-access` when the folder cannot be used */
export function openLocal(folder: string): LocalCloud {
  try {
    accessSync(parentOf(folder), constants.W_OK);
    return localCloud({ folder });
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
