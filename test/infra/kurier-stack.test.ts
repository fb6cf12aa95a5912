import { readFileSync } from "node:fs";
import { App, Stack, Validations } from "aws-cdk-lib";
import { Queue } from "aws-cdk-lib/aws-sqs";
import { AwsSolutionsChecks } from "cdk-nag";
import { beforeAll, describe, expect, it } from "vitest";
import { words } from "../../core/words.ts";
import { queueNames } from "../../functions/cloud/cloud.ts";
import { settingNames } from "../../functions/cloud/settings.ts";
import { deskUrlSetting } from "../../local/desk-url.ts";
import { withoutMail } from "./function-names.ts";
import { large, ofType, type Resource, receiving, small, synthesised, type Template } from "./synthesised.ts";

let template: Template;
let smallTemplate: Template;
let edge: Template;
let restoredTemplate: Template;
const restored = { ...small, name: "wieder", restoredTable: "kurier-wieder-restored" };
beforeAll(() => {
  const stack = synthesised([small, large, restored]);
  template = stack("kurier-gross");
  smallTemplate = stack("kurier-klein");
  edge = stack("kurier-gross-edge");
  restoredTemplate = stack("kurier-wieder");
});

const theFunction = (name: string): Resource => {
  const found = ofType(template, "AWS::Lambda::Function").find(
    ([, { Properties }]) => Properties.FunctionName === `kurier-gross-${name}`,
  );
  if (!found) throw new Error(`no function ${name}`);
  return found[1];
};
const alarms = () => ofType(template, "AWS::CloudWatch::Alarm").map(([, alarm]) => alarm.Properties);

describe("what must not be lost", () => {
  /** Never change a line: a new logical id is a new, empty thing beside the old one. */
  const frozen = {
    "AWS::DynamoDB::GlobalTable": ["StorageTableB43FDCE7"],
    "AWS::S3::Bucket": ["StorageDesk48B3B6BC", "StorageSiteDBA682E2"],
    "AWS::SecretsManager::Secret": ["SecretsAddress78386479", "SecretsLinks1BE2474E", "SecretsOrigin297BAAC6"],
    "AWS::Cognito::UserPool": ["DirectoryPoolA7B8CEE8"],
    "AWS::SES::EmailIdentity": ["SendervereinexampleorgBFBD3602", "SenderboteexampleorgEB5E6E87"],
  };

  /** How people sign in is written anew by every deployment, and nothing but a deployment knows it. */
  const kept = (type: string) => ofType(template, type).filter(([id]) => !id.startsWith("SignInSecret"));

  it.each(Object.entries(frozen))("keeps its name in the stack: %s", (type, ids) => {
    expect(kept(type).map(([id]) => id)).toEqual(ids);
  });

  it.each(Object.keys(frozen))("stays when the stack goes: %s", (type) => {
    for (const [, { DeletionPolicy, UpdateReplacePolicy }] of kept(type)) {
      expect(DeletionPolicy).toMatch(/^Retain/);
      expect(UpdateReplacePolicy).toBe("Retain");
    }
  });

  it("can be brought back: every version for 35 days, the table to any second of them", () => {
    for (const [, { Properties }] of ofType(template, "AWS::S3::Bucket")) {
      expect(Properties.VersioningConfiguration.Status).toBe("Enabled");
      expect(Properties.LifecycleConfiguration.Rules[0].NoncurrentVersionExpiration.NoncurrentDays).toBe(35);
    }
    const table = ofType(template, "AWS::DynamoDB::GlobalTable")[0]?.[1].Properties;
    expect(table.Replicas[0].PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled).toBe(true);
    expect(table.Replicas[0].DeletionProtectionEnabled).toBe(true);
  });

  it("may be a table brought back: everyone works on it, and the old one stays", () => {
    const functions = ofType(restoredTemplate, "AWS::Lambda::Function").map(([, { Properties }]) => Properties);
    for (const { Environment } of functions) expect(Environment.Variables.KURIER_TABLE).toBe("kurier-wieder-restored");
    expect(ofType(restoredTemplate, "AWS::DynamoDB::GlobalTable").map(([id]) => id)).toEqual(["StorageTableB43FDCE7"]);
  });
});

describe("the table", () => {
  it("forgets by `ttl` and shows trouble by an index of its own", () => {
    const table = ofType(template, "AWS::DynamoDB::GlobalTable")[0]?.[1].Properties;
    expect(table.TimeToLiveSpecification).toEqual({ AttributeName: "ttl", Enabled: true });
    expect(table.GlobalSecondaryIndexes).toMatchObject([
      {
        IndexName: "byTrouble",
        KeySchema: [
          { AttributeName: "trouble", KeyType: "HASH" },
          { AttributeName: "sk", KeyType: "RANGE" },
        ],
      },
    ]);
  });
});

