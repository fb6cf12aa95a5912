import { CfnOutput, RemovalPolicy, Stack } from "aws-cdk-lib";
import { Metric, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import {
  ConfigurationSet,
  type ConfigurationSetProps,
  ConfigurationSetTlsPolicy,
  DkimIdentity,
  EasyDkimSigningKeyLength,
  EmailIdentity,
  Identity,
  MailFromBehaviorOnMxFailure,
  SuppressionReasons,
} from "aws-cdk-lib/aws-ses";
import { Construct } from "constructs";
import type { Alarms } from "./parts/alarms.ts";
import type { Stage } from "./stages.ts";

/** Who letters come from, and the two streams they leave by: closing one leaves the other open. */
export class Sender extends Construct {
  readonly identities: readonly EmailIdentity[];
  readonly editions: ConfigurationSet;
  readonly confirmations: ConfigurationSet;

  constructor(scope: Construct, stage: Stage, alarms: Alarms) {
    super(scope, "Sender");
    this.identities = stage.senders.map((sender) => senderDomain(this, sender));
    this.editions = stream(this, "Editions", `kurier-${stage.name}-editions`, {
      suppressionReasons: SuppressionReasons.BOUNCES_AND_COMPLAINTS,
    });
    // Whoever asks again after a bounce must get the mail they confirm by; our own list decides who is asked.
    this.confirmations = stream(this, "Confirmations", `kurier-${stage.name}-confirmations`, {
      disableSuppressionList: true,
    });
    watchReputation(this, alarms, this.editions);
  }
}

/** Easy DKIM and a MAIL FROM of our own, so that SPF, DKIM and DMARC all speak of the sender's domain. */
function senderDomain(scope: Construct, { domain, mailFrom }: Stage["senders"][number]): EmailIdentity {
  const identity = new EmailIdentity(scope, domain, {
    identity: Identity.domain(domain),
    dkimIdentity: DkimIdentity.easyDkim(EasyDkimSigningKeyLength.RSA_2048_BIT),
    mailFromDomain: mailFrom,
    mailFromBehaviorOnMxFailure: MailFromBehaviorOnMxFailure.REJECT_MESSAGE,
  });
  // Kept when the stack goes: the domain's letters are still on their way. A first deploy that fails leaves none behind.
  identity.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
  printRecords(identity, domain, mailFrom);
  return identity;
}

/** The DNS records the owner of the domain sets by hand; each output is one line for the zone. */
function printRecords(identity: EmailIdentity, domain: string, mailFrom: string): void {
  const print = (id: string, value: string) =>
    new CfnOutput(identity, id, { value, description: `DNS record for ${domain}` });
  identity.dkimRecords.forEach(({ name, value }, index) => {
    print(`Dkim${index + 1}`, `${name} CNAME ${value}`);
  });
  print("MailFromMx", `${mailFrom} MX 10 feedback-smtp.${Stack.of(identity).region}.amazonses.com`);
  print("MailFromSpf", `${mailFrom} TXT "v=spf1 include:amazonses.com -all"`);
  print("Dmarc", `_dmarc.${domain} TXT "v=DMARC1; p=quarantine; adkim=r; aspf=r"`);
}

/** TLS or nothing; for editions the carrier's own suppression list as the second belt. Nothing about a reader is tracked. */
const stream = (
  scope: Construct,
  id: string,
  configurationSetName: string,
  suppression: Pick<ConfigurationSetProps, "suppressionReasons" | "disableSuppressionList">,
): ConfigurationSet =>
  new ConfigurationSet(scope, id, {
    configurationSetName,
    tlsPolicy: ConfigurationSetTlsPolicy.REQUIRE,
    reputationMetrics: true,
    sendingEnabled: true,
    ...suppression,
  });

/** AWS reviews an account at 5 % bounces and 0.1 % complaints: we want to hear of it first. */
function watchReputation(scope: Construct, alarms: Alarms, { configurationSetName }: ConfigurationSet): void {
  const watch = (heading: string, metricName: string, threshold: number, impact: string) =>
    alarms.ring(scope, metricName.replace("Reputation.", ""), {
      ...{ heading, impact, threshold },
      metric: new Metric({
        namespace: "AWS/SES",
        metricName,
        dimensionsMap: { "ses:configuration-set": configurationSetName },
        statistic: "Maximum",
      }),
      treatMissingData: TreatMissingData.IGNORE,
    });
  watch(
    "editions-bounces",
    "Reputation.BounceRate",
    0.03,
    "Too many letters bounce; AWS may close the sender for all.",
  );
  watch(
    "editions-complaints",
    "Reputation.ComplaintRate",
    0.0008,
    "Readers call our letters spam; AWS may close the sender for all.",
  );
}
