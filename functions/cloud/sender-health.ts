import {
  ConfigurationSetDoesNotExistException,
  DescribeConfigurationSetCommand,
  type EventDestination,
  GetAccountSendingEnabledCommand,
  GetIdentityDkimAttributesCommand,
  GetIdentityMailFromDomainAttributesCommand,
  GetIdentityVerificationAttributesCommand,
  GetSendQuotaCommand,
  SESClient,
} from "@aws-sdk/client-ses";

/** How SES stands to us; read by the doctor, changed by nobody here. */
export interface AccountHealth {
  /** False while AWS has paused the account's sending. */
  readonly sending: boolean;
  /** `perDay` is undefined for an account without a daily limit. */
  readonly quota: { readonly perSecond: number; readonly perDay: number | undefined; readonly sentInLastDay: number };
  /** In the order they were asked for. */
  readonly sets: readonly SetHealth[];
}
export interface SetHealth {
  readonly name: string;
  readonly state: "open" | "closed" | "missing";
  /** It tells what becomes of its letters, over both ways. */
  readonly isHeard: boolean;
}

/** How SES stands to a sender's domain. */
export interface SenderHealth {
  readonly identity: boolean;
  readonly dkim: boolean;
  readonly mailFrom: boolean;
}

/** New accounts may send this much a day, to verified recipients only. @see https://docs.aws.amazon.com/ses/latest/dg/request-production-access.html */
export const sandboxPerDay = 200;

const newClient = (): SESClient => {
  const requestHandler = { connectionTimeout: 2_000, requestTimeout: 10_000, throwOnRequestTimeout: true };
  return new SESClient({ requestHandler });
};

/** @param sets names of configuration sets */
export async function accountHealth(sets: readonly string[], client = newClient()): Promise<AccountHealth> {
  const [account, quota, ...found] = await Promise.all([
    client.send(new GetAccountSendingEnabledCommand({})),
    client.send(new GetSendQuotaCommand({})),
    ...sets.map((name) => setHealth(client, name)),
  ]);
  const { MaxSendRate = 0, Max24HourSend = 0, SentLast24Hours = 0 } = quota;
  // SES says -1 for "no limit".
  const perDay = Max24HourSend < 0 ? undefined : Max24HourSend;
  return {
    sending: account.Enabled === true,
    quota: { perSecond: MaxSendRate, perDay, sentInLastDay: SentLast24Hours },
    sets: found,
  };
}

async function setHealth(client: SESClient, name: string): Promise<SetHealth> {
  const command = new DescribeConfigurationSetCommand({
    ConfigurationSetName: name,
    ConfigurationSetAttributeNames: ["reputationOptions", "eventDestinations"],
  });
  try {
    const { ReputationOptions, EventDestinations = [] } = await client.send(command);
    const state = ReputationOptions?.SendingEnabled === false ? "closed" : "open";
    return { name, state, isHeard: ways.every((isIt) => EventDestinations.some((one) => one.Enabled && isIt(one))) };
  } catch (fault) {
    if (fault instanceof ConfigurationSetDoesNotExistException) return { name, state: "missing", isHeard: false };
    throw fault;
  }
}

/** Trouble by a topic, everything into files; `infra/record-feedback.ts` makes both. */
const ways: readonly ((destination: EventDestination) => boolean)[] = [
  ({ SNSDestination }) => SNSDestination !== undefined,
  ({ KinesisFirehoseDestination }) => KinesisFirehoseDestination !== undefined,
];

/** All domains in one breath: SES answers each of these questions once a second. */
export async function senderHealth(
  domains: readonly string[],
  client = newClient(),
): Promise<ReadonlyMap<string, SenderHealth>> {
  const Identities = [...domains];
  const [verification, dkim, mailFrom] = await Promise.all([
    client.send(new GetIdentityVerificationAttributesCommand({ Identities })),
    client.send(new GetIdentityDkimAttributesCommand({ Identities })),
    client.send(new GetIdentityMailFromDomainAttributesCommand({ Identities })),
  ]);
  const healthOf = (domain: string): SenderHealth => ({
    identity: verification.VerificationAttributes?.[domain]?.VerificationStatus === "Success",
    dkim: dkim.DkimAttributes?.[domain]?.DkimVerificationStatus === "Success",
    mailFrom: mailFrom.MailFromDomainAttributes?.[domain]?.MailFromDomainStatus === "Success",
  });
  return new Map(domains.map((domain) => [domain, healthOf(domain)]));
}

/**
 * Why AWS did not answer a question: `AccessDenied ses:GetSendQuota`, `CredentialsProviderError`, `ENOTFOUND`.
 * Undefined for a fault of ours.
 */
export function unansweredBecause(fault: unknown): string | undefined {
  if (!(fault instanceof Error)) return undefined;
  // The SDK marks so whatever became of a call, a dead line too; without credentials there is no call.
  if (!("$metadata" in fault) && fault.name !== "CredentialsProviderError") return undefined;
  const { code } = fault as { code?: unknown };
  const name = typeof code === "string" ? code : fault.name;
  const [, action] = /not authorized to perform: (\S+)/.exec(fault.message) ?? [];
  return action ? `${name} ${action}` : name;
}
