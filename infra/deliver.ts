import { RecursiveLoop } from "aws-cdk-lib/aws-lambda";
import { Construct } from "constructs";
import type { Cloud } from "./cloud.ts";
import { HouseFunction } from "./parts/house-function.ts";
import { addMessages, askForQuota, readFiles, readSecrets, rows, sendEditions, windTimers } from "./parts/rights.ts";
import { workTakes } from "./queues.ts";

/** Rounds wait here and leave as letters, sixteen side by side: an issue never has more. */
export class Deliver extends Construct {
  constructor(scope: Construct, cloud: Cloud) {
    super(scope, "Deliver");
    const { secrets, queues } = cloud;
    const worker = new HouseFunction(this, "deliver", {
      impact: "Subscribers are not receiving the issue.",
      cloud,
      timeout: workTakes.rounds,
      memorySize: 512,
      // A round is passed on through its own queue as often as it takes; Lambda would stop it at the sixteenth time.
      recursiveLoop: RecursiveLoop.ALLOW,
      may: [
        rows(cloud, "get", "query", "put", "patch", "remove", "id"),
        ...readFiles(cloud, "editions"),
        readSecrets(secrets.links),
        sendEditions(cloud),
        askForQuota,
        addMessages(cloud, "rounds"),
        ...windTimers(cloud),
      ],
    });
    queues.rounds.wakes(worker, rounds);
  }
}

const rounds = 16;
