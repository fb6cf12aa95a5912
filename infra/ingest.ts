import { Construct } from "constructs";
import type { Cloud } from "./cloud.ts";
import { noticeFiles } from "./parts/file-notice.ts";
import { HouseFunction } from "./parts/house-function.ts";
import { addMessages, publishFiles, readFiles, rows, writeFiles } from "./parts/rights.ts";
import { workTakes } from "./queues.ts";

/** A file arrives below `submissions/` and becomes an article, or a refusal its author can read. */
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
      may: [
        rows(cloud, "get", "put", "remove"),
        // Originals and articles, when a picture is cut anew.
        ...readFiles(cloud, "submissions", "readings", "originals", "articles"),
        // Of what becomes of a Word file it writes only that it has asked for it.
        writeFiles(cloud, "articles", "originals", "readings"),
        publishFiles(cloud),
        addMessages(cloud, "manuscripts", "confirmations"),
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
  }
}

/** A folder of pictures arrives all at once; each file is one hint, and hints may wait. */
const atOnce = 8;
