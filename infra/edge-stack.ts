import { Stack } from "aws-cdk-lib";
import { Certificate, CertificateValidation } from "aws-cdk-lib/aws-certificatemanager";
import type { CfnWebACL } from "aws-cdk-lib/aws-wafv2";
import type { Construct } from "constructs";
import { webAcl } from "./parts/web-acl.ts";
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
