import { PutBucketNotificationConfigurationCommand, S3Client } from "@aws-sdk/client-s3";
import { ofType, type Template } from "../infra/synthesised.ts";
import { needed } from "./rented.ts";
import type { RentedStage } from "./stage.ts";

/**
 * Lays the stack's own rules between a rented bucket and its queues: what is written there is told of as EventBridge
 * would, and by no rule of the tests.
 */
export async function layRules(template: Template, { settings }: RentedStage): Promise<() => Promise<void>> {
  const Bucket = settings.KURIER_PRIVATE_BUCKET ?? "";
  const NotificationConfiguration = { EventBridgeConfiguration: {} };
  await new S3Client({}).send(new PutBucketNotificationConfigurationCommand({ Bucket, NotificationConfiguration }));
  const rules = ofType(template, "AWS::Events::Rule").filter(([, { Properties }]) => Properties.EventPattern);
  const laid: { Name: string; Id: string }[] = [];
  for (const [id, { Properties }] of rules) {
    const { EventPattern, Targets } = Properties;
    const [{ Id, Arn }] = Targets;
    const [, queue = ""] = /^(?:Queues|Receive)(\w+)Queue/.exec(Arn["Fn::GetAtt"][0]) ?? [];
    const detail = { ...EventPattern.detail, bucket: { name: [Bucket] } };
    const Name = `${Bucket}-${id}`;
    await askEvents("PutRule", { Name, EventPattern: JSON.stringify({ ...EventPattern, detail }) });
    const target = { Id, Arn: arnOf(settings[`KURIER_QUEUE_${queue.toUpperCase()}`] ?? "") };
    await askEvents("PutTargets", { Rule: Name, Targets: [target] });
    laid.push({ Name, Id });
  }
  return async () => {
    for (const { Name, Id } of laid) {
      await askEvents("RemoveTargets", { Rule: Name, Ids: [Id] });
      await askEvents("DeleteRule", { Name });
    }
  };
}

/** `http://…/<account>/<name>` */
function arnOf(queueUrl: string): string {
  const [, account, name] = new URL(queueUrl).pathname.split("/");
  return `arn:aws:sqs:eu-central-1:${account}:${name}`;
}

/** No client of EventBridge is among our libraries, and moto asks for no signature. */
async function askEvents(action: string, input: object): Promise<void> {
  const headers = {
    "content-type": "application/x-amz-json-1.1",
    "x-amz-target": `AWSEvents.${action}`,
    authorization: "AWS4-HMAC-SHA256 Credential=contract/20260302/eu-central-1/events/aws4_request",
  };
  const url = needed("MOTO", "the address of a moto server");
  const answer = await fetch(url, { method: "POST", headers, body: JSON.stringify(input) });
  if (!answer.ok) throw new Error(`${action}: ${await answer.text()}`);
}
