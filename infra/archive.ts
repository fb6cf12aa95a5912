import { Duration } from "aws-cdk-lib";
import { Construct } from "constructs";
import type { Cloud } from "./cloud.ts";
import { HouseFunction } from "./parts/house-function.ts";
import { ParkedMessages } from "./parts/parked-messages.ts";
import { addMessages, publishFiles, rows, writeFiles } from "./parts/rights.ts";

/** Closes the books of an issue when its last round is balanced; then it is sent, and the public shelf says so. */
export class Archive extends Construct {
  constructor(scope: Construct, cloud: Cloud) {
    super(scope, "Archive");
    const { alarms } = cloud;
    const impact = "An issue that is out does not appear in the archive and the feeds.";
    const parked = new ParkedMessages(this, "Parked", { impact, alarms, heading: "archive-parked" });
    new HouseFunction(this, "archive", {
      impact,
      cloud,
      timeout: Duration.minutes(5),
      memorySize: 1024,
      deadLetterQueue: parked.queue,
      may: [
        rows(cloud, "get", "query", "put", "patch", "remove", "check"),
        publishFiles(cloud),
        writeFiles(cloud, "ledger"),
        addMessages(cloud, "confirmations"),
      ],
    });
  }
}
