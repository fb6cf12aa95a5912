import { AsyncLocalStorage } from "node:async_hooks";
import { CloudFrontClient } from "@aws-sdk/client-cloudfront";
import { CognitoIdentityProviderClient } from "@aws-sdk/client-cognito-identity-provider";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { S3Client } from "@aws-sdk/client-s3";
import { SchedulerClient } from "@aws-sdk/client-scheduler";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SESClient } from "@aws-sdk/client-ses";
import { SQSClient } from "@aws-sdk/client-sqs";

/** What each function asks of AWS while it runs, told as the right it takes: "s3:GetObject <StorageDesk>/articles/…". */
export interface Calls {
  /** Runs a function of ours; whatever it asks for is noted under its name. */
  as<T>(name: string, run: () => Promise<T>): Promise<T>;
  of(name: string): string[];
}

/** @param named a rented thing by what the settings call it → its logical id in the template */
export function recordCalls(named: (rented: string) => string): Calls {
  const running = new AsyncLocalStorage<string>();
  const calls = new Map<string, Set<string>>();
  for (const client of clients) {
    const { prototype } = client as unknown as { prototype: { send: Send } };
    const { send } = prototype;
    prototype.send = function (this: unknown, command, ...rest) {
      const name = running.getStore();
      if (name !== undefined) {
        const noted = calls.get(name) ?? new Set();
        for (const right of rightsFor(command, named)) noted.add(right);
        calls.set(name, noted);
      }
      return send.call(this, command, ...rest);
    };
  }
  return { as: (name, run) => running.run(name, run), of: (name) => [...(calls.get(name) ?? [])].sort() };
}

type Send = (command: { readonly input: unknown }, ...rest: unknown[]) => unknown;
const clients = [
  CloudFrontClient,
  CognitoIdentityProviderClient,
  DynamoDBClient,
  S3Client,
  SchedulerClient,
  SecretsManagerClient,
  SESClient,
  SQSClient,
];

/** The parts of the commands' inputs that say where. */
interface Input {
  readonly Bucket: string;
  readonly Key: string;
  readonly Delete: { readonly Objects: readonly { readonly Key: string }[] };
  readonly TableName: string;
  readonly IndexName?: string;
  readonly RequestItems: Readonly<Record<string, unknown>>;
  readonly TransactItems: readonly Readonly<Record<string, { readonly TableName: string }>>[];
  readonly QueueUrl: string;
  readonly SecretId: string;
  readonly UserPoolId: string;
  readonly DistributionId: string;
  readonly Source: string;
  readonly ConfigurationSetName: string;
  readonly GroupName: string;
  readonly Name: string;
  readonly Target: { readonly RoleArn: string };
}

const own = (service: string, rest: string): string =>
  `arn:<AWS::Partition>:${service}:eu-central-1:<AWS::AccountId>:${rest}`;

/** Which rights a call takes, by AWS's service authorization reference. */
function rightsFor(command: { readonly input: unknown }, named: (rented: string) => string): string[] {
  const input = command.input as Input;
  const file = (Key: string) => `${named(input.Bucket)}/${Key}`;
  const table = () => `${named(input.TableName)}${input.IndexName ? `/index/${input.IndexName}` : ""}`;
  const schedule = () => own("scheduler", `schedule/${named(input.GroupName)}/${input.Name}`);
  const wind = (act: string) => [`scheduler:${act} ${schedule()}`, `iam:PassRole ${named(input.Target.RoleArn)}`];
  const rights: Record<string, () => string[]> = {
    BatchGetItemCommand: () => Object.keys(input.RequestItems).map((name) => `dynamodb:BatchGetItem ${named(name)}`),
    DescribeTableCommand: () => [`dynamodb:DescribeTable ${table()}`],
    QueryCommand: () => [`dynamodb:Query ${table()}`],
    PutItemCommand: () => [`dynamodb:PutItem ${table()}`],
    UpdateItemCommand: () => [`dynamodb:UpdateItem ${table()}`],
    DeleteItemCommand: () => [`dynamodb:DeleteItem ${table()}`],
    // A transaction takes the right of each of its parts.
    TransactWriteItemsCommand: () =>
      input.TransactItems.flatMap((part) =>
        Object.entries(part).map(([act, { TableName }]) => `dynamodb:${partActions[act]} ${named(TableName)}`),
      ),
    GetObjectCommand: () => [`s3:GetObject ${file(input.Key)}`],
    PutObjectCommand: () => [`s3:PutObject ${file(input.Key)}`],
    ListObjectsV2Command: () => [`s3:ListBucket ${named(input.Bucket)}`],
    DeleteObjectsCommand: () => input.Delete.Objects.map(({ Key }) => `s3:DeleteObject ${file(Key)}`),
    SendMessageBatchCommand: () => [`sqs:SendMessage ${named(input.QueueUrl)}`],
    GetSecretValueCommand: () => [`secretsmanager:GetSecretValue ${named(input.SecretId)}`],
    AdminCreateUserCommand: () => [`cognito-idp:AdminCreateUser ${named(input.UserPoolId)}`],
    AdminDeleteUserCommand: () => [`cognito-idp:AdminDeleteUser ${named(input.UserPoolId)}`],
    CreateInvalidationCommand: () => [
      `cloudfront:CreateInvalidation arn:<AWS::Partition>:cloudfront::<AWS::AccountId>:distribution/${named(input.DistributionId)}`,
    ],
    SendRawEmailCommand: () => [
      `ses:SendRawEmail ${own("ses", `identity/${named(domainOf(input.Source))}`)}`,
      `ses:SendRawEmail ${own("ses", `configuration-set/${named(input.ConfigurationSetName)}`)}`,
    ],
    GetSendQuotaCommand: () => ["ses:GetSendQuota *"],
    CreateScheduleCommand: () => wind("CreateSchedule"),
    UpdateScheduleCommand: () => wind("UpdateSchedule"),
    DeleteScheduleCommand: () => [`scheduler:DeleteSchedule ${schedule()}`],
  };
  const name = command.constructor.name;
  const told = rights[name];
  if (!told) throw new Error(`nobody said which right ${name} takes`);
  return told();
}

const partActions: Readonly<Record<string, string>> = {
  Put: "PutItem",
  Update: "UpdateItem",
  Delete: "DeleteItem",
  ConditionCheck: "ConditionCheckItem",
};

const domainOf = (from: string): string => from.replace(/.*@([^>]+)>?$/, "$1");

/** Whether a right lets a call pass; one that is named ends in an asterisk, or in the six characters of a secret's name. */
export const covers = (right: string, call: string): boolean =>
  /[^ ]\*$/.test(right) ? isLike(right).test(call) : right.replace(/-\?{6}$/, "") === call;

/** An asterisk stands for anything, as IAM has it. */
const isLike = (right: string): RegExp => {
  const parts = right.split("*").map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`, "s");
};
