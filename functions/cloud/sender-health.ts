import {
  GetAccountSendingEnabledCommand,
  GetIdentityDkimAttributesCommand,
  GetIdentityMailFromDomainAttributesCommand,
  GetIdentityVerificationAttributesCommand,
  GetSendQuotaCommand,
  SESClient,
} from "@aws-sdk/client-ses";

/** How SES stands to a sender's domain; read by the doctor, changed by nobody here. */
export interface SenderHealth {
  readonly identity: boolean;
  readonly dkim: boolean;
  readonly mailFrom: boolean;
  /** False while AWS has paused the account's sending. */
  readonly sending: boolean;
  readonly quota: { readonly perSecond: number; readonly perDay: number; readonly sentInLastDay: number };
}

/** New accounts may send this much a day, to verified recipients only. @see https://docs.aws.amazon.com/ses/latest/dg/request-production-access.html */
export const sandboxPerDay = 200;

export async function senderHealth(domain: string, client = new SESClient({})): Promise<SenderHealth> {
  const Identities = [domain];
  const [verification, dkim, mailFrom, account, quota] = await Promise.all([
    client.send(new GetIdentityVerificationAttributesCommand({ Identities })),
    client.send(new GetIdentityDkimAttributesCommand({ Identities })),
    client.send(new GetIdentityMailFromDomainAttributesCommand({ Identities })),
    client.send(new GetAccountSendingEnabledCommand({})),
    client.send(new GetSendQuotaCommand({})),
  ]);
  return {
    identity: verification.VerificationAttributes?.[domain]?.VerificationStatus === "Success",
    dkim: dkim.DkimAttributes?.[domain]?.DkimVerificationStatus === "Success",
    mailFrom: mailFrom.MailFromDomainAttributes?.[domain]?.MailFromDomainStatus === "Success",
    sending: account.Enabled === true,
    quota: {
      perSecond: quota.MaxSendRate ?? 0,
      perDay: quota.Max24HourSend ?? 0,
      sentInLastDay: quota.SentLast24Hours ?? 0,
    },
  };
}
