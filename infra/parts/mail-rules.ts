import { CfnOutput, Stack } from "aws-cdk-lib";
import { PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { CfnReceiptRule, CfnReceiptRuleSet } from "aws-cdk-lib/aws-ses";
import { Construct } from "constructs";
import type { Cloud } from "../cloud.ts";
import type { Receives, Stage } from "../stages.ts";

/**
 * Where SES takes mail in, by region.
 *
 * @see https://docs.aws.amazon.com/general/latest/gr/ses.html (Email receiving endpoints; more may have come since 2024)
 */
const receivingRegions = [
  ...["us-east-1", "us-east-2", "us-west-2", "ca-central-1", "eu-central-1", "eu-west-1", "eu-west-2"],
  ...["ap-northeast-1", "ap-southeast-1", "ap-southeast-2", "ap-southeast-3"],
];

/** What comes to an address for submissions is looked through by SES and laid below `mail/<publication>/`. */
export class MailRules extends Construct {
  constructor(scope: Construct, id: string, { stage, storage }: Cloud, receives: Receives) {
    super(scope, id);
    demandReceivable(stage, receives);
    const set = this.#ruleSet(stage, receives);
    const names = Object.keys(receives.addresses).map((publication) => `kurier-${stage.name}-${publication}`);
    const stack = Stack.of(this);
    const rule = (name: string): string =>
      stack.formatArn({ service: "ses", resource: "receipt-rule-set", resourceName: `${set}:receipt-rule/${name}` });
    const { policyDependable } = storage.desk.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal("ses.amazonaws.com")],
        actions: ["s3:PutObject"],
        resources: [storage.desk.arnForObjects("mail/*")],
        conditions: { StringEquals: { "aws:SourceAccount": stack.account, "aws:SourceArn": names.map(rule) } },
      }),
    );
    for (const [publication, address] of Object.entries(receives.addresses)) {
      const made = new CfnReceiptRule(this, publication, {
        ruleSetName: set,
        rule: {
          name: `kurier-${stage.name}-${publication}`,
          ...{ enabled: true, scanEnabled: true, tlsPolicy: "Require" },
          recipients: [address],
          actions: [{ s3Action: { bucketName: storage.desk.bucketName, objectKeyPrefix: `mail/${publication}/` } }],
        },
      });
      // SES tries whether it may write as soon as the rule is made.
      if (policyDependable) made.node.addDependency(policyDependable);
    }
    printRecords(this, receives);
  }

  /** An account has one active set. Whoever has one names it; else the stage brings its own, and prints how to switch it on. */
  #ruleSet({ name, region }: Stage, { ruleSet }: Receives): string {
    if (ruleSet !== undefined) return ruleSet;
    const ruleSetName = `kurier-${name}`;
    const made = new CfnReceiptRuleSet(this, "Set", { ruleSetName });
    new CfnOutput(this, "Activate", {
      value: `aws ses set-active-receipt-rule-set --region ${region} --rule-set-name ${ruleSetName}`,
      description: "Once, by hand: from then on mail is taken in",
    });
    return made.ref;
  }
}

/** @throws in a sentence: a stage that could never receive must not look as if it did */
function demandReceivable({ region, senders }: Stage, { addresses }: Receives): void {
  if (!receivingRegions.includes(region)) throw new Error(`SES takes no mail in in ${region}: leave out "receives"`);
  for (const address of Object.values(addresses)) {
    const domain = domainOf(address);
    if (!senders.some((sender) => domain === sender.domain || domain.endsWith(`.${sender.domain}`)))
      throw new Error(`${address} must lie on a domain of the stage's senders, or below one`);
    if (senders.some(({ mailFrom }) => mailFrom === domain))
      throw new Error(`${address} lies on a MAIL FROM domain, whose MX leads bounces back to SES`);
  }
}

const domainOf = (address: string): string => address.slice(address.lastIndexOf("@") + 1);

/** One line for the zone for each domain. */
function printRecords(scope: Construct, { addresses }: Receives): void {
  const { region, urlSuffix } = Stack.of(scope);
  for (const domain of new Set(Object.values(addresses).map(domainOf)))
    new CfnOutput(scope, `Mx-${domain}`.replace(/[^A-Za-z0-9]/g, ""), {
      value: `${domain} MX 10 inbound-smtp.${region}.${urlSuffix}`,
      description: `DNS record for ${domain}: mail to it is taken in`,
    });
}
