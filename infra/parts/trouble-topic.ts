import { Duration, RemovalPolicy, Stack } from "aws-cdk-lib";
import { PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Key } from "aws-cdk-lib/aws-kms";
import { EmailSendingEvent, EventDestination } from "aws-cdk-lib/aws-ses";
import { Topic } from "aws-cdk-lib/aws-sns";
import { SqsSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import { Construct } from "constructs";
import type { Cloud } from "../cloud.ts";
import { acknowledge } from "./acknowledge.ts";

/** What is rare and urgent. */
export const trouble = [
  EmailSendingEvent.BOUNCE,
  EmailSendingEvent.COMPLAINT,
  EmailSendingEvent.REJECT,
  EmailSendingEvent.DELIVERY_DELAY,
];

/** The short way: trouble with a letter is on the queue within seconds, each event a message of its own. */
export class TroubleTopic extends Construct {
  constructor(scope: Construct, id: string, { sender, queues }: Cloud) {
    super(scope, id);
    const topic = new Topic(this, "Topic", { masterKey: topicKey(this), enforceSSL: true });
    const destination = EventDestination.snsTopic(topic);
    for (const stream of [sender.editions, sender.confirmations])
      stream.addEventDestination("Trouble", { destination, events: trouble });
    topic.addSubscription(new SqsSubscription(queues.feedback.queue, { rawMessageDelivery: true }));
  }
}

/** An event names an address. AWS's own key for topics cannot be lent to SES. */
function topicKey(scope: Construct): Key {
  const key = new Key(scope, "Key", {
    description: "What SES tells of letters, on its way to the queue",
    pendingWindow: Duration.days(7),
    // Nothing lies under it longer than a message is on its way.
    removalPolicy: RemovalPolicy.DESTROY,
  });
  key.addToResourcePolicy(
    new PolicyStatement({
      principals: [new ServicePrincipal("ses.amazonaws.com")],
      actions: ["kms:GenerateDataKey*", "kms:Decrypt"],
      resources: ["*"],
      conditions: { StringEquals: { "aws:SourceAccount": Stack.of(scope).account } },
    }),
  );
  acknowledge(key, {
    "AwsSolutions-KMS5": "Nothing is kept under it: a rotation would only leave old keys to pay for.",
  });
  return key;
}