describe("the buckets", () => {
  it("are private, both of them, and speak TLS only", () => {
    for (const [, { Properties }] of ofType(template, "AWS::S3::Bucket")) {
      expect(Object.values(Properties.PublicAccessBlockConfiguration)).toEqual([true, true, true, true]);
    }
    for (const [, { Properties }] of ofType(template, "AWS::S3::BucketPolicy")) {
      expect(Properties.PolicyDocument.Statement[0]).toMatchObject({
        Effect: "Deny",
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      });
    }
  });

  it("tell of arrivals through EventBridge, the private one only", () => {
    const notices = ofType(template, "AWS::S3::Bucket").map(([id, { Properties }]) => [
      id.replace(/^Storage|[0-9A-F]{8}$/g, ""),
      Properties.NotificationConfiguration?.EventBridgeConfiguration?.EventBridgeEnabled ?? false,
    ]);
    expect(notices).toEqual([
      ["Desk", true],
      ["Site", false],
    ]);
  });
});

describe("the functions", () => {
  it("are the ones the house names, on Node 24 and arm64", () => {
    const functions = ofType(template, "AWS::Lambda::Function").map(([, { Properties }]) => Properties);
    expect(functions.map(({ FunctionName }) => FunctionName.replace("kurier-gross-", "")).sort()).toEqual(
      withoutMail.toSorted(),
    );
    for (const { Runtime, Architectures, Handler } of functions)
      expect([Runtime, Architectures, Handler]).toEqual(["nodejs24.x", ["arm64"], "index.handler"]);
  });

  it.each(withoutMail)("%s is told every setting the code reads, and nothing else", (name) => {
    expect(Object.keys(theFunction(name).Properties.Environment.Variables).sort()).toEqual([...settingNames].sort());
  });

  it("are found by the command line through the same settings, none of them a secret's value", () => {
    const value = template.Outputs.Settings?.Value as { "Fn::Join": [string, unknown[]] } | undefined;
    const [, parts] = value?.["Fn::Join"] ?? ["", []];
    const settings = JSON.parse(parts.map((part) => (typeof part === "string" ? part : "later")).join(""));
    // Where the desk stands goes into invitations.
    expect(Object.keys(settings).sort()).toEqual([...settingNames, deskUrlSetting].sort());
    expect(settings[deskUrlSetting]).toBe("https://redaktion.example.org");
    expect(JSON.stringify(value)).not.toContain("{{resolve:");
  });

  it.each(withoutMail)("%s rings when it fails, and says who is hurt", (name) => {
    const alarm = alarms().find(({ AlarmName }) => AlarmName === `kurier-gross-${name}-errors`);
    expect(alarm.AlarmDescription).toMatch(/^[A-Z].{20,}\.$/);
    expect(alarm.AlarmActions).toHaveLength(1);
    // A fault that parks one message is no error to Lambda: the alarm hears the log, too.
    const metrics = JSON.stringify(alarm.Metrics);
    expect(metrics).toContain('"MetricName":"Errors"');
    expect(metrics).toContain(`"MetricName":"kurier-gross-${name}-faults"`);
  });

  it.each(withoutMail)("%s rings for whatever it logs as an error, so when an issue pauses itself, too", (name) => {
    // Lambda writes `console.error({ paused: … })` as `{ "level": "ERROR", "message": { "paused": … } }`, in JSON only.
    expect(theFunction(name).Properties.LoggingConfig).toMatchObject({ LogFormat: "JSON" });
    const filter = ofType(template, "AWS::Logs::MetricFilter")
      .map(([, { Properties }]) => Properties)
      .find(({ MetricTransformations }) => MetricTransformations[0].MetricName === `kurier-gross-${name}-faults`);
    expect(filter.FilterPattern).toBe('{ $.level = "ERROR" }');
    expect(filter.LogGroupName.Ref).toBe(theFunction(name).Properties.LoggingConfig.LogGroup.Ref);
  });

  it("keep their logs for a month", () => {
    const groups = ofType(template, "AWS::Logs::LogGroup").map(([, { Properties }]) => Properties);
    expect(groups.map(({ LogGroupName }) => LogGroupName).sort()).toEqual(
      withoutMail.toSorted().map((name) => `/aws/lambda/kurier-gross-${name}`),
    );
    for (const { RetentionInDays } of groups) expect(RetentionInDays).toBe(30);
  });

  it("lets a round pass through its own queue more often than Lambda's loop guard would", () => {
    expect(theFunction("deliver").Properties.RecursiveLoop).toBe("Allow");
  });

  it("lets a submission of forty large photos be read in as many runs as it needs", () => {
    expect(theFunction("ingest").Properties.RecursiveLoop).toBe("Allow");
  });
});

