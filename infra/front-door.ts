import { CfnOutput, Duration } from "aws-cdk-lib";
import {
  AllowedMethods,
  CachePolicy,
  Function as CloudFrontFunction,
  Distribution,
  type ErrorResponse,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  OriginRequestPolicy,
  ViewerProtocolPolicy,
} from "aws-cdk-lib/aws-cloudfront";
import { S3BucketOrigin } from "aws-cdk-lib/aws-cloudfront-origins";
import { Construct } from "constructs";
import type { Cloud } from "./cloud.ts";
import type { EdgeStack } from "./edge-stack.ts";
import { acknowledge } from "./parts/acknowledge.ts";
import { formAddress, goneStatus, pageAddress } from "./parts/addresses.ts";
import { door, notHere, safeHeaders } from "./parts/distribution.ts";
import { guardedOrigin } from "./parts/guarded-origin.ts";
import type { Site } from "./site.ts";
import { hostsOf, ownHosts, type Stage } from "./stages.ts";

export interface FrontDoorProps {
  readonly cloud: Cloud;
  readonly site: Site;
  readonly edge?: EdgeStack;
}

/**
 * Paths that ask or tell us something, below a publication or at the root of its own host; the rest are pages. Authors
 * are told how to hand in before there is a page.
 */
const formPaths = ["*/u/*", "*/e/*", "*/c/*", "*/s", "*/s/*", "*/einreichen/*", "*/submit/*"];

/** CloudFront: pages from the site bucket, forms from the site function. */
export class FrontDoor extends Construct {
  constructor(scope: Construct, { cloud, site, edge }: FrontDoorProps) {
    super(scope, "FrontDoor");
    const { stage, storage } = cloud;
    // There is none where only the desk has a host.
    const certificate = edge?.certificate;
    const responseHeadersPolicy = safeHeaders(this, policy);
    const at = (id: string, code: string, eventType = FunctionEventType.VIEWER_REQUEST) => [
      {
        function: new CloudFrontFunction(this, id, {
          code: FunctionCode.fromInline(code),
          runtime: FunctionRuntime.JS_2_0,
        }),
        eventType,
      },
    ];
    const forms = {
      origin: guardedOrigin(cloud, site.host),
      allowedMethods: AllowedMethods.ALLOW_ALL,
      cachePolicy: CachePolicy.CACHING_DISABLED,
      originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
      // A one-click request is never redirected; from plain http it may not come at all.
      viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
      functionAssociations: at("FormAddress", formAddress(ownHosts(stage))),
      responseHeadersPolicy,
    };
    const distribution = new Distribution(this, "Distribution", {
      comment: `Kurier ${stage.name}`,
      ...door(edge, certificate, hostsOf(stage)),
      defaultBehavior: {
        origin: S3BucketOrigin.withOriginAccessControl(storage.site),
        cachePolicy: CachePolicy.CACHING_OPTIMIZED,
        viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
        functionAssociations: [
          ...at("PageAddress", pageAddress(ownHosts(stage))),
          ...at("GoneStatus", goneStatus, FunctionEventType.VIEWER_RESPONSE),
        ],
        responseHeadersPolicy,
        compress: true,
      },
      additionalBehaviors: Object.fromEntries(formPaths.map((path) => [path, forms])),
      errorResponses: missingPages(stage),
    });
    printRecords(distribution, stage);
    acknowledge(distribution, notHere("Readers", "leave link", certificate !== undefined));
  }
}

/** A page says in its own head what it may load, to the hash; only this cannot be said there. */
const policy = "frame-ancestors 'none'; form-action 'self'; base-uri 'none'";

/** The bucket answers 403 for what it lacks; to readers a missing page is our own 404. */
const missingPages = ({ addresses }: Stage): ErrorResponse[] => {
  const [publication] = Object.keys(addresses);
  if (!publication) throw new Error("a stage wants a publication");
  return [403, 404].map((httpStatus) => ({
    httpStatus,
    responseHttpStatus: 404,
    responsePagePath: `/${publication}/404.html`,
    // What is missing now may be published in a minute.
    ttl: Duration.minutes(1),
  }));
};

function printRecords(distribution: Distribution, stage: Stage): void {
  const print = (id: string, value: string, description: string) =>
    new CfnOutput(distribution, id, { value, description });
  print("Address", `https://${distribution.domainName}`, "CloudFront's own address");
  hostsOf(stage).forEach((host, index) => {
    print(`Record${index + 1}`, `${host} CNAME ${distribution.domainName}`, "DNS record for readers");
  });
}
