/** What the account behind the loopback SES looks like; a test changes it as it likes. */
export interface LoopbackAccount {
  sending: boolean;
  /** Per domain SES's own words: `Success`, `Pending`, `Failed` … Others are unknown to it. */
  domains: Record<string, { verification: string; dkim: string; mailFrom: string }>;
  /** Configuration sets there are, and whether they are open. */
  sets: Record<string, boolean>;
  /** Refuses every question but letters with this error. */
  refusal?: { readonly status: number; readonly code: string; readonly message: string };
}

export const freshAccount = (): LoopbackAccount => ({ sending: true, domains: {}, sets: {} });

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
      wrap("ReputationOptions", wrap("SendingEnabled", String(account.sets[set] !== false))),
  };
  return answers[action]?.();
}

function known(form: URLSearchParams, { domains }: LoopbackAccount) {
  const asked = [...form].filter(([name]) => name.startsWith("Identities.member.")).map(([, domain]) => domain);
  return Object.entries(domains).filter(([name]) => asked.includes(name));
}

const wrap = (tag: string, inner: string): string => `<${tag}>${inner}</${tag}>`;
const entry = (name: string, value: string): string => wrap("entry", wrap("key", name) + wrap("value", value));
