import { readFileSync } from "node:fs";
import { App, Stack, Validations } from "aws-cdk-lib";
import { Queue } from "aws-cdk-lib/aws-sqs";
import { AwsSolutionsChecks } from "cdk-nag";
import { beforeAll, describe, expect, it } from "vitest";
import { queueNames } from "../../functions/cloud/cloud.ts";
import { settingNames } from "../../functions/cloud/settings.ts";
import { large, ofType, type Resource, small, synthesised, type Template } from "./synthesised.ts";

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

const functionNames = ["archive", "build", "deliver", "ingest", "plan", "site", "sweep"];
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
    "AWS::SES::EmailIdentity": ["SendervereinexampleorgBFBD3602", "SenderboteexampleorgEB5E6E87"],
  };

  it.each(Object.entries(frozen))("keeps its name in the stack: %s", (type, ids) => {
    expect(ofType(template, type).map(([id]) => id)).toEqual(ids);
  });

  it.each(Object.keys(frozen))("stays when the stack goes: %s", (type) => {
    for (const [, { DeletionPolicy, UpdateReplacePolicy }] of ofType(template, type)) {
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
      functionNames,
    );
    for (const { Runtime, Architectures, Handler } of functions)
      expect([Runtime, Architectures, Handler]).toEqual(["nodejs24.x", ["arm64"], "index.handler"]);
  });

  it.each(functionNames)("%s is told every setting the code reads, and nothing else", (name) => {
    expect(Object.keys(theFunction(name).Properties.Environment.Variables).sort()).toEqual([...settingNames].sort());
  });

  it("are found by the command line through the same settings, none of them a secret's value", () => {
    const value = template.Outputs.Settings?.Value as { "Fn::Join": [string, unknown[]] } | undefined;
    const [, parts] = value?.["Fn::Join"] ?? ["", []];
    const settings = JSON.parse(parts.map((part) => (typeof part === "string" ? part : "later")).join(""));
    expect(Object.keys(settings).sort()).toEqual([...settingNames].sort());
    expect(JSON.stringify(value)).not.toContain("{{resolve:");
  });

  it.each(functionNames)("%s rings when it fails, and says who is hurt", (name) => {
    const alarm = alarms().find(({ AlarmName }) => AlarmName === `kurier-gross-${name}-errors`);
    expect(alarm.AlarmDescription).toMatch(/^[A-Z].{20,}\.$/);
    expect(alarm.AlarmActions).toHaveLength(1);
    // A fault that parks one message is no error to Lambda: the alarm hears the log, too.
    const metrics = JSON.stringify(alarm.Metrics);
    expect(metrics).toContain('"MetricName":"Errors"');
    expect(metrics).toContain(`"MetricName":"kurier-gross-${name}-faults"`);
  });

  it("keep their logs for a month", () => {
    const groups = ofType(template, "AWS::Logs::LogGroup").map(([, { Properties }]) => Properties);
    expect(groups.map(({ LogGroupName }) => LogGroupName).sort()).toEqual(
      functionNames.map((name) => `/aws/lambda/kurier-gross-${name}`),
    );
    for (const { RetentionInDays } of groups) expect(RetentionInDays).toBe(30);
  });

  it("lets a round pass through its own queue more often than Lambda's loop guard would", () => {
    expect(theFunction("deliver").Properties.RecursiveLoop).toBe("Allow");
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
    expect(mappings).toHaveLength(3);
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
    expect(printed.match(/ CNAME /g)).toHaveLength(2 * 3 + 1 + 2);
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

  it("has a page in the runbook for every alarm, and no page for an alarm there is not", () => {
    const runbook = readFileSync(new URL("../../docs/runbook.md", import.meta.url), "utf8");
    const [pages = ""] = runbook.split(/^# Procedures$/m);
    const headings = [...pages.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);
    expect(headings.sort()).toEqual(
      alarms()
        .map(({ AlarmName }) => AlarmName.replace("kurier-gross-", ""))
        .sort(),
    );
  });
});
