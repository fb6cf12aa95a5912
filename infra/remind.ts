import { Duration } from "aws-cdk-lib";
import { Rule, Schedule } from "aws-cdk-lib/aws-events";
import { LambdaFunction } from "aws-cdk-lib/aws-events-targets";
import { Construct } from "constructs";
import type { Cloud } from "./cloud.ts";
import { HouseFunction } from "./parts/house-function.ts";
import { addMessages, rows } from "./parts/rights.ts";

/** Every hour: whose last day to hand in comes near hears of it, once. */
export class Remind extends Construct {
  constructor(scope: Construct, cloud: Cloud) {
    super(scope, "Remind");
    const reminds = new HouseFunction(this, "remind", {
      impact: "Authors who were asked for an article are not reminded.",
      cloud,
      timeout: Duration.minutes(1),
      memorySize: 512,
      may: [rows(cloud, "get", "query", "remove"), addMessages(cloud, "confirmations")],
    });
    new Rule(this, "EveryHour", {
      description: "Wakes remind",
      schedule: Schedule.rate(Duration.hours(1)),
      targets: [new LambdaFunction(reminds, { retryAttempts: 2, maxEventAge: Duration.hours(1) })],
    });
  }
}
