import { beforeAll, describe, expect, it } from "vitest";
import {
  articleFile,
  downloadFile,
  editionFolder,
  handoutFolder,
  importFolder,
  journalFile,
  ledgerFile,
  logoFolder,
  originalFile,
  readingFolder,
  submissionFolder,
  withheldFile,
} from "../../functions/records/paths.ts";
import { askedBy } from "./asks.ts";
import { withoutMail } from "./function-names.ts";
import { allowed as allowedBy, asRead, rightsOf as rightsIn, roleOf } from "./roles.ts";
import { large, ofType, regional, synthesised, type Template } from "./synthesised.ts";

let template: Template;
beforeAll(() => {
  template = synthesised([large])("kurier-gross");
});

const allowed = () => allowedBy(template);
const rightsOf = (role: string) => rightsIn(template, role);

describe("what each function may do", () => {
  it("is never a whole family of actions", () => {
    expect(allowed().filter(([, { Action }]) => [Action].flat().some((action) => action.includes("*")))).toEqual([]);
  });

  it("comes from no policy AWS manages", () => {
    for (const [, { Properties }] of ofType(template, "AWS::IAM::Role")) {
      expect(Properties.ManagedPolicyArns).toBeUndefined();
    }
  });

  it("ends in an asterisk only where names are made while we run, or AWS knows no resource", () => {
    const wild = allowed().flatMap(([, { Action, Resource }]) =>
      [Resource]
        .flat()
        .map(asRead)
        .filter((resource) => resource.includes("*"))
        .flatMap((resource) => [Action].flat().map((action) => `${action} ${resource}`)),
    );
    expect([...new Set(wild)].sort()).toEqual([
      "ec2:AssignPrivateIpAddresses *",
      "ec2:CreateNetworkInterface *",
      "ec2:DeleteNetworkInterface *",
      "ec2:DescribeNetworkInterfaces *",
      "ec2:DescribeSubnets *",
      "ec2:UnassignPrivateIpAddresses *",
      "s3:AbortMultipartUpload <StorageDesk>/feedback/*",
      "s3:DeleteObject <StorageDesk>/feedback/*",
      "s3:DeleteObject <StorageDesk>/handouts/*",
      "s3:DeleteObject <StorageDesk>/imports/*",
      "s3:DeleteObject <StorageDesk>/logos/*",
      "s3:DeleteObject <StorageDesk>/readings/*",
      "s3:DeleteObject <StorageDesk>/submissions/*",
      "s3:DeleteObject <StorageDesk>/withheld/*",
      "s3:DeleteObject <StorageSite>/*.epub",
      "s3:DeleteObject <StorageSite>/*.pdf",
      "s3:DeleteObject <StorageSite>/*/bilder/*",
      "s3:GetObject <StorageDesk>/articles/*",
      "s3:GetObject <StorageDesk>/downloads/*",
      "s3:GetObject <StorageDesk>/editions/*",
      "s3:GetObject <StorageDesk>/feedback/*",
      "s3:GetObject <StorageDesk>/handouts/*",
      "s3:GetObject <StorageDesk>/imports/*",
      // Once, to list the suppressions from before there was a list of them.
      "s3:GetObject <StorageDesk>/journal/*",
      "s3:GetObject <StorageDesk>/ledger/*",
      "s3:GetObject <StorageDesk>/logos/*",
      "s3:GetObject <StorageDesk>/originals/*",
      "s3:GetObject <StorageDesk>/readings/*",
      "s3:GetObject <StorageDesk>/submissions/*",
      "s3:GetObject <StorageDesk>/withheld/*",
      "s3:GetObject <StorageSite>/*/bilder/*",
      "s3:PutObject <StorageDesk>/articles/*",
      "s3:PutObject <StorageDesk>/downloads/*",
      "s3:PutObject <StorageDesk>/editions/*",
      "s3:PutObject <StorageDesk>/feedback/*",
      "s3:PutObject <StorageDesk>/handouts/*",
      "s3:PutObject <StorageDesk>/imports/*",
      "s3:PutObject <StorageDesk>/journal/*",
      "s3:PutObject <StorageDesk>/ledger/*",
      "s3:PutObject <StorageDesk>/logos/*",
      "s3:PutObject <StorageDesk>/originals/*",
      "s3:PutObject <StorageDesk>/readings/*",
      "s3:PutObject <StorageDesk>/submissions/*",
      "s3:PutObject <StorageDesk>/withheld/*",
      "s3:PutObject <StorageSite>/*",
      "s3:PutObject <StorageSite>/*/bilder/*",
      "scheduler:CreateSchedule arn:<AWS::Partition>:scheduler:eu-central-1:<AWS::AccountId>:schedule/kurier-gross/*",
      "scheduler:DeleteSchedule arn:<AWS::Partition>:scheduler:eu-central-1:<AWS::AccountId>:schedule/kurier-gross/*",
      "scheduler:UpdateSchedule arn:<AWS::Partition>:scheduler:eu-central-1:<AWS::AccountId>:schedule/kurier-gross/*",
      "ses:GetSendQuota *",
    ]);
  });

  it("speaks of the folders by the names the records give them", () => {
    const folders = [
      submissionFolder("slk", "wald"),
      readingFolder("slk", "wald", "digest"),
      articleFile("slk", "wald", 1, "digest"),
      originalFile("slk", "sha256"),
      downloadFile("slk", "sha256"),
      handoutFolder("slk", "1"),
      importFolder("slk", "id"),
      logoFolder("slk"),
      editionFolder("slk", "2026-01", "fingerprint", "de"),
      journalFile("2026-03-02T08:00:00.000Z", "id"),
      ledgerFile("slk", "2026-01", "a"),
      withheldFile("slk", "bilder/1.jpg"),
      // Named by Firehose.
      "feedback/",
    ].map((path) => path.split("/")[0]);
    const named = allowed().flatMap(([, { Resource }]) =>
      [Resource].flat().flatMap((resource) => /^<StorageDesk>\/([^/]+)\/\*$/.exec(asRead(resource))?.[1] ?? []),
    );
    expect(new Set(named)).toEqual(new Set(folders));
  });

  it("lets nobody but deliver and ask send letters, each by its own stream and only from the stage's own senders", () => {
    const senders = allowed().filter(([, { Action }]) => [Action].flat().includes("ses:SendRawEmail"));
    expect(senders.map(([id]) => id.replace(/Role.*/, ""))).toEqual(["Deliver", "Ask"]);
    for (const [role, stream] of [
      ["Deliver", "Editions"],
      ["Ask", "Confirmations"],
    ] as const)
      expect(rightsOf(role).filter((right) => right.startsWith("ses:SendRawEmail"))).toEqual([
        `ses:SendRawEmail arn:<AWS::Partition>:ses:eu-central-1:<AWS::AccountId>:configuration-set/<Sender${stream}>`,
        "ses:SendRawEmail arn:<AWS::Partition>:ses:eu-central-1:<AWS::AccountId>:identity/<Senderboteexampleorg>",
        "ses:SendRawEmail arn:<AWS::Partition>:ses:eu-central-1:<AWS::AccountId>:identity/<Sendervereinexampleorg>",
      ]);
  });

  it("lets nobody take away what is published or kept, but pictures and files to take along, and what was told, read, taken in, put in, or is an author's own", () => {
    const taken = allowed().filter(([, { Action }]) =>
      [Action].flat().some((action) => action.startsWith("s3:Delete")),
    );
    const byWhom = Map.groupBy(taken, ([id]) => id.replace(/Role.*/, ""));
    const what = [...byWhom].map(([who, all]) => [
      who,
      all.flatMap(([, { Resource }]) => [Resource].flat().map(asRead)),
    ]);
    expect(Object.fromEntries(what)).toEqual({
      Build: ["<StorageDesk>/withheld/*"],
      RecordFeedback: ["<StorageDesk>/feedback/*"],
      Forget: ["<StorageDesk>/readings/*", "<StorageDesk>/imports/*", "<StorageDesk>/handouts/*"],
      Desk: [
        ...["submissions", "imports", "withheld", "logos"].map((folder) => `<StorageDesk>/${folder}/*`),
        ...["/*/bilder/*", "/*.pdf", "/*.epub"].map((files) => `<StorageSite>${files}`),
      ],
    });
  });

  it("lets SES put into its own stream and Firehose write below feedback/, no more", () => {
    const stream = "<RecordFeedbackEverythingStream>";
    expect(rightsOf("RecordFeedbackEverythingCarrier")).toEqual([`firehose:PutRecordBatch ${stream}`]);
    expect(rightsOf("RecordFeedbackEverythingWriter")).toEqual([
      "s3:AbortMultipartUpload <StorageDesk>/feedback/*",
      "s3:GetBucketLocation <StorageDesk>",
      "s3:GetObject <StorageDesk>/feedback/*",
      "s3:ListBucket <StorageDesk>",
      "s3:ListBucketMultipartUploads <StorageDesk>",
      "s3:PutObject <StorageDesk>/feedback/*",
    ]);
  });

  it("lets both be used in nobody's name but this stage's", () => {
    const trust = (role: string) =>
      ofType(template, "AWS::IAM::Role").find(([id]) => id.startsWith(`RecordFeedbackEverything${role}`))?.[1]
        .Properties.AssumeRolePolicyDocument.Statement[0];
    const { Principal, Condition } = trust("Carrier");
    expect(Principal).toEqual({ Service: "ses.amazonaws.com" });
    expect(Condition.StringEquals["aws:SourceArn"].map(asRead)).toEqual(
      ["<SenderEditions>", "<SenderConfirmations>"].map((set) => expect.stringMatching(`configuration-set/${set}$`)),
    );
    expect(trust("Writer").Condition).toEqual({ StringEquals: { "sts:ExternalId": { Ref: "AWS::AccountId" } } });
  });

  it("lets the reader of Word files, which hostile bytes may take over, read and write a few files and nothing else", () => {
    const lambdas = /^(logs|ec2|sqs):/;
    expect(rightsOf("ReadWord").filter((right) => !lambdas.test(right))).toEqual([
      "s3:GetObject <StorageDesk>/readings/*",
      "s3:GetObject <StorageDesk>/submissions/*",
      "s3:ListBucket <StorageDesk>",
      "s3:PutObject <StorageDesk>/readings/*",
    ]);
  });

  it("lets the desk alone ask for public files anew, of the readers' distribution alone", () => {
    const who = allowed().filter(([, { Action }]) => [Action].flat().includes("cloudfront:CreateInvalidation"));
    expect(who.map(([id, { Resource }]) => [id.replace(/Role.*/, ""), asRead(Resource)])).toEqual([
      ["Desk", "arn:<AWS::Partition>:cloudfront::<AWS::AccountId>:distribution/<FrontDoorDistribution>"],
    ]);
  });

  it("lets the sweep see rows and wake rounds, no more", () => {
    expect([...new Set(rightsOf("Sweep").map((right) => right.replace(/:.*/, "")))]).toEqual([
      "dynamodb",
      "iam",
      "logs",
      "scheduler",
      "sqs",
    ]);
  });

  it("lets every function write its own log and no other", () => {
    const logs = allowed().filter(([, { Action }]) => [Action].flat().some((action) => action.startsWith("logs:")));
    for (const [id, { Resource }] of logs) expect(asRead(Resource)).toBe(`<${id.replace(/Role.*/, "")}Log>`);
    expect(logs).toHaveLength(withoutMail.length);
  });
});

