import { Duration } from "aws-cdk-lib";
import { Metric } from "aws-cdk-lib/aws-cloudwatch";
import { FilterPattern, type ILogGroup } from "aws-cdk-lib/aws-logs";
import { Construct } from "constructs";
import type { Cloud } from "../cloud.ts";

/** The sign-up form closes by itself when too many ask: somebody should know, and readers wait. */
export class FormAlarm extends Construct {
  /** @param logs of whoever may close it */
  constructor(scope: Construct, id: string, { alarms }: Cloud, logs: readonly ILogGroup[]) {
    super(scope, id);
    const closed = { metricNamespace: "Kurier", metricName: alarms.name("form-closed") };
    for (const log of logs)
      log.addMetricFilter("FormClosed", {
        filterPattern: FilterPattern.exists("$.message.formClosed"),
        ...{ ...closed, metricValue: "1" },
      });
    alarms.ring(this, "Closed", {
      heading: "form-closed",
      impact: "Nobody can subscribe until the hour is over: too many asked, or an attack.",
      metric: new Metric({
        ...{ namespace: closed.metricNamespace, metricName: closed.metricName },
        ...{ statistic: "Sum", period: Duration.minutes(5) },
      }),
      threshold: 1,
    });
  }
}
