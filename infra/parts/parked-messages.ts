import { Duration } from "aws-cdk-lib";
import { Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import type { Alarms } from "./alarms.ts";

export interface ParkedMessagesProps {
  readonly impact: string;
  readonly alarms: Alarms;
  /** The alarm's name, and its heading in the runbook. */
  readonly heading: string;
}

/** A dead-letter queue with its alarm: nothing is given up silently. */
export class ParkedMessages extends Construct {
  readonly queue: Queue;

  constructor(scope: Construct, id: string, { impact, alarms, heading }: ParkedMessagesProps) {
    super(scope, id);
    this.queue = new Queue(this, "Queue", {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    alarms.ring(this, "Alarm", {
      ...{ heading, impact, threshold: 1 },
      metric: this.queue.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(5) }),
    });
  }
}