/** Rights whose resource tells them apart; of all others the action says enough here. */
const byResource = /^(sqs:SendMessage <Queues|secretsmanager:)/;
const asAsked = (role: string): string[] => {
  const may = rightsOf(role)
    .filter((right) => !implied.test(right))
    .map((right) => right.replace(/arn:\S+:secret:kurier-gross-sign-in-\?{6}$/, "<SecretsSignIn>"))
    .map((right) => (byResource.test(right) ? right : right.replace(/ .*/, "")));
  return [...new Set(may)].sort();
};
/** Not asked for by our code: its log, its place in a network, the event source, the place for calls given up. */
const implied = /^(logs:|ec2:|sqs:(?!SendMessage)|sqs:SendMessage <(Plan|Archive)Parked)/;

describe("no right too many, none too few", () => {
  it.each(withoutMail)("%s may do what its code asks for", (name) => {
    expect(asAsked(roleOf(name))).toEqual(askedBy([`functions/${name}.ts`]));
  });

  it("desk may do what it asks for where no CloudFront stands before it, and see no origin secret", () => {
    const land = synthesised([regional])("kurier-land");
    const without = (rights: string[]) => rights.filter((right) => !right.endsWith("<SecretsOrigin>"));
    expect(rightsIn(land, "DeskRole").filter((right) => right.includes("Origin"))).toEqual([]);
    const known = rightsOf("DeskRole").filter((right) => !right.startsWith("cloudfront:"));
    expect(without(rightsIn(land, "DeskRole")).length).toBe(without(known).length);
  });
});
