import { Duration } from "aws-cdk-lib";
import type { HttpApi } from "aws-cdk-lib/aws-apigatewayv2";
import { Alarm, ComparisonOperator, type Metric, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import { FilterPattern, type ILogGroup } from "aws-cdk-lib/aws-logs";
import { Construct } from "constructs";
import type { Cloud } from "../cloud.ts";

/** What the desk's own errors do not tell: requests nobody answered, and people who cannot get in. */
export class DeskAlarms extends Construct {
  constructor(scope: Construct, id: string, { alarms }: Cloud, { api, log }: { api: HttpApi; log: ILogGroup }) {
    super(scope, id);
    const ring = (heading: string, impact: string, metric: Metric, threshold: number) =>
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
    // A call that Lambda throttles, and one that takes too long, is the API's 5xx and no error of the function.
    ring(
      "desk-unanswered",
      "People at the desk wait for pages that do not come.",
      api.metricServerError({ statistic: "Sum", period: Duration.minutes(5) }),
      fewestUnanswered,
    );
    const failed = log.addMetricFilter("SignInFailed", {
      filterPattern: FilterPattern.stringValue("$.message.signIn", "=", "failed"),
      ...{ metricNamespace: "Kurier", metricName: alarms.name("sign-in-failed"), metricValue: "1" },
    });
    ring(
      "sign-in-failed",
      "People do not get in at the desk, or somebody tries doors.",
      failed.metric({ statistic: "Sum", period: Duration.minutes(5) }),
      fewestFailed,
    );
  }
}

/** One may be a laptop that went to sleep. */
const fewestUnanswered = 5;
/** One is a person with an old tab. */
const fewestFailed = 10;
