import { Duration, RemovalPolicy } from "aws-cdk-lib";
import {
  AttributeType,
  Billing,
  type ITableV2,
  ProjectionType,
  TableEncryptionV2,
  TableV2,
} from "aws-cdk-lib/aws-dynamodb";
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type CfnBucket,
  HttpMethods,
  type LifecycleRule,
  ObjectOwnership,
} from "aws-cdk-lib/aws-s3";
import { Construct } from "constructs";
import { acknowledge } from "./parts/acknowledge.ts";
import type { Stage } from "./stages.ts";

/** All that must outlive a mistake: retained when the stack goes, versioned, with point-in-time recovery. */
export class Storage extends Construct {
  /** What authors hand in and everything else that is nobody's business: submissions, originals, articles, editions. */
  readonly desk: Bucket;
  /** What the world sees, through CloudFront alone. */
  readonly site: Bucket;
  readonly table: ITableV2;

  constructor(scope: Construct, { restoredTable, receives, deskHost }: Stage) {
    super(scope, "Storage");
    this.desk = keptBucket(this, "Desk", [
      // The addresses in the carrier's notices live three days at most.
      shortLived("feedback/"),
      // So do tables of readers somebody fetched.
      shortLived("handouts/"),
      // So do mails of which nothing could be made.
      ...(receives ? [shortLived("mail/")] : []),
    ]);
    letDeskPost(this.desk, deskHost);
    // Set on the resource itself: the construct's own switch brings a custom resource with wide rights along.
    (this.desk.node.defaultChild as CfnBucket).notificationConfiguration = {
      eventBridgeConfiguration: { eventBridgeEnabled: true },
    };
    this.site = keptBucket(this, "Site");
    const table = keptTable(this);
    this.table = restoredTable ? TableV2.fromTableName(this, "Restored", restoredTable) : table;
  }
}

/**
 * Scripts of the desk may watch a file on its way and hear whether it came. What may be posted, and where to, the signed
 * form says: so an address nobody knows yet may be anybody's.
 */
function letDeskPost(bucket: Bucket, deskHost: string | undefined): void {
  bucket.addCorsRule({
    allowedMethods: [HttpMethods.POST],
    allowedOrigins: [deskHost ? `https://${deskHost}` : "*"],
    allowedHeaders: ["*"],
    exposedHeaders: ["ETag"],
    maxAge: 3600,
  });
}

const shortLived = (prefix: string): LifecycleRule => ({
  prefix,
  expiration: Duration.days(3),
  noncurrentVersionExpiration: Duration.days(1),
  // A table of readers whose writing nobody ended.
  abortIncompleteMultipartUploadAfter: Duration.days(1),
});

/** How far back a mistake can be mended; the privacy text names the same number. */
const backupDays = 35;

function keptBucket(scope: Construct, id: string, rules: LifecycleRule[] = []): Bucket {
  const bucket = new Bucket(scope, id, {
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    encryption: BucketEncryption.S3_MANAGED,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
    enforceSSL: true,
    minimumTLSVersion: 1.2,
    versioned: true,
    removalPolicy: RemovalPolicy.RETAIN,
    lifecycleRules: [
      {
        noncurrentVersionExpiration: Duration.days(backupDays),
        expiredObjectDeleteMarker: true,
        abortIncompleteMultipartUploadAfter: Duration.days(7),
      },
      ...rules,
    ],
  });
  acknowledge(bucket, { "AwsSolutions-S1": "Access logs would keep paths, and with them readers' leave links." });
  return bucket;
}

const keptTable = (scope: Construct): TableV2 =>
  new TableV2(scope, "Table", {
    partitionKey: { name: "pk", type: AttributeType.STRING },
    sortKey: { name: "sk", type: AttributeType.STRING },
    billing: Billing.onDemand(),
    encryption: TableEncryptionV2.dynamoOwnedKey(),
    timeToLiveAttribute: "ttl",
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true, recoveryPeriodInDays: backupDays },
    deletionProtection: true,
    removalPolicy: RemovalPolicy.RETAIN,
    // Sparse: only rows in trouble carry the attribute. For showing, never for deciding.
    globalSecondaryIndexes: [
      {
        indexName: "byTrouble",
        partitionKey: { name: "trouble", type: AttributeType.STRING },
        sortKey: { name: "sk", type: AttributeType.STRING },
        projectionType: ProjectionType.ALL,
      },
    ],
  });
