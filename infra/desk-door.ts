import { CfnOutput } from "aws-cdk-lib";
import {
  AllowedMethods,
  CachePolicy,
  Distribution,
  OriginRequestPolicy,
  ViewerProtocolPolicy,
} from "aws-cdk-lib/aws-cloudfront";
import { Construct } from "constructs";
import type { Cloud } from "./cloud.ts";
import type { Desk } from "./desk.ts";
import { printAddress } from "./desk.ts";
import type { EdgeStack } from "./edge-stack.ts";
import { acknowledge } from "./parts/acknowledge.ts";
import { door, notHere, safeHeaders } from "./parts/distribution.ts";
import { guardedOrigin } from "./parts/guarded-origin.ts";

export interface DeskDoorProps {
  readonly cloud: Cloud;
  readonly desk: Desk;
  readonly edge?: EdgeStack;
}

/** CloudFront before the desk: one of its own, for no page of readers may share an origin with it. Nothing is kept there. */
export class DeskDoor extends Construct {
  /** Where people find it. */
  readonly address: string;

  constructor(scope: Construct, { cloud, desk, edge }: DeskDoorProps) {
    super(scope, "DeskDoor");
    const { name, deskHost } = cloud.stage;
    const distribution = new Distribution(this, "Distribution", {
      comment: `Kurier ${name}, the desk`,
      ...door(edge, edge?.deskCertificate, deskHost ? [deskHost] : []),
      defaultBehavior: {
        origin: guardedOrigin(cloud, desk.host),
        allowedMethods: AllowedMethods.ALLOW_ALL,
        cachePolicy: CachePolicy.CACHING_DISABLED,
        // Cookies, languages, and whose page a form stood on: all a browser says but the host, which the desk is told.
        originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
        viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
        // The desk's own answers say it, and more, themselves.
        responseHeadersPolicy: safeHeaders(this, "default-src 'none'; frame-ancestors 'none'"),
      },
    });
    this.address = `https://${deskHost ?? distribution.domainName}`;
    printAddress(this, this.address);
    if (deskHost)
      new CfnOutput(this, "Record", {
        value: `${deskHost} CNAME ${distribution.domainName}`,
        description: "DNS record for the desk",
      });
    acknowledge(distribution, notHere("Authors", "personal link", deskHost !== undefined));
  }
}
