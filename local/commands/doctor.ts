import type { Publication } from "../../core/publication.ts";
import type { Details } from "../../core/refusal.ts";
import { fill, type Words } from "../../core/words.ts";
import { Closed, type Cloud, type SecretName, Throttled } from "../../functions/cloud/cloud.ts";
import type { SenderHealth } from "../../functions/cloud/sender-health.ts";
import { isFenced } from "../../functions/records/fence.ts";
import { listPublications, requirePublication } from "../../functions/records/publications.ts";
import type { LocalCloud } from "../cloud/local-cloud.ts";
import { readRelay, relaySetting } from "../cloud/relay.ts";
import { openLine, usualPatience } from "../cloud/smtp-line.ts";
import { dataFolder, inSession } from "../session.ts";
import { stageSettings } from "../stage-cloud.ts";
import { type Call, option, type Run } from "./command.ts";
import { examineDoor, examineIntake } from "./receiving.ts";

type Check = keyof Words["cli"]["doctor"]["checks"];

/** One thing delivery needs: there, or with the next step. */
export interface Finding {
  readonly check: Check;
  readonly ok: boolean;
  readonly details: Details;
}

/** Names each thing that is missing with the next step. Exit code 2 while anything is. */
export const doctor: Run = (call) =>
  inSession(call, async ({ cloud, local }) => {
    const findings = local ? await examineHere(call, local) : await examineAws(call, cloud);
    call.show(
      findings,
      findings.map((finding) => line(call, finding)),
    );
    return findings.every(({ ok }) => ok) ? 0 : 2;
  });

function line(call: Call, { check, ok, details }: Finding): string {
  const { good, missing } = call.say.doctor.checks[check];
  return `${ok ? "✓" : "✗"} ${fill(ok ? good : missing, details)}`;
}

async function examineHere(call: Call, cloud: LocalCloud): Promise<Finding[]> {
  const publications = await publicationsIn(cloud);
  return [
    await examineSecrets(cloud),
    { check: "folder", ok: true, details: { folder: dataFolder(call) } },
    await examineCarrier(cloud),
    ...(await examineFence(cloud)),
    ...known(publications),
    ...(await examineDoor(cloud.folder, publications)),
  ];
}

/** Goes as far as a letter would: name, encryption, greeting, login. */
async function examineCarrier({ relayMark }: LocalCloud): Promise<Finding> {
  const relay = readRelay(process.env);
  if (!relay && relayMark.isSet()) return { check: "relaySetting", ok: false, details: { setting: relaySetting } };
  if (!relay) return { check: "outbox", ok: true, details: {} };
  const { host, port, perSecond } = relay;
  try {
    (await openLine(relay, usualPatience)).hangUp();
    return { check: "relay", ok: true, details: { host, perSecond } };
  } catch (trouble) {
    if (!(trouble instanceof Closed) && !(trouble instanceof Throttled)) throw trouble;
    const check = /^(EAUTH|53\d|454)/.test(trouble.message) ? "relayLogin" : "relay";
    return { check, ok: false, details: { host, port, reason: trouble.message } };
  }
}

/** When AWS does not answer at all nothing else can be known; then that is the one finding. */
async function examineAws(call: Call, cloud: Cloud): Promise<Finding[]> {
  // Loaded here: no other command waits for the client.
  const health = await import("../../functions/cloud/sender-health.ts");
  try {
    const { editionsSet, confirmationsSet } = stageSettings(option(call, "stage"));
    const account = await examineAccount(health, [editionsSet, confirmationsSet]);
    const publications = await publicationsIn(cloud);
    const secrets = await examineSecrets(cloud);
    const intake = await examineIntake(call, publications);
    const senders = await health.senderHealth([...new Set(publications.map(domainOf))]);
    return [
      { check: "aws", ok: true, details: {} },
      secrets,
      ...remindOfSafe(secrets),
      ...account,
      ...known(publications),
      ...publications.flatMap((publication) => examineSender(publication, senders.get(domainOf(publication)))),
      ...intake,
    ];
  } catch (fault) {
    const reason = health.unansweredBecause(fault);
    if (reason === undefined) throw fault;
    return [{ check: "aws", ok: false, details: { reason } }];
  }
}

async function examineSecrets({ secrets }: Cloud): Promise<Finding> {
  const names: readonly SecretName[] = ["address", "links"];
  const readable = await Promise.all(names.map((name) => secrets.read(name).then(Boolean, () => false)));
  return { check: "secrets", ok: readable.every(Boolean), details: {} };
}

/** On one machine the secret lies with the data and is copied with them; what AWS keeps nobody holds. */
const remindOfSafe = ({ ok }: Finding): Finding[] => (ok ? [{ check: "safe", ok, details: {} }] : []);

/** Worth a word only where it stands in the way. */
const examineFence = async (cloud: Cloud): Promise<Finding[]> =>
  (await isFenced(cloud)) ? [{ check: "fence", ok: false, details: {} }] : [];

type Health = typeof import("../../functions/cloud/sender-health.ts");

async function examineAccount(health: Health, names: readonly string[]): Promise<Finding[]> {
  const { sending, quota, sets } = await health.accountHealth(names);
  const { perDay, perSecond, sentInLastDay } = quota;
  const named = (isMeant: (set: (typeof sets)[number]) => boolean) =>
    sets.flatMap((set) => (isMeant(set) ? set.name : [])).join(", ");
  const lacking = named(({ state }) => state === "missing");
  const closed = named(({ state }) => state === "closed");
  const unheard = named(({ state, isHeard }) => state !== "missing" && !isHeard);
  const left = Math.max(0, (perDay ?? 0) - sentInLastDay);
  return [
    { check: "sets", ok: !lacking, details: { sets: lacking || names.join(", ") } },
    { check: "streams", ok: !closed, details: { sets: closed } },
    { check: "feedback", ok: !unheard, details: { sets: unheard } },
    { check: "sending", ok: sending, details: {} },
    // An account without a daily limit has neither.
    ...(perDay === undefined
      ? []
      : ([
          { check: "sandbox", ok: perDay > health.sandboxPerDay, details: { perDay } },
          { check: "quota", ok: left > 0, details: { perDay, perSecond, left } },
        ] as const)),
  ];
}

function examineSender(publication: Publication, health: SenderHealth | undefined): Finding[] {
  const domain = domainOf(publication);
  const isThere = (check: keyof SenderHealth): Finding => ({
    check,
    ok: health?.[check] === true,
    details: { domain },
  });
  const url = publication.baseUrl;
  return [
    { check: "https", ok: url.startsWith("https://"), details: { url } },
    isThere("identity"),
    isThere("dkim"),
    isThere("mailFrom"),
  ];
}

async function publicationsIn(cloud: Cloud): Promise<Publication[]> {
  const ids = await listPublications(cloud);
  return Promise.all(ids.map((id) => requirePublication(cloud, id)));
}

const known = (publications: readonly Publication[]): Finding[] =>
  publications.length === 0
    ? [{ check: "publication", ok: false, details: {} }]
    : publications.map(({ title }) => ({ check: "publication", ok: true, details: { publication: title } }));

const domainOf = ({ sender }: Publication): string => sender.from.split("@")[1] ?? "";
