import { Duration } from "aws-cdk-lib";
import { Alarm, ComparisonOperator, MathExpression, Metric, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
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
    const ring = (heading: string, impact: string, metric: Metric | MathExpression, threshold: number) =>
      alarms.ring(
        new Alarm(this, heading, {
          alarmName: alarms.name(heading),
          alarmDescription: impact,
          metric,
          threshold,
          comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
          evaluationPeriods: 1,
          treatMissingData: TreatMissingData.NOT_BREACHING,
        }),
      );

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
    ring(
      "feedback-silent",
      "Letters leave and nobody hears what becomes of them: bounces and complaints are lost.",
      new MathExpression({
        expression: `IF(FILL(sent, 0) >= ${fewestLetters} AND FILL(heard, 0) == 0, 1, 0)`,
        usingMetrics: { sent, heard: ofStream("IncomingRecords", "Sum", Duration.hours(1)) },
        period: Duration.hours(1),
      }),
      1,
    );
    ring(
      "feedback-late",
      "What became of letters is known but cannot be written down: doubtful letters stay doubtful.",
      ofStream("DeliveryToS3.DataFreshness", "Maximum", Duration.minutes(5)),
      oldestSeconds,
    );
  }
}

/** SES puts it on every letter. */
const setTag = "ses:configuration-set";
/** A letter in the last second of the hour is heard of in the next one. */
const fewestLetters = 10;
/** A file is written every minute; Firehose tries again for a day, and then gives up. */
const oldestSeconds = 900;