describe("the queues", () => {
  const queues = () => ofType(template, "AWS::SQS::Queue");

  it("are the ones the code names, each with a place for what is given up, and an alarm on it", () => {
    const work = queues().filter(([, { Properties }]) => Properties.RedrivePolicy);
    expect(work.map(([id]) => /^Queues(\w+)Queue/.exec(id)?.[1]?.toLowerCase()).sort()).toEqual([...queueNames].sort());
    const parked = queues().filter(([, { Properties }]) => !Properties.RedrivePolicy);
    const watched = alarms().filter(({ MetricName }) => MetricName === "ApproximateNumberOfMessagesVisible");
    expect(watched.map(({ Dimensions }) => Dimensions[0].Value["Fn::GetAtt"][0]).sort()).toEqual(
      parked.map(([id]) => id).sort(),
    );
  });

  it("hand a message out again no sooner than six times its worker's timeout, one at a time, faults apart", () => {
    const mappings = ofType(template, "AWS::Lambda::EventSourceMapping").map(([, { Properties }]) => Properties);
    expect(mappings).toHaveLength(queueNames.length);
    for (const { EventSourceArn, FunctionName, BatchSize, FunctionResponseTypes } of mappings) {
      const queue = template.Resources[EventSourceArn["Fn::GetAtt"][0]]?.Properties;
      const worker = template.Resources[FunctionName.Ref]?.Properties;
      expect(queue.VisibilityTimeout).toBeGreaterThanOrEqual(6 * worker.Timeout);
      expect([BatchSize, FunctionResponseTypes]).toEqual([1, ["ReportBatchItemFailures"]]);
    }
  });

  it("deliver sixteen rounds side by side, two minutes each", () => {
    const mapping = ofType(template, "AWS::Lambda::EventSourceMapping")
      .map(([, { Properties }]) => Properties)
      .find(({ FunctionName }) => FunctionName.Ref.startsWith("Deliver"));
    expect(mapping.ScalingConfig).toEqual({ MaximumConcurrency: 16 });
    expect(theFunction("deliver").Properties.Timeout).toBe(120);
  });

  it("keep the carrier's notices, which name addresses, for three days", () => {
    const feedback = queues().find(([id]) => id.startsWith("QueuesFeedbackQueue"))?.[1].Properties;
    expect(feedback.MessageRetentionPeriod).toBe(3 * 24 * 3600);
  });
});

describe("letters", () => {
  it("come from domains with DKIM and a MAIL FROM of their own", () => {
    const identities = ofType(template, "AWS::SES::EmailIdentity").map(([, { Properties }]) => Properties);
    expect(identities.map(({ EmailIdentity, MailFromAttributes }) => [EmailIdentity, MailFromAttributes])).toEqual(
      large.senders.map(({ domain, mailFrom }) => [
        domain,
        { MailFromDomain: mailFrom, BehaviorOnMxFailure: "REJECT_MESSAGE" },
      ]),
    );
    expect(identities[0].DkimSigningAttributes).toEqual({ NextSigningKeyLength: "RSA_2048_BIT" });
  });

  it("print the records the domain's owner sets", () => {
    const printed = JSON.stringify(Object.values(template.Outputs).map(({ Value }) => Value));
    expect(printed).toContain("post.verein.example.org MX 10 feedback-smtp.eu-central-1.amazonses.com");
    expect(printed).toContain("_dmarc.bote.example.org TXT");
    expect(printed.match(/ CNAME /g)).toHaveLength(2 * 3 + 1 + 2 + 1);
  });

  it("leave by two streams, over TLS or not at all, and nobody is tracked", () => {
    const sets = ofType(template, "AWS::SES::ConfigurationSet").map(([, { Properties }]) => Properties);
    expect(sets.map(({ Name }) => Name)).toEqual(["kurier-gross-editions", "kurier-gross-confirmations"]);
    for (const set of sets) {
      expect(set.DeliveryOptions.TlsPolicy).toBe("REQUIRE");
      expect(set.ReputationOptions.ReputationMetricsEnabled).toBe(true);
      expect(set.TrackingOptions).toBeUndefined();
    }
  });
});

