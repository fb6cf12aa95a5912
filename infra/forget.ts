import { Duration } from "aws-cdk-lib";
import { Rule, Schedule } from "aws-cdk-lib/aws-events";
import { LambdaFunction } from "aws-cdk-lib/aws-events-targets";
import { Construct } from "constructs";
import type { Cloud } from "./cloud.ts";
import { HouseFunction } from "./parts/house-function.ts";
import { readFiles, removeFiles, rows } from "./parts/rights.ts";

/** Every night: what nobody confirmed, and evidence nobody can ask for any more. */
export class Forget extends Construct {
  constructor(scope: Construct, cloud: Cloud) {
    super(scope, "Forget");
    const forgets = new HouseFunction(this, "forget", {
      impact: "Addresses nobody confirmed are kept longer than we promised.",
      cloud,
      timeout: Duration.minutes(5),
      memorySize: 512,
      may: [
        rows(cloud, "get", "query", "put", "remove"),
        // Suppressions from before there was a list of them stand in the journal.
        ...readFiles(cloud, "journal"),
        removeFiles(cloud, "readings", "imports", "handouts"),
      ],
    });
    new Rule(this, "EveryNight", {
      description: "Wakes forget",
      schedule: Schedule.rate(Duration.days(1)),
      targets: [new LambdaFunction(forgets, { retryAttempts: 2, maxEventAge: Duration.hours(2) })],
    });
  }
}
