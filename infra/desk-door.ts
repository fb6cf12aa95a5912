import { CfnOutput, Duration } from "aws-cdk-lib";
import {
  AllowedMethods,
  CachePolicy,
  Distribution,
  HeadersReferrerPolicy,
  HttpVersion,
  OriginRequestPolicy,
  PriceClass,
  ResponseHeadersPolicy,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from "aws-cdk-lib/aws-cloudfront";
import { Construct } from "constructs";
import type { Cloud } from "./cloud.ts";
import type { Desk } from "./desk.ts";
import { printAddress } from "./desk.ts";
import type { EdgeStack } from "./edge-stack.ts";
import { acknowledge } from "./parts/acknowledge.ts";
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
      ...(deskHost && {
        domainNames: [deskHost],
        certificate: edge?.deskCertificate,
        webAclId: edge?.webAcl.attrArn,
        minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
      }),
      httpVersion: HttpVersion.HTTP2_AND_3,
      priceClass: PriceClass.PRICE_CLASS_100,
      defaultBehavior: {
        origin: guardedOrigin(cloud, desk.host),
        allowedMethods: AllowedMethods.ALLOW_ALL,
        cachePolicy: CachePolicy.CACHING_DISABLED,
        // Cookies, languages, and whose page a form stood on: all a browser says but the host, which the desk is told.
        originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
        viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
        responseHeadersPolicy: this.#headers(),
      },
    });
    this.address = `https://${deskHost ?? distribution.domainName}`;
    printAddress(this, this.address);
    if (deskHost)
      new CfnOutput(this, "Record", {
        value: `${deskHost} CNAME ${distribution.domainName}`,
        description: "DNS record for the desk",
      });
    acknowledge(distribution, notHere(deskHost));
  }

  /** Also on what CloudFront itself answers; the desk's own answers say it, and more, themselves. */
  #headers(): ResponseHeadersPolicy {
    return new ResponseHeadersPolicy(this, "Headers", {
      securityHeadersBehavior: {
        contentSecurityPolicy: { contentSecurityPolicy: "default-src 'none'; frame-ancestors 'none'", override: false },
        contentTypeOptions: { override: true },
        strictTransportSecurity: { accessControlMaxAge: Duration.days(365), override: true },
        referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.NO_REFERRER, override: false },
      },
    });
  }
}

/** What the rules ask of a distribution and this one does not have, each with its reason. */
const notHere = (deskHost: string | undefined): Record<string, string> => ({
  "AwsSolutions-CFR1": "Authors live anywhere.",
  "AwsSolutions-CFR3": "Access logs keep paths, and the path of a personal link is the link.",
  ...(!deskHost && {
    "AwsSolutions-CFR2": "Without a host of its own the stage is for trying things out and needs no web ACL.",
    "AwsSolutions-CFR4": "CloudFront's own certificate sets its own TLS policy; a stage with a host demands TLS 1.2.",
  }),
});
