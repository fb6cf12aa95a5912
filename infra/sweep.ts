import { Duration } from "aws-cdk-lib";
import { ComparisonOperator, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import { Rule, Schedule } from "aws-cdk-lib/aws-events";
import { LambdaFunction } from "aws-cdk-lib/aws-events-targets";
import { Construct } from "constructs";
import type { Cloud } from "./cloud.ts";
import { HouseFunction } from "./parts/house-function.ts";
import { addMessages, rows, windTimers } from "./parts/rights.ts";

/** Every minute: what fell down is picked up. Does nothing when nothing is open. */
export class Sweep extends Construct {
  constructor(scope: Construct, cloud: Cloud) {
    super(scope, "Sweep");
    const sweeper = new HouseFunction(this, "sweep", {
      impact: "An issue that came to a halt is not taken up again by itself.",
      cloud,
      timeout: Duration.seconds(50),
      memorySize: 512,
      // The next minute comes anyway.
      retryAttempts: 0,
      may: [rows(cloud, "get", "query", "patch"), addMessages(cloud, "rounds"), ...windTimers(cloud)],
    });
    new Rule(this, "EveryMinute", {
      description: "Wakes sweep",
      schedule: Schedule.rate(Duration.minutes(1)),
      targets: [new LambdaFunction(sweeper, { retryAttempts: 0, maxEventAge: Duration.minutes(1) })],
    });
    cloud.alarms.ring(this, "Silent", {
      heading: "sweep-silent",
      impact: "Nobody looks after open issues: the minute rule does not fire.",
      metric: sweeper.metricInvocations({ period: Duration.minutes(5) }),
      threshold: 1,
      comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
      evaluationPeriods: 2,
      treatMissingData: TreatMissingData.BREACHING,
    });
  }
}
