import { Duration } from "aws-cdk-lib";
import { MathExpression, Metric } from "aws-cdk-lib/aws-cloudwatch";
import { CloudWatchDimensionSource, EmailSendingEvent, EventDestination } from "aws-cdk-lib/aws-ses";
import { Construct } from "constructs";
import type { Cloud } from "../cloud.ts";

/** A dead ear makes no noise of its own: letters leave, and nobody hears what became of them. */
export class FeedbackAlarms extends Construct {
  constructor(scope: Construct, id: string, { sender, alarms }: Cloud, streamName: string) {
    super(scope, id);
    const ofStream = (metricName: string, statistic: string, period: Duration) =>
      new Metric({
        namespace: "AWS/Firehose",
        metricName,
        dimensionsMap: { DeliveryStreamName: streamName },
        ...{ statistic, period },
      });

    // SES counts by itself, whatever becomes of the other ways.
    const letters = sender.editions;
    letters.addEventDestination("Counted", {
      destination: EventDestination.cloudWatchDimensions([
        { source: CloudWatchDimensionSource.MESSAGE_TAG, name: setTag, defaultValue: "none" },
      ]),
      events: [EmailSendingEvent.SEND],
    });
    const sent = new Metric({
      namespace: "AWS/SES",
      metricName: "Send",
      dimensionsMap: { [setTag]: letters.configurationSetName },
      ...{ statistic: "Sum", period: Duration.hours(1) },
    });
    alarms.ring(this, "feedback-silent", {
      heading: "feedback-silent",
      impact: "Letters leave and nobody hears what becomes of them: bounces and complaints are lost.",
      metric: new MathExpression({
        expression: `IF(FILL(sent, 0) >= ${fewestLetters} AND FILL(heard, 0) == 0, 1, 0)`,
        usingMetrics: { sent, heard: ofStream("IncomingRecords", "Sum", Duration.hours(1)) },
        period: Duration.hours(1),
      }),
      threshold: 1,
    });
    alarms.ring(this, "feedback-late", {
      heading: "feedback-late",
      impact: "What became of letters is known but cannot be written down: doubtful letters stay doubtful.",
      metric: ofStream("DeliveryToS3.DataFreshness", "Maximum", Duration.minutes(5)),
      threshold: oldestSeconds,
    });
  }
}

/** SES puts it on every letter. */
const setTag = "ses:configuration-set";
/** A letter in the last second of the hour is heard of in the next one. */
const fewestLetters = 10;
/** A file is written every minute; Firehose tries again for a day, and then gives up. */
const oldestSeconds = 900;
