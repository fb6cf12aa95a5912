import { Stack } from "aws-cdk-lib";
import { type IRole, PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { CfnDeliveryStream, DeliveryStream, type IDeliveryStream } from "aws-cdk-lib/aws-kinesisfirehose";
import { EmailSendingEvent, EventDestination } from "aws-cdk-lib/aws-ses";
import { Construct } from "constructs";
import type { Cloud } from "../cloud.ts";
import { acknowledgeWildcard } from "./acknowledge.ts";
import { trouble } from "./trouble-topic.ts";

/** No opens, no clicks: nothing about a reader is tracked. */
export const everything = [EmailSendingEvent.SEND, EmailSendingEvent.DELIVERY, ...trouble];

/** The whole way: every event of a letter, a minute's worth a file, one JSON object a line. */
export class FeedbackFiles extends Construct {
  readonly streamName: string;

  constructor(scope: Construct, id: string, cloud: Cloud) {
    super(scope, id);
    this.streamName = `kurier-${cloud.stage.name}-feedback`;
    const deliveryStream = this.#stream(cloud);
    const destination = EventDestination.firehoseDeliveryStream({
      deliveryStream,
      role: this.#carrier(cloud, deliveryStream),
    });
    for (const letters of [cloud.sender.editions, cloud.sender.confirmations])
      letters.addEventDestination("Everything", { destination, events: everything }).node.addDependency(this);
  }

  /** SES ends each event with a newline itself; a delimiter of Firehose's own would make every second line empty. */
  #stream({ storage }: Cloud): IDeliveryStream {
    const role = this.#writer(storage.desk.bucketArn, storage.desk.arnForObjects(`${folder}/*`));
    const stream = new CfnDeliveryStream(this, "Stream", {
      deliveryStreamName: this.streamName,
      deliveryStreamType: "DirectPut",
      deliveryStreamEncryptionConfigurationInput: { keyType: "AWS_OWNED_CMK" },
      extendedS3DestinationConfiguration: {
        bucketArn: storage.desk.bucketArn,
        roleArn: role.roleArn,
        prefix: `${folder}/`,
        fileExtension: ".ndjson",
        compressionFormat: "UNCOMPRESSED",
        bufferingHints: { intervalInSeconds: secondsPerFile, sizeInMBs: megabytesPerFile },
      },
    });
    stream.node.addDependency(role);
    return DeliveryStream.fromDeliveryStreamArn(this, "Named", stream.attrArn);
  }

  /** @see https://docs.aws.amazon.com/firehose/latest/dev/controlling-access.html#using-iam-s3 */
  #writer(bucket: string, files: string): Role {
    const role = new Role(this, "Writer", {
      description: "Firehose writes what SES tells",
      assumedBy: new ServicePrincipal("firehose.amazonaws.com", {
        conditions: { StringEquals: { "sts:ExternalId": Stack.of(this).account } },
      }),
    });
    const may = (actions: string[], resource: string) =>
      role.addToPolicy(new PolicyStatement({ actions, resources: [resource] }));
    may(["s3:AbortMultipartUpload", "s3:GetObject", "s3:PutObject"], files);
    may(["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"], bucket);
    acknowledgeWildcard(role, files, "Firehose names the files.");
    return role;
  }

  /** Nobody else's letters may speak here. */
  #carrier({ sender }: Cloud, { deliveryStreamArn }: IDeliveryStream): IRole {
    const stack = Stack.of(this);
    const sets = [sender.editions, sender.confirmations].map(({ configurationSetName }) =>
      stack.formatArn({ service: "ses", resource: "configuration-set", resourceName: configurationSetName }),
    );
    const role = new Role(this, "Carrier", {
      description: "SES tells what becomes of letters",
      assumedBy: new ServicePrincipal("ses.amazonaws.com", {
        conditions: { StringEquals: { "aws:SourceAccount": stack.account, "aws:SourceArn": sets } },
      }),
    });
    role.addToPolicy(new PolicyStatement({ actions: ["firehose:PutRecordBatch"], resources: [deliveryStreamArn] }));
    return role;
  }
}

/** Of the private bucket; `storage.ts` keeps what lies there for three days. */
const folder = "feedback";
/** A file is there after so long, or when it is so large: some 1,500 events, a few seconds' work. */
const secondsPerFile = 60;
const megabytesPerFile = 4;