describe("what SES tells of letters", () => {
  const only = (type: string): Resource["Properties"] => {
    const found = ofType(template, type);
    expect(found.map(([id]) => id)).toHaveLength(1);
    return found[0]?.[1].Properties;
  };
  const destinations = (stream: string, kind: string) =>
    ofType(template, "AWS::SES::ConfigurationSetEventDestination")
      .map(([, { Properties }]) => Properties)
      .filter(({ ConfigurationSetName, EventDestination }) => {
        return ConfigurationSetName.Ref.startsWith(`Sender${stream}`) && EventDestination[kind];
      });
  const trouble = ["bounce", "complaint", "reject", "deliveryDelay"];
  const idOf = (type: string, start: string): string | undefined =>
    ofType(template, type).find(([id]) => id.startsWith(start))?.[0];

  it.each(["Editions", "Confirmations"])(
    "comes by two ways, for %s: trouble at once, everything in files",
    (stream) => {
      const [atOnce, ...noneElse] = destinations(stream, "SnsDestination");
      const [inFiles, ...nobodyElse] = destinations(stream, "KinesisFirehoseDestination");
      expect([...noneElse, ...nobodyElse]).toEqual([]);
      expect(atOnce.EventDestination).toMatchObject({ Enabled: true, MatchingEventTypes: trouble });
      expect(inFiles.EventDestination).toMatchObject({
        Enabled: true,
        MatchingEventTypes: ["send", "delivery", ...trouble],
      });
    },
  );

  it("reach whoever asks again after a bounce: only editions know SES's own suppression list", () => {
    const sets = ofType(template, "AWS::SES::ConfigurationSet").map(([, { Properties }]) => [
      String(Properties.Name).split("-").at(-1),
      Properties.SuppressionOptions?.SuppressedReasons ?? [],
    ]);
    expect(Object.fromEntries(sets)).toEqual({ editions: ["BOUNCE", "COMPLAINT"], confirmations: [] });
  });

  it("tells of no opened letter and no click", () => {
    const told = ofType(template, "AWS::SES::ConfigurationSetEventDestination").flatMap(
      ([, { Properties }]) => Properties.EventDestination.MatchingEventTypes,
    );
    expect([...new Set(told)].sort()).toEqual(["send", "delivery", ...trouble].sort());
  });

  it("is on the queue as SES wrote it, without an envelope", () => {
    const subscription = ofType(template, "AWS::SNS::Subscription").find(
      ([, { Properties }]) => Properties.Protocol === "sqs",
    )?.[1].Properties;
    expect(subscription.RawMessageDelivery).toBe(true);
    expect(subscription.Endpoint["Fn::GetAtt"][0]).toMatch(/^QueuesFeedbackQueue/);
    expect(subscription.TopicArn.Ref).toMatch(/^RecordFeedbackTroubleTopic/);
  });

  it("is encrypted on its way, under a key and by a topic that SES may use for our own letters alone", () => {
    const topic = ofType(template, "AWS::SNS::Topic").find(([id]) => id.startsWith("RecordFeedback"))?.[1].Properties;
    expect(topic.KmsMasterKeyId["Fn::GetAtt"][0]).toBe(idOf("AWS::KMS::Key", "RecordFeedback"));
    const [, bySes] = only("AWS::KMS::Key").KeyPolicy.Statement;
    expect(bySes).toMatchObject({
      Action: ["kms:GenerateDataKey*", "kms:Decrypt"],
      Principal: { Service: "ses.amazonaws.com" },
      Condition: { StringEquals: { "aws:SourceAccount": { Ref: "AWS::AccountId" } } },
    });
    const policy = ofType(template, "AWS::SNS::TopicPolicy").find(([id]) => id.startsWith("RecordFeedback"));
    const [overTls, ...publishers] = policy?.[1].Properties.PolicyDocument.Statement ?? [];
    expect(overTls).toMatchObject({ Effect: "Deny", Condition: { Bool: { "aws:SecureTransport": "false" } } });
    expect(publishers.map(({ Principal }: { Principal: object }) => Principal)).toEqual(
      Array(2).fill({ Service: "ses.amazonaws.com" }),
    );
    for (const { Condition } of publishers)
      expect(JSON.stringify(Condition)).toMatch(
        /"AWS:SourceArn":.*configuration-set\/.*Sender(Editions|Confirmations)/,
      );
  });

  it("is let onto the queue from its own topic and its own rule, and from nobody else", () => {
    const [, { Properties }] = ofType(template, "AWS::SQS::QueuePolicy").find(([id]) =>
      id.startsWith("QueuesFeedbackQueue"),
    ) ?? ["", { Properties: { PolicyDocument: { Statement: [] } } }];
    const sources = Properties.PolicyDocument.Statement.filter(({ Effect }: { Effect: string }) => Effect === "Allow")
      .map(({ Condition }: { Condition: { ArnEquals: Record<string, object> } }) => Condition.ArnEquals)
      .map((equals: Record<string, object>) => JSON.stringify(equals["aws:SourceArn"]));
    expect(sources).toEqual([
      expect.stringContaining("RecordFeedbackTroubleTopic"),
      expect.stringContaining("RecordFeedbackTold"),
    ]);
  });

  it("is written every minute below feedback/, one event a line, readable as it is", () => {
    const { ExtendedS3DestinationConfiguration: files, ...stream } = only("AWS::KinesisFirehose::DeliveryStream");
    expect(stream.DeliveryStreamEncryptionConfigurationInput.KeyType).toBe("AWS_OWNED_CMK");
    expect(files).toMatchObject({
      Prefix: "feedback/",
      CompressionFormat: "UNCOMPRESSED",
      BufferingHints: { IntervalInSeconds: 60 },
    });
    // SES ends each event with a newline of its own.
    expect(files.ProcessingConfiguration).toBeUndefined();
    expect(files.BucketARN["Fn::GetAtt"][0]).toMatch(/^StorageDesk/);
  });

  it("lies there for three days at most, should nobody have read it", () => {
    const desk = ofType(template, "AWS::S3::Bucket").find(([id]) => id.startsWith("StorageDesk"))?.[1].Properties;
    expect(desk.LifecycleConfiguration.Rules).toContainEqual(
      expect.objectContaining({ Prefix: "feedback/", ExpirationInDays: 3 }),
    );
  });

  it("rings when letters leave and nothing is heard, and when what is heard cannot be written", () => {
    const alarm = (name: string) => alarms().find(({ AlarmName }) => AlarmName === `kurier-gross-${name}`);
    const silent = JSON.stringify(alarm("feedback-silent").Metrics);
    expect(silent).toContain('"Expression":"IF(FILL(sent, 0) >= 10 AND FILL(heard, 0) == 0, 1, 0)"');
    expect(silent).toContain('"MetricName":"Send"');
    expect(silent).toContain('"MetricName":"IncomingRecords"');
    const counted = destinations("Editions", "CloudWatchDestination")[0].EventDestination;
    expect(counted.MatchingEventTypes).toEqual(["send"]);
    const [{ DimensionName }] = counted.CloudWatchDestination.DimensionConfigurations;
    expect(silent).toContain(`"Name":"${DimensionName}"`);
    expect(alarm("feedback-late").MetricName).toBe("DeliveryToS3.DataFreshness");
  });
});

