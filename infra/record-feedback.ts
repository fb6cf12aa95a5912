import { Construct } from "constructs";
import type { Cloud } from "./cloud.ts";
import { FeedbackAlarms } from "./parts/feedback-alarms.ts";
import { FeedbackFiles } from "./parts/feedback-files.ts";
import { noticeFiles } from "./parts/file-notice.ts";
import { HouseFunction } from "./parts/house-function.ts";
import { addMessages, readFiles, removeFiles, rows, writeFiles } from "./parts/rights.ts";
import { TroubleTopic } from "./parts/trouble-topic.ts";
import { workTakes } from "./queues.ts";

/** What SES tells becomes outcomes and suppressions. It comes over two ways; either may be late, doubled or dead. */
export class RecordFeedback extends Construct {
  constructor(scope: Construct, cloud: Cloud) {
    super(scope, "RecordFeedback");
    const { feedback } = cloud.queues;
    const worker = new HouseFunction(this, "record-feedback", {
      impact: "Bounces and complaints are not recorded, and doubtful letters stay doubtful.",
      cloud,
      timeout: workTakes.feedback,
      memorySize: 512,
      may: [
        rows(cloud, "get", "put", "patch", "remove"),
        ...readFiles(cloud, "feedback"),
        removeFiles(cloud, "feedback"),
        writeFiles(cloud, "journal"),
        addMessages(cloud, "feedback"),
      ],
    });
    feedback.wakes(worker, atOnce);
    new TroubleTopic(this, "Trouble", cloud);
    const { streamName } = new FeedbackFiles(this, "Everything", cloud);
    new FeedbackAlarms(this, "Heard", cloud, streamName);
    noticeFiles(this, "Told", cloud, {
      description: "SES told what became of letters",
      folder: "feedback",
      queue: feedback,
    });
  }
}

/** Events hurry less than letters, and share the table with them. */
const atOnce = 4;
