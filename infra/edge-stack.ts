import { Duration, Stack } from "aws-cdk-lib";
import { Certificate, CertificateValidation } from "aws-cdk-lib/aws-certificatemanager";
import { CfnWebACL } from "aws-cdk-lib/aws-wafv2";
import type { Construct } from "constructs";
import { hostsOf, type Stage } from "./stages.ts";

/** What CloudFront wants in us-east-1: its certificate and its web ACL. No data. */
export class EdgeStack extends Stack {
  readonly certificate: Certificate;
  readonly webAcl: CfnWebACL;

  constructor(scope: Construct, stage: Stage) {
    super(scope, `Edge-${stage.name}`, {
      stackName: `kurier-${stage.name}-edge`,
      description: "Kurier: certificate and web ACL for CloudFront",
      env: { region: "us-east-1", account: stage.account },
      tags: { kurier: stage.name },
    });
    this.certificate = certificateFor(this, hostsOf(stage));
    this.webAcl = webAcl(this);
  }
}

function certificateFor(scope: Construct, [first, ...others]: string[]): Certificate {
  if (!first) throw new Error("a certificate wants a host");
  return new Certificate(scope, "Certificate", {
    domainName: first,
    subjectAlternativeNames: others,
    validation: CertificateValidation.fromDns(),
  });
}

/** Per sender address in five minutes; mail providers send the one-click requests of many readers from few addresses. */
const postsPerAddress = 2000;

/**
 * One rule: nobody floods the forms. No managed rule groups: they turn away requests without a browser's
 * manners, and that is how a mail provider's one-click request looks.
 */
function webAcl(scope: Construct): CfnWebACL {
  // Samples would show paths, so leave links.
  const visibility = (metricName: string) => ({
    cloudWatchMetricsEnabled: true,
    metricName,
    sampledRequestsEnabled: false,
  });
  return new CfnWebACL(scope, "WebAcl", {
    scope: "CLOUDFRONT",
    defaultAction: { allow: {} },
    visibilityConfig: visibility("all"),
    rules: [
      {
        name: "posts-per-address",
        priority: 0,
        action: { block: { customResponse: { responseCode: 429 } } },
        visibilityConfig: visibility("posts-per-address"),
        statement: {
          rateBasedStatement: {
            aggregateKeyType: "IP",
            limit: postsPerAddress,
            evaluationWindowSec: Duration.minutes(5).toSeconds(),
            scopeDownStatement: {
              byteMatchStatement: {
                fieldToMatch: { method: {} },
                positionalConstraint: "EXACTLY",
                searchString: "POST",
                textTransformations: [{ priority: 0, type: "NONE" }],
              },
            },
          },
        },
      },
    ],
  });
}
