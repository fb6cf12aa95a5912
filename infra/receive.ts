import { Duration } from "aws-cdk-lib";
import { Construct } from "constructs";
import type { Cloud } from "./cloud.ts";
import { noticeFiles } from "./parts/file-notice.ts";
import { HouseFunction } from "./parts/house-function.ts";
import { MailRules } from "./parts/mail-rules.ts";
import { addMessages, readFiles, readSecrets, removeFiles, rows, writeFiles } from "./parts/rights.ts";
import { WorkQueue } from "./parts/work-queue.ts";
import type { Receives } from "./stages.ts";

/** Mail to the address for submissions waits in the mailbag and becomes an author's submission, or nothing. */
export class Receive extends Construct {
  constructor(scope: Construct, cloud: Cloud, receives: Receives) {
    super(scope, "Receive");
    const impact = "What authors hand in by mail does not arrive, and nobody tells them.";
    const workTakes = Duration.minutes(2);
    const { alarms, secrets } = cloud;
    // After three days the mail itself is gone.
    const mailbag = new WorkQueue(this, "Mailbag", { impact, alarms, workTakes, keep: Duration.days(3) });
    const worker = new HouseFunction(this, "receive", {
      impact,
      cloud,
      timeout: workTakes,
      // A mail of 40 MB takes 350; one that is nothing but text, before it is refused, four times as much.
      memorySize: 2048,
      may: [
        rows(cloud, "get", "put", "patch", "remove"),
        ...readFiles(cloud, "mail"),
        removeFiles(cloud, "mail", "submissions"),
        writeFiles(cloud, "submissions"),
        readSecrets(secrets.address),
        addMessages(cloud, "confirmations"),
      ],
    });
    mailbag.wakes(worker, atOnce);
    noticeFiles(this, "Came", cloud, { description: "A mail came in", folder: "mail", queue: mailbag });
    new MailRules(this, "Rules", cloud, receives);
  }
}

/** Mails are rare, and may wait. */
const atOnce = 2;
