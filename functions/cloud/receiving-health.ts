import { DescribeActiveReceiptRuleSetCommand, type ReceiptRule, SESClient } from "@aws-sdk/client-ses";

/** What the rules that SES follows take in, and where they lay it; read by the doctor. */
export type Intake = ReceiptRule;

/** Only the active set counts: an account has one in a region, and switching it on is done by hand. */
export async function intakes(client = newClient()): Promise<Intake[]> {
  const { Rules = [] } = await client.send(new DescribeActiveReceiptRuleSetCommand({}));
  return Rules;
}

const newClient = (): SESClient => {
  const requestHandler = { connectionTimeout: 2_000, requestTimeout: 10_000, throwOnRequestTimeout: true };
  return new SESClient({ requestHandler });
};

interface Wanted {
  readonly address: string;
  readonly bucket: string;
  readonly prefix: string;
}

/** A rule without recipients is for all mail, one with a domain for all of it. */
export function takesIn(rules: readonly Intake[], { address, bucket, prefix }: Wanted): boolean {
  const wanted = address.toLowerCase();
  const recipients = [wanted, wanted.slice(wanted.lastIndexOf("@") + 1)];
  return rules.some(
    ({ Enabled, Recipients = [], Actions = [] }) =>
      Enabled === true &&
      (Recipients.length === 0 || Recipients.some((one) => recipients.includes(one.toLowerCase()))) &&
      Actions.some(({ S3Action: to }) => to?.BucketName === bucket && to.ObjectKeyPrefix === prefix),
  );
}
