import { SubnetType } from "aws-cdk-lib/aws-ec2";
import { Construct } from "constructs";
import type { Cloud } from "./cloud.ts";
import { ClosedNetwork } from "./parts/closed-network.ts";
import { HouseFunction } from "./parts/house-function.ts";
import { joinNetwork, readFiles, writeFiles } from "./parts/rights.ts";
import { workTakes } from "./queues.ts";

/** Opens Word files, which anybody may have made: in a network of its own that leads to their bucket and nowhere else. */
export class ReadWord extends Construct {
  constructor(scope: Construct, cloud: Cloud) {
    super(scope, "ReadWord");
    const { vpc, securityGroup } = new ClosedNetwork(this, "Network", cloud.storage.desk);
    const worker = new HouseFunction(this, "read-word", {
      impact: "Word files authors hand in are not read.",
      cloud,
      timeout: workTakes.manuscripts,
      // A file of a hundred megabytes, and one of its pictures at a time; what wants more is refused.
      memorySize: 1024,
      vpc,
      vpcSubnets: { subnetType: SubnetType.PRIVATE_ISOLATED },
      securityGroups: [securityGroup],
      may: [...readFiles(cloud, "submissions", "readings"), writeFiles(cloud, "readings"), joinNetwork],
    });
    cloud.queues.manuscripts.wakes(worker, atOnce);
  }
}

const atOnce = 4;
