import { Duration } from "aws-cdk-lib";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import { SqsEventSource } from "aws-cdk-lib/aws-lambda-event-sources";
import { Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import type { Alarms } from "./alarms.ts";
import { ParkedMessages } from "./parked-messages.ts";

export interface WorkQueueProps {
  /** Who is hurt when a message is given up: becomes the alarm's description. */
  readonly impact: string;
  readonly alarms: Alarms;
  /** How long one message's work may take: the worker's timeout. */
  readonly workTakes: Duration;
  /** Default 4 days. */
  readonly keep?: Duration;
}

/** How often a message is tried before it is parked. */
const tries = 5;
/** AWS asks for six times the function's timeout, or a message still worked on is handed out again. */
const visibilityFactor = 6;

/** Messages wait here for a function of ours; what fails again and again is parked, and someone is told. */
export class WorkQueue extends Construct {
  readonly queue: Queue;

  constructor(scope: Construct, id: string, { impact, alarms, workTakes, keep = Duration.days(4) }: WorkQueueProps) {
    super(scope, id);
    const parked = new ParkedMessages(this, "Parked", { impact, alarms, heading: `${id.toLowerCase()}-parked` });
    this.queue = new Queue(this, "Queue", {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: keep,
      visibilityTimeout: Duration.seconds(workTakes.toSeconds() * visibilityFactor),
      deadLetterQueue: { queue: parked.queue, maxReceiveCount: tries },
    });
  }

  /** One message a call; a fault parks its own message only. @param atOnce 2 to 1000 calls side by side */
  wakes(worker: LambdaFunction, atOnce: number): void {
    worker.addEventSource(
      new SqsEventSource(this.queue, { batchSize: 1, maxConcurrency: atOnce, reportBatchItemFailures: true }),
    );
  }
}
