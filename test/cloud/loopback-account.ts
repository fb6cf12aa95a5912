/** What the account behind the loopback SES looks like; a test changes it as it likes. */
export interface LoopbackAccount {
  sending: boolean;
  /** Per domain SES's own words: `Success`, `Pending`, `Failed` … Others are unknown to it. */
  domains: Record<string, { verification: string; dkim: string; mailFrom: string }>;
  /** Configuration sets there are, and whether they are open. */
  sets: Record<string, boolean>;
  /** Which ways of telling what becomes of letters are switched on, in every set. */
  readonly ways: { topic: boolean; files: boolean };
  /** The active set of rules for mail that comes in. */
  rules: { recipients: string[]; bucket: string; prefix: string; isOff?: true }[];
  /** Refuses every question but letters with this error. */
  refusal?: { readonly status: number; readonly code: string; readonly message: string };
}

export const freshAccount = (): LoopbackAccount => ({
  ...{ sending: true, domains: {}, sets: {}, ways: { topic: true, files: true }, rules: [] },
});

/** The result of a question about the account, as XML of the Query protocol; undefined for any other action. */
export function accountXml(action: string, form: URLSearchParams, account: LoopbackAccount): string | undefined {
  const set = form.get("ConfigurationSetName") ?? "";
  const about = (list: string, of: (domain: LoopbackAccount["domains"][string]) => string): string =>
    wrap(
      list,
      known(form, account)
        .map(([name, domain]) => entry(name, of(domain)))
        .join(""),
    );
  const answers: Record<string, () => string> = {
    GetIdentityVerificationAttributes: () =>
      about("VerificationAttributes", ({ verification }) => wrap("VerificationStatus", verification)),
    GetIdentityDkimAttributes: () =>
      about("DkimAttributes", ({ dkim }) => wrap("DkimEnabled", "true") + wrap("DkimVerificationStatus", dkim)),
    GetIdentityMailFromDomainAttributes: () =>
      about("MailFromDomainAttributes", ({ mailFrom }) => wrap("MailFromDomainStatus", mailFrom)),
    GetAccountSendingEnabled: () => wrap("Enabled", String(account.sending)),
    DescribeConfigurationSet: () =>
      wrap("ConfigurationSet", wrap("Name", set)) +
      wrap("EventDestinations", destination(account.ways.topic, topic) + destination(account.ways.files, stream)) +
      wrap("ReputationOptions", wrap("SendingEnabled", String(account.sets[set] !== false))),
    DescribeActiveReceiptRuleSet: () => wrap("Rules", account.rules.map(ruleOf).join("")),
  };
  return answers[action]?.();
}

function ruleOf({ recipients, bucket, prefix, isOff }: LoopbackAccount["rules"][number]): string {
  const action = wrap("S3Action", wrap("BucketName", bucket) + wrap("ObjectKeyPrefix", prefix));
  const to = wrap("Recipients", recipients.map((one) => wrap("member", one)).join(""));
  const actions = wrap("Actions", wrap("member", action));
  return wrap("member", wrap("Name", "rule") + wrap("Enabled", String(!isOff)) + to + actions);
}

function known(form: URLSearchParams, { domains }: LoopbackAccount) {
  const asked = [...form].filter(([name]) => name.startsWith("Identities.member.")).map(([, domain]) => domain);
  return Object.entries(domains).filter(([name]) => asked.includes(name));
}

const arn = (service: string, rest: string) => `arn:aws:${service}:eu-central-1:111122223333:${rest}`;
const destination = (isOn: boolean, where: string): string =>
  wrap("member", wrap("Enabled", String(isOn)) + wrap("MatchingEventTypes", wrap("member", "bounce")) + where);

const wrap = (tag: string, inner: string): string => `<${tag}>${inner}</${tag}>`;
const entry = (name: string, value: string): string => wrap("entry", wrap("key", name) + wrap("value", value));

const topic = wrap("SNSDestination", wrap("TopicARN", arn("sns", "trouble")));
const stream = wrap(
  "KinesisFirehoseDestination",
  wrap("IAMRoleARN", arn("iam", "role/carrier")) +
    wrap("DeliveryStreamARN", arn("firehose", "deliverystream/feedback")),
);
