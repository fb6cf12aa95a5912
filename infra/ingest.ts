import { RecursiveLoop } from "aws-cdk-lib/aws-lambda";
import { Construct } from "constructs";
import type { Cloud } from "./cloud.ts";
import { noticeFiles } from "./parts/file-notice.ts";
import { HouseFunction } from "./parts/house-function.ts";
import { addMessages, publishFiles, readFiles, rows, writeFiles } from "./parts/rights.ts";
import { workTakes } from "./queues.ts";

/** A file arrives below `submissions/` and becomes an article, or a refusal its author can read; one below `logos/` a logo. */
export class Ingest extends Construct {
  constructor(scope: Construct, cloud: Cloud) {
    super(scope, "Ingest");
    const { arrivals } = cloud.queues;
    const worker = new HouseFunction(this, "ingest", {
      impact: "What authors hand in does not become articles.",
      cloud,
      timeout: workTakes.arrivals,
      // One picture of up to sixty megapixels at a time, of which a camera's ten-bit HEIC is the heaviest; memory is also processor.
      memorySize: 2048,
      // Forty large photos are made in as many runs as they need, each woken by the one before.
      recursiveLoop: RecursiveLoop.ALLOW,
      may: [
        rows(cloud, "get", "query", "put", "patch", "remove", "check"),
        // Originals and articles, when a picture is cut anew.
        ...readFiles(cloud, "submissions", "readings", "logos", "originals", "articles"),
        // Of what becomes of a Word file it writes only that it has asked for it.
        // Withheld: pictures of an article that was withdrawn, made anew.
        writeFiles(cloud, "articles", "originals", "readings", "withheld"),
        publishFiles(cloud),
        // Its own queue, too: what one run cannot finish the next goes on with.
        addMessages(cloud, "arrivals", "manuscripts", "confirmations"),
      ],
    });
    arrivals.wakes(worker, atOnce);
    noticeFiles(this, "Arrived", cloud, {
      description: "A file was handed in",
      folder: "submissions",
      queue: arrivals,
    });
    noticeFiles(this, "Read", cloud, {
      description: "A Word file was read",
      folder: "readings",
      queue: arrivals,
    });
    noticeFiles(this, "Logo", cloud, {
      description: "A logo was brought to the desk",
      folder: "logos",
      queue: arrivals,
    });
  }
}

/** A folder of pictures arrives all at once; each file is one hint, and hints may wait. */
const atOnce = 8;
