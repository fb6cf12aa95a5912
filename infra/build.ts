import { Construct } from "constructs";
import type { Cloud } from "./cloud.ts";
import { HouseFunction } from "./parts/house-function.ts";
import { listPublished, publishPictures, readFiles, removeFiles, rows, writeFiles } from "./parts/rights.ts";
import { workTakes } from "./queues.ts";

/** An editor asks for an issue and gets its editions. */
export class Build extends Construct {
  constructor(scope: Construct, cloud: Cloud) {
    super(scope, "Build");
    const worker = new HouseFunction(this, "build", {
      impact: "Editors cannot build an issue.",
      cloud,
      timeout: workTakes.builds,
      memorySize: 2048,
      may: [
        rows(cloud, "get", "put"),
        ...readFiles(cloud, "articles", "withheld"),
        writeFiles(cloud, "editions", "withheld"),
        // Pictures that went with another article come back for this one.
        publishPictures(cloud),
        listPublished(cloud),
        removeFiles(cloud, "withheld"),
      ],
    });
    cloud.queues.builds.wakes(worker, atOnce);
  }
}

const atOnce = 4;
