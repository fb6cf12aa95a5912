import { type IOrigin, OriginProtocolPolicy } from "aws-cdk-lib/aws-cloudfront";
import { HttpOrigin } from "aws-cdk-lib/aws-cloudfront-origins";
import type { Cloud } from "../cloud.ts";

/** A function of ours behind CloudFront: it turns away whoever does not show one of its two secrets. */
export const guardedOrigin = ({ secrets, stage }: Cloud, host: string): IOrigin =>
  new HttpOrigin(host, {
    protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY,
    customHeaders: { "x-kurier-origin": secrets.origin.secretValueFromJson(stage.originKey).unsafeUnwrap() },
  });
