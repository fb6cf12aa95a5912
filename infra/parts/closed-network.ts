import { Aws, Fn } from "aws-cdk-lib";
import {
  GatewayVpcEndpointAwsService,
  IpAddresses,
  Peer,
  Port,
  SecurityGroup,
  SubnetType,
  Vpc,
} from "aws-cdk-lib/aws-ec2";
import { AnyPrincipal, PolicyStatement } from "aws-cdk-lib/aws-iam";
import {
  CfnFirewallDomainList,
  CfnFirewallRuleGroup,
  CfnFirewallRuleGroupAssociation,
} from "aws-cdk-lib/aws-route53resolver";
import type { Bucket } from "aws-cdk-lib/aws-s3";
import { Construct } from "constructs";
import { acknowledge } from "./acknowledge.ts";

/** Two zones, for one may fail. Named by AWS at the deployment: asking now would take credentials. */
export const twoZones = [Fn.select(0, Fn.getAzs()), Fn.select(1, Fn.getAzs())];

/** A network without a way out: no gateway to the internet, no NAT, one door to one bucket. It costs less than a cent a month. */
export class ClosedNetwork extends Construct {
  readonly vpc: Vpc;
  readonly securityGroup: SecurityGroup;

  constructor(scope: Construct, id: string, bucket: Bucket) {
    super(scope, id);
    this.vpc = new Vpc(this, "Vpc", {
      ipAddresses: IpAddresses.cidr("10.0.0.0/24"),
      natGateways: 0,
      subnetConfiguration: [{ name: "Closed", subnetType: SubnetType.PRIVATE_ISOLATED, cidrMask: 26 }],
    });
    acknowledge(this.vpc, {
      "AwsSolutions-VPC7":
        "Nothing but one function is in it, and its only way leads to a bucket: a flow log would repeat that.",
    });
    this.securityGroup = new SecurityGroup(this, "Outwards", {
      vpc: this.vpc,
      description: "A reader of Word files: nobody comes in, TLS goes out",
      allowAllOutbound: false,
    });
    // The list of S3's addresses has another number in every region; where else they may be, no route leads there.
    this.securityGroup.addEgressRule(Peer.anyIpv4(), Port.tcp(443), "S3");
    this.#openDoorTo(bucket);
    this.#nameNothingBut(bucket);
  }

  /** Whoever took over the function could not even write into a bucket of their own. */
  #openDoorTo(bucket: Bucket): void {
    const door = this.vpc.addGatewayEndpoint("Door", { service: GatewayVpcEndpointAwsService.S3 });
    door.addToPolicy(
      new PolicyStatement({
        principals: [new AnyPrincipal()],
        actions: ["s3:GetObject", "s3:ListBucket", "s3:PutObject"],
        resources: [bucket.bucketArn, bucket.arnForObjects("*")],
        conditions: { StringEquals: { "aws:PrincipalAccount": Aws.ACCOUNT_ID } },
      }),
    );
  }

  /** Names are looked up outside, and a name can carry words: only the bucket's own is. */
  #nameNothingBut(bucket: Bucket): void {
    const list = (id: string, domains: string[]): string => new CfnFirewallDomainList(this, id, { domains }).attrId;
    const rules = new CfnFirewallRuleGroup(this, "Names", {
      firewallRules: [
        {
          action: "ALLOW",
          firewallDomainListId: list("Bucket", [bucket.bucketRegionalDomainName]),
          // S3 answers with another name of its own.
          firewallDomainRedirectionAction: "TRUST_REDIRECTION_DOMAIN",
          priority: 1,
        },
        { action: "BLOCK", blockResponse: "NODATA", firewallDomainListId: list("Everything", ["*"]), priority: 2 },
      ],
    });
    new CfnFirewallRuleGroupAssociation(this, "NamesHere", {
      firewallRuleGroupId: rules.attrId,
      vpcId: this.vpc.vpcId,
      // AWS keeps the first hundred for itself.
      priority: 101,
    });
  }
}
