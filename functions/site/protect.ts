import { type Challenge, createChallenge, type Payload, verifySolution } from "altcha-lib";
import { deriveKey } from "altcha-lib/algorithms/pbkdf2";
import {
  type DoorKeys,
  doorFields,
  doorKeys,
  type FormPost,
  longestStep,
  longestWork,
  mostPerAddress,
  mostPerDomain,
  mostPerHour,
  mostPerNetwork,
  mostStepsPerNetwork,
  networkOf,
  type Passage,
  readStep,
  shortestFill,
  shortestStep,
  stepToken,
} from "../../core/subscriber/protection.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { closeForm, countOne, isFormClosed } from "../records/caps.ts";
import { useOnce } from "../records/challenges.ts";

export type { Challenge } from "altcha-lib";

/**
 * Whether what somebody posted may go into the queue. Looks at how it was posted, never at whom we know: the answer and
 * its time are the same for every address.
 */
export async function protect(cloud: Cloud, form: FormPost): Promise<Passage> {
  if (form.fields[doorFields.trap]) return "drop";
  if (await isFormClosed(cloud)) return "closed";
  const network = networkOf(form.ip);
  if (await isTooMany(cloud, "network", network, mostPerNetwork)) return "closed";
  const shown = await proofOf(cloud, form);
  if (!shown) return "slow";
  if (shown === "step" && (await isTooMany(cloud, "step", network, mostStepsPerNetwork))) return "closed";
  if ((await countOne(cloud, { what: "address", theirs: form.address })) > mostPerAddress) return "drop";
  return countIn(cloud, form.address);
}

/** Where nobody can tell who posts, all the world would be one network: the other caps hold. */
const isTooMany = async (cloud: Cloud, what: "network" | "step", network: string, most: number): Promise<boolean> =>
  network !== "" && (await countOne(cloud, { what, theirs: network })) > most;

/** The last to be counted are those that are about to pass. */
async function countIn(cloud: Cloud, address: string): Promise<Passage> {
  const domain = address.slice(address.lastIndexOf("@") + 1);
  if ((await countOne(cloud, { what: "domain", theirs: domain })) > mostPerDomain) return "closed";
  if ((await countOne(cloud, { what: "form", ours: "all" })) <= mostPerHour) return "pass";
  await closeForm(cloud, "hour");
  return "closed";
}

/** What shows that somebody took their time: work of their machine, or a second step. */
async function proofOf(cloud: Cloud, { fields, address }: FormPost): Promise<"work" | "step" | undefined> {
  const keys = doorKeys(await cloud.secrets.read("links"));
  const now = cloud.clock.now().getTime();
  const work = await solved(keys, fields[doorFields.work] ?? "");
  if (work && isBetween(now - work.at, shortestFill, longestWork))
    return (await useOnce(cloud, work.id, address, longestWork)) ? "work" : undefined;
  const step = readStep(keys, address, fields[doorFields.step] ?? "");
  if (step && isBetween(now - step.at, shortestStep, longestStep))
    return (await useOnce(cloud, step.id, address, longestStep)) ? "step" : undefined;
  return undefined;
}

const isBetween = (age: number, shortest: number, longest: number): boolean => age >= shortest && age <= longest;

// ── the second step ──────────────────────────────────────────────────────────────────────────────

/** What the second step's page carries in its field {@link doorFields.step}; who was too quick keeps theirs. */
export async function secondStep(cloud: Cloud, { fields, address }: FormPost): Promise<string> {
  const keys = doorKeys(await cloud.secrets.read("links"));
  const now = cloud.clock.now();
  const carried = fields[doorFields.step] ?? "";
  const step = readStep(keys, address, carried);
  return step && now.getTime() - step.at < shortestStep ? carried : stepToken(keys, address, cloud.clock.id(), now);
}

// ── proof of work ────────────────────────────────────────────────────────────────────────────────

/** About a second of a phone's work, done while an address is typed. */
const workOfOne = 2000;
const [leastTries, mostTries] = [250, 1000];

/** What the form's script asks for when somebody begins to fill it in. */
export async function challenge(cloud: Cloud): Promise<Challenge> {
  const [newest] = doorKeys(await cloud.secrets.read("links"));
  if (!newest) throw new Error("there is no key for the door");
  const id = cloud.clock.id();
  const lot = Buffer.from(cloud.clock.id(), "base64url").readUInt32BE() / 2 ** 32;
  return createChallenge({
    ...{ algorithm: "PBKDF2/SHA-256", cost: workOfOne, deriveKey },
    counter: leastTries + Math.floor(lot * (mostTries - leastTries)),
    ...{ hmacSignatureSecret: newest.challenge, hmacKeySignatureSecret: newest.solution },
    // When it was made, by our clock, instead of the library's `expiresAt`, which asks the machine's.
    data: { id, at: cloud.clock.now().getTime() },
  });
}

async function solved(keys: readonly DoorKeys[], text: string): Promise<{ id: string; at: number } | undefined> {
  const payload = payloadIn(text);
  if (!payload) return undefined;
  for (const { challenge: hmacSignatureSecret, solution: hmacKeySignatureSecret } of keys) {
    const { verified } = await verifySolution({ ...payload, deriveKey, hmacSignatureSecret, hmacKeySignatureSecret });
    const { id, at } = payload.challenge.parameters.data ?? {};
    if (verified && typeof id === "string" && typeof at === "number") return { id, at };
  }
  return undefined;
}

const longestPayload = 4096;

/** base64 of JSON, as the widget writes it; the library looks at the rest. */
function payloadIn(text: string): Payload | undefined {
  if (text === "" || text.length > longestPayload) return undefined;
  try {
    const payload = JSON.parse(Buffer.from(text, "base64").toString()) as Partial<Payload>;
    const { challenge, solution } = payload;
    const isWhole = typeof challenge?.signature === "string" && isObject(challenge.parameters) && isObject(solution);
    return isWhole ? (payload as Payload) : undefined;
  } catch {
    return undefined;
  }
}

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;
