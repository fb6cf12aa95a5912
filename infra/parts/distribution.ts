import { Duration } from "aws-cdk-lib";
import {
  type DistributionProps,
  HeadersReferrerPolicy,
  HttpVersion,
  PriceClass,
  ResponseHeadersPolicy,
  SecurityPolicyProtocol,
} from "aws-cdk-lib/aws-cloudfront";
import type { Construct } from "constructs";
import type { EdgeStack } from "../edge-stack.ts";

/** What CloudFront says of itself before every door, under hosts of our own where the stage has some. */
export const door = (
  edge: EdgeStack | undefined,
  certificate: DistributionProps["certificate"],
  domainNames: string[],
): Omit<DistributionProps, "defaultBehavior"> => ({
  ...(certificate && {
    domainNames,
    certificate,
    webAclId: edge?.webAcl.attrArn,
    minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
  }),
  httpVersion: HttpVersion.HTTP2_AND_3,
  priceClass: PriceClass.PRICE_CLASS_100,
});

/** Headers of every answer, also of what CloudFront itself answers; a function's own may be stricter. */
export const safeHeaders = (scope: Construct, contentSecurityPolicy: string): ResponseHeadersPolicy =>
  new ResponseHeadersPolicy(scope, "Headers", {
    securityHeadersBehavior: {
      contentSecurityPolicy: { contentSecurityPolicy, override: false },
      contentTypeOptions: { override: true },
      strictTransportSecurity: { accessControlMaxAge: Duration.days(365), override: true },
      referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.NO_REFERRER, override: false },
    },
  });

/** What the rules ask of a distribution and ours do not have, each with its reason. */
export const notHere = (people: string, secret: string, hasHost: boolean): Record<string, string> => ({
  "AwsSolutions-CFR1": `${people} live anywhere.`,
  "AwsSolutions-CFR3": `Access logs keep paths, and the path of a ${secret} is the link.`,
  ...(!hasHost && {
    "AwsSolutions-CFR2": "Without a host of its own the stage is for trying things out and needs no web ACL.",
    "AwsSolutions-CFR4": "CloudFront's own certificate sets its own TLS policy; a stage with a host demands TLS 1.2.",
  }),
});
