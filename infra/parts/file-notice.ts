import { Rule } from "aws-cdk-lib/aws-events";
import { SqsQueue } from "aws-cdk-lib/aws-events-targets";
import type { Construct } from "constructs";
import type { Cloud } from "../cloud.ts";
import type { WorkQueue } from "./work-queue.ts";

export interface FileNotice {
  readonly description: string;
  /** Of the private bucket, as `functions/cloud/cloud.ts` promises. */
  readonly folder: string;
  readonly queue: WorkQueue;
}

/** Every file below a folder puts a notice on a queue, as S3 writes it: `{ detail: { object: { key } } }`. */
export function noticeFiles(scope: Construct, id: string, { storage }: Cloud, notice: FileNotice): void {
  const { description, folder, queue } = notice;
  new Rule(scope, id, {
    description,
    eventPattern: {
      source: ["aws.s3"],
      detailType: ["Object Created"],
      detail: { bucket: { name: [storage.desk.bucketName] }, object: { key: [{ prefix: `${folder}/` }] } },
    },
    targets: [new SqsQueue(queue.queue)],
  });
}
