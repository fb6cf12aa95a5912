import { CfnOutput, Duration, Fn } from "aws-cdk-lib";
import { ApiMapping, CfnStage, DomainName, HttpApi, type IDomainName } from "aws-cdk-lib/aws-apigatewayv2";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import { Certificate, CertificateValidation } from "aws-cdk-lib/aws-certificatemanager";
import type { ILogGroup } from "aws-cdk-lib/aws-logs";
import { Construct } from "constructs";
import type { Cloud } from "./cloud.ts";
import { acknowledge } from "./parts/acknowledge.ts";
import { HouseFunction } from "./parts/house-function.ts";
import { addMessages, readSecrets, rows, writeFiles } from "./parts/rights.ts";

/** What readers ask and tell us. Reached through CloudFront alone. */
export class Site extends Construct {
  /** Where CloudFront finds it. */
  readonly host: string;
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
      may: [
        rows(cloud, "get", "query", "put", "patch", "remove", "check"),
        writeFiles(cloud, "journal"),
        addMessages(cloud, "confirmations"),
        readSecrets(secrets.links, secrets.address, secrets.origin),
      ],
    });
    this.log = answers.logGroup;
    const ownName = stage.originHost ? ownNameFor(this, stage.originHost) : undefined;
    const api = new HttpApi(this, "Api", {
      apiName: `kurier-${stage.name}-site`,
      defaultIntegration: new HttpLambdaIntegration("Function", answers),
      // With a name of its own nobody finds the other one; without, the origin secret alone keeps strangers out.
      disableExecuteApiEndpoint: ownName !== undefined,
    });
    if (ownName) new ApiMapping(this, "OriginMapping", { api, domainName: ownName });
    throttle(api);
    this.host = stage.originHost ?? Fn.select(2, Fn.split("/", api.apiEndpoint));
    acknowledge(api, {
      "AwsSolutions-APIG1": "Access logs keep paths, and the path of a leave link is the link.",
      "AwsSolutions-APIG4":
        "Readers have no account: a link's signature is its own proof, and CloudFront shows the origin secret.",
    });
  }
}

/** A certificate and a name in this region, which only CloudFront uses. */
function ownNameFor(scope: Construct, domainName: string): IDomainName {
  const certificate = new Certificate(scope, "OriginCertificate", {
    domainName,
    validation: CertificateValidation.fromDns(),
  });
  const name = new DomainName(scope, "OriginName", { domainName, certificate });
  new CfnOutput(scope, "OriginRecord", {
    value: `${domainName} CNAME ${name.regionalDomainName}`,
    description: "DNS record for the HTTP API",
  });
  return name;
}

/** Requests a second: a mail provider's one-click requests after a large issue fit in, a flood does not. */
const requestsPerSecond = 200;

function throttle(api: HttpApi): void {
  const stage = api.defaultStage?.node.defaultChild;
  if (!(stage instanceof CfnStage)) throw new Error("the HTTP API has no stage");
  stage.defaultRouteSettings = { throttlingRateLimit: requestsPerSecond, throttlingBurstLimit: requestsPerSecond * 2 };
}
