import { Duration } from "aws-cdk-lib";
import { Construct } from "constructs";
import type { Cloud } from "./cloud.ts";
import { HouseFunction } from "./parts/house-function.ts";
import { ParkedMessages } from "./parts/parked-messages.ts";
import { addMessages, askForQuota, publishFiles, readFiles, rows, windTimers, writeFiles } from "./parts/rights.ts";

/** The timer of an issue rings: its web edition goes public, its audience is frozen in sixteen rounds. */
export class Plan extends Construct {
  constructor(scope: Construct, cloud: Cloud) {
    super(scope, "Plan");
    const { alarms } = cloud;
    const impact = "A scheduled issue does not leave.";
    const parked = new ParkedMessages(this, "Parked", { impact, alarms, heading: "plan-parked" });
    new HouseFunction(this, "plan", {
      impact,
      cloud,
      timeout: Duration.minutes(15),
      memorySize: 1024,
      deadLetterQueue: parked.queue,
      may: [
        rows(cloud, "get", "query", "put", "patch", "id"),
        ...readFiles(cloud, "editions", "downloads"),
        publishFiles(cloud),
        writeFiles(cloud, "journal"),
        askForQuota,
        addMessages(cloud, "rounds"),
        ...windTimers(cloud),
      ],
    });
  }
}