describe("the whole", () => {
  /** A service is called so in every partition. */
  const servicePrincipal = /"(?:Service|Principal|iam:PassedToService)":"[a-z0-9.-]+\.amazonaws\.com"/g;

  it("names no partition and no host of AWS by heart", () => {
    for (const part of [template, smallTemplate, edge]) {
      const text = JSON.stringify(part);
      expect(text.includes("arn:aws")).toBe(false);
      expect(text.replace(servicePrincipal, "").includes("amazonaws.com")).toBe(false);
    }
  });

  it("would be told by cdk-nag of anything nobody argued for", () => {
    const app = new App({ context: { "aws:cdk:bundling-stacks": [] } });
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
    new Queue(new Stack(app, "Planted"), "Bare");
    expect(() => app.synth()).toThrow(/AwsSolutions-SQS4/);
  });

  it("has a line in the runbook for every reason an issue pauses itself for", () => {
    const runbook = readFileSync(new URL("../../docs/runbook.md", import.meta.url), "utf8");
    const [, page = ""] = runbook.split("## An issue paused itself");
    const reasons = [...page.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, reason]) => reason);
    expect(reasons.sort()).toEqual(Object.keys(words("en").pause).sort());
  });

  it("has a page in the runbook for every alarm, and no page for an alarm there is not", () => {
    const runbook = readFileSync(new URL("../../docs/runbook.md", import.meta.url), "utf8");
    const [pages = ""] = runbook.split(/^# Procedures$/m);
    const headings = [...pages.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);
    const ringing = ofType(synthesised([receiving])("kurier-post"), "AWS::CloudWatch::Alarm");
    expect(headings.sort()).toEqual(
      ringing.map(([, { Properties }]) => Properties.AlarmName.replace("kurier-post-", "")).sort(),
    );
  });
});
