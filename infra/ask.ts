import { RecursiveLoop } from "aws-cdk-lib/aws-lambda";
import type { ILogGroup } from "aws-cdk-lib/aws-logs";
import { Construct } from "constructs";
import type { Cloud } from "./cloud.ts";
import { HouseFunction } from "./parts/house-function.ts";
import { addMessages, askForQuota, readFiles, readSecrets, rows, sendConfirmations } from "./parts/rights.ts";
import { workTakes } from "./queues.ts";

/** Wishes wait here and are answered by mail, from the confirm mails' own share of the rate. */
export class Ask extends Construct {
  /** It may close the form. */
  readonly log: ILogGroup;

  constructor(scope: Construct, cloud: Cloud) {
    super(scope, "Ask");
    const { secrets, queues } = cloud;
    const worker = new HouseFunction(this, "ask", {
      impact: "Whoever subscribes gets no confirm mail.",
      cloud,
      timeout: workTakes.confirmations,
      memorySize: 1024,
      // A wish that has to wait goes through its own queue again; Lambda would stop it at the sixteenth time.
      recursiveLoop: RecursiveLoop.ALLOW,
      may: [
        rows(cloud, "get", "query", "put", "patch", "remove", "id"),
        ...readFiles(cloud, "editions"),
        readSecrets(secrets.address, secrets.links),
        sendConfirmations(cloud),
        askForQuota,
        addMessages(cloud, "confirmations"),
      ],
    });
    queues.confirmations.wakes(worker, atOnce);
    this.log = worker.logGroup;
  }
}

/** The reserve of the rate is five a second at most. */
const atOnce = 4;
