import { Stack } from "aws-cdk-lib";
import type { Certificate } from "aws-cdk-lib/aws-certificatemanager";
import type { CfnWebACL } from "aws-cdk-lib/aws-wafv2";
import type { Construct } from "constructs";
import { certificateFor } from "./parts/http-door.ts";
import { webAcl } from "./parts/web-acl.ts";
import { hostsOf, type Stage } from "./stages.ts";

/** What CloudFront wants in us-east-1: its certificates and its web ACL. No data. */
export class EdgeStack extends Stack {
  readonly certificate?: Certificate;
  /** Apart from the readers': a desk that comes later changes nothing for them. */
  readonly deskCertificate?: Certificate;
  readonly webAcl: CfnWebACL;

  constructor(scope: Construct, stage: Stage) {
    super(scope, `Edge-${stage.name}`, {
      stackName: `kurier-${stage.name}-edge`,
      description: "Kurier: certificates and web ACL for CloudFront",
      env: { region: "us-east-1", account: stage.account },
      tags: { kurier: stage.name },
    });
    const hosts = hostsOf(stage);
    if (hosts.length > 0) this.certificate = certificateFor(this, "Certificate", hosts);
    if (stage.deskHost) this.deskCertificate = certificateFor(this, "DeskCertificate", [stage.deskHost]);
    this.webAcl = webAcl(this, stage.deskHost);
  }
}
