import type { Publication } from "../../core/publication.ts";
import type { Details } from "../../core/refusal.ts";
import { fill, type Words } from "../../core/words.ts";
import type { Cloud } from "../../functions/cloud/cloud.ts";
import { sandboxPerDay, senderHealth } from "../../functions/cloud/sender-health.ts";
import { listPublications, requirePublication } from "../../functions/records/publications.ts";
import { dataFolder, inSession } from "../session.ts";
import { type Call, type Command, option } from "./command.ts";

type Check = keyof Words["cli"]["doctor"]["checks"];

/** One thing delivery needs: there, or with the next step. */
interface Finding {
  readonly check: Check;
  readonly ok: boolean;
  readonly details: Details;
}

/** Names each thing that is missing with the next step. Exit code 2 while anything is. */
export const doctor: Command = {
  name: "doctor",
  run: (call) =>
    inSession(call, async ({ cloud }) => {
      const findings = [...(await examineCloud(call, cloud)), ...(await examinePublications(call, cloud))];
      call.show(
        findings,
        findings.map((finding) => line(call, finding)),
      );
      return findings.every(({ ok }) => ok) ? 0 : 2;
    }),
};

function line(call: Call, { check, ok, details }: Finding): string {
  const { good, missing } = call.say.doctor.checks[check];
  return `${ok ? "✓" : "✗"} ${fill(ok ? good : missing, details)}`;
}

async function examineCloud(call: Call, cloud: Cloud): Promise<Finding[]> {
  const isLocal = (option(call, "cloud") ?? "local") === "local";
  const secrets = await Promise.all(
    (["address", "links"] as const).map((name) => cloud.secrets.read(name).then(Boolean, () => false)),
  );
  return [
    { check: "secrets", ok: secrets.every(Boolean), details: {} },
    ...(isLocal ? [{ check: "folder", ok: true, details: { folder: dataFolder(call) } } as const] : []),
    ...(isLocal ? [{ check: "outbox", ok: true, details: {} } as const] : []),
  ];
}

async function examinePublications(call: Call, cloud: Cloud): Promise<Finding[]> {
  const ids = await listPublications(cloud);
  if (ids.length === 0) return [{ check: "publication", ok: false, details: { publication: "" } }];
  const findings = await Promise.all(
    ids.map(async (id) => examinePublication(call, await requirePublication(cloud, id))),
  );
  return findings.flat();
}

async function examinePublication(call: Call, publication: Publication): Promise<Finding[]> {
  const known: Finding = { check: "publication", ok: true, details: { publication: publication.title } };
  if (option(call, "cloud") !== "aws") return [known];
  const domain = publication.sender.from.split("@")[1] ?? "";
  const health = await senderHealth(domain);
  const { perDay, perSecond, sentInLastDay } = health.quota;
  return [
    known,
    { check: "https", ok: publication.baseUrl.startsWith("https://"), details: { url: publication.baseUrl } },
    { check: "identity", ok: health.identity, details: { domain } },
    { check: "dkim", ok: health.dkim, details: { domain } },
    { check: "mailFrom", ok: health.mailFrom, details: { domain } },
    { check: "sending", ok: health.sending, details: {} },
    { check: "sandbox", ok: perDay > sandboxPerDay, details: { perDay } },
    {
      check: "quota",
      ok: perDay > sentInLastDay,
      details: { perDay, perSecond, left: Math.max(0, perDay - sentInLastDay) },
    },
  ];
}
