import { Duration } from "aws-cdk-lib";
import type { HttpApi } from "aws-cdk-lib/aws-apigatewayv2";
import { FilterPattern, type ILogGroup } from "aws-cdk-lib/aws-logs";
import { Construct } from "constructs";
import type { Cloud } from "../cloud.ts";

/** What the desk's own errors do not tell: requests nobody answered, and people who cannot get in. */
export class DeskAlarms extends Construct {
  constructor(scope: Construct, id: string, { alarms }: Cloud, { api, log }: { api: HttpApi; log: ILogGroup }) {
    super(scope, id);
    // A call that Lambda throttles, and one that takes too long, is the API's 5xx and no error of the function.
    alarms.ring(this, "desk-unanswered", {
      heading: "desk-unanswered",
      impact: "People at the desk wait for pages that do not come.",
      metric: api.metricServerError({ statistic: "Sum", period: Duration.minutes(5) }),
      threshold: fewestUnanswered,
    });
    const failed = log.addMetricFilter("SignInFailed", {
      filterPattern: FilterPattern.stringValue("$.message.signIn", "=", "failed"),
      ...{ metricNamespace: "Kurier", metricName: alarms.name("sign-in-failed"), metricValue: "1" },
    });
    alarms.ring(this, "sign-in-failed", {
      heading: "sign-in-failed",
      impact: "People do not get in at the desk, or somebody tries doors.",
      metric: failed.metric({ statistic: "Sum", period: Duration.minutes(5) }),
      threshold: fewestFailed,
    });
  }
}

/** One may be a laptop that went to sleep. */
const fewestUnanswered = 5;
/** One is a person with an old tab. */
const fewestFailed = 10;
