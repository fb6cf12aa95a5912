import { CfnOutput, Duration } from "aws-cdk-lib";
import type { DomainName } from "aws-cdk-lib/aws-apigatewayv2";
import type { ILogGroup } from "aws-cdk-lib/aws-logs";
import { Construct } from "constructs";
import type { Cloud } from "./cloud.ts";
import { acknowledge } from "./parts/acknowledge.ts";
import { HouseFunction } from "./parts/house-function.ts";
import { certificateFor, hostOf, httpDoor, nameFor } from "./parts/http-door.ts";
import { addMessages, readPublished, readSecrets, rows, writeFiles } from "./parts/rights.ts";
import { hostsOf, type Stage } from "./stages.ts";

/** What readers ask and tell us: reached through CloudFront alone, or in a regional stage with the pages, by everybody. */
export class Site extends Construct {
  /** Where CloudFront finds it. */
  readonly host: string;
  /** Where everybody finds it, where no CloudFront stands before it. */
  readonly address: string;
  /** It may close the sign-up form. */
  readonly log: ILogGroup;

  constructor(scope: Construct, cloud: Cloud) {
    super(scope, "Site");
    const { stage, secrets } = cloud;
    const answers = new HouseFunction(this, "site", {
      impact: "Readers cannot leave, and that is their right.",
      cloud,
      timeout: Duration.seconds(10),
      memorySize: 1024,
      ...(stage.isRegional && { file: "whole-site" }),
      may: [
        rows(cloud, "get", "query", "put", "patch", "remove", "check"),
        writeFiles(cloud, "journal"),
        addMessages(cloud, "confirmations"),
        readSecrets(secrets.links, secrets.address),
        ...(stage.isRegional ? readPublished(cloud) : [readSecrets(secrets.origin)]),
      ],
    });
    this.log = answers.logGroup;
    const names = stage.isRegional ? namesFor(this, hostsOf(stage)) : originNames(this, stage);
    // Without a name of its own the origin secret alone keeps strangers out.
    const api = httpDoor(this, {
      apiName: `kurier-${stage.name}-site`,
      ...{ answers, names },
      requestsPerSecond: stage.isRegional ? pagesPerSecond : requestsPerSecond,
    });
    const [name] = stage.isRegional ? hostsOf(stage) : [stage.originHost];
    this.host = name ?? hostOf(api);
    this.address = `https://${this.host}`;
    if (stage.isRegional && !name) new CfnOutput(this, "Address", { value: api.apiEndpoint });
    acknowledge(api, {
      "AwsSolutions-APIG1": "Access logs keep paths, and the path of a leave link is the link.",
      "AwsSolutions-APIG4":
        "Readers have no account: a link's signature is its own proof, and CloudFront, where there is one, shows the origin secret.",
    });
  }
}

/** A certificate and a name in this region, which only CloudFront uses. */
const originNames = (scope: Construct, { originHost }: Stage): DomainName[] =>
  originHost ? [nameFor(scope, "Origin", originHost, certificateFor(scope, "OriginCertificate", [originHost]))] : [];

/** The names readers know. */
function namesFor(scope: Construct, hosts: readonly string[]): DomainName[] {
  if (hosts.length === 0) return [];
  const certificate = certificateFor(scope, "Certificate", hosts);
  return hosts.map((host, index) => nameFor(scope, `Host${index + 1}`, host, certificate));
}

/** Requests a second: a mail provider's one-click requests after a large issue fit in, a flood does not. */
const requestsPerSecond = 200;
/** The same, and pages with their pictures for a hundred thousand readers in the hour their issue comes. */
const pagesPerSecond = 1_000;
