import { randomUUID } from "node:crypto";
import {
  AdminGetUserCommand,
  CognitoIdentityProviderClient,
  CreateUserPoolCommand,
  DeleteUserPoolCommand,
  UserNotFoundException,
} from "@aws-sdk/client-cognito-identity-provider";
import { CreateTableCommand, DeleteTableCommand, DynamoDBClient, waitUntilTableExists } from "@aws-sdk/client-dynamodb";
import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectsCommand,
  ListObjectsV2Command,
  S3Client,
} from "@aws-sdk/client-s3";
import {
  CreateScheduleGroupCommand,
  DeleteScheduleGroupCommand,
  type SchedulerClient,
} from "@aws-sdk/client-scheduler";
import { CreateSecretCommand, DeleteSecretCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { CreateQueueCommand, DeleteQueueCommand, GetQueueAttributesCommand, type SQSClient } from "@aws-sdk/client-sqs";
import { queueNames, type WorkName } from "../../functions/cloud/cloud.ts";
import type { Reach } from "../cloud/contract.ts";

/**
 * What the contracts rent, and give back at the end.
 *
 * - On moto: `MOTO=http://127.0.0.1:<port> npm run contract`, the server being `moto_server` of `pip install "moto[server]"`.
 * - On a real account, before a release: `CONTRACT=aws npm run contract`, with credentials and a region as every AWS tool
 *   wants them, `CONTRACT_TIMER_ROLE` (ARN of a role EventBridge Scheduler may assume) and, for letters,
 *   `CONTRACT_FROM` (a verified sender), `CONTRACT_SET_EDITIONS` and `CONTRACT_SET_CONFIRMATIONS` (two configuration sets).
 *   It costs cents, writes to nobody but SES's own mailbox simulator, and touches no stage.
 */
export const isRealAws = process.env.CONTRACT === "aws";
export const reach: Reach = { everywhereOnly: !isRealAws };

if (!isRealAws) {
  const url = needed("MOTO", "the address of a moto server, http://127.0.0.1:<port>");
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: url,
    AWS_REGION: "eu-central-1",
    AWS_ACCESS_KEY_ID: "contract",
    AWS_SECRET_ACCESS_KEY: "contract",
  });
  askTablesOneByOne();
}

/**
 * moto answers many at once and loses what two of them write: the row both begin with a count, and whatever else was
 * written while a transaction failed, for it puts the whole table back. Asked one by one it loses nothing.
 */
function askTablesOneByOne(): void {
  const { prototype } = DynamoDBClient as unknown as { prototype: { send: (...given: unknown[]) => Promise<unknown> } };
  const { send } = prototype;
  let before: Promise<unknown> = Promise.resolve();
  prototype.send = function (...given) {
    const answer = before.then(() => send.apply(this, given));
    before = answer.catch(() => {});
    return answer;
  };
}

/** @throws naming what is missing: a contract that did not run has proved nothing */
export function needed(name: string, meaning: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: ${meaning}. See test/aws/rented.ts.`);
  return value;
}

export const rentedName = () => `kurier-contract-${randomUUID()}`;

interface Rented<T> {
  readonly what: T;
  readonly end: () => Promise<void>;
}

export async function rentTable(): Promise<Rented<string>> {
  const client = new DynamoDBClient({});
  const TableName = rentedName();
  const text = (AttributeName: string) => ({ AttributeName, AttributeType: "S" as const });
  const key = (pk: string) => [
    { AttributeName: pk, KeyType: "HASH" as const },
    { AttributeName: "sk", KeyType: "RANGE" as const },
  ];
  await client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: ["pk", "sk", "trouble"].map(text),
      KeySchema: key("pk"),
      GlobalSecondaryIndexes: [
        { IndexName: "byTrouble", KeySchema: key("trouble"), Projection: { ProjectionType: "ALL" } },
      ],
    }),
  );
  await waitUntilTableExists({ client, maxWaitTime: 100, minDelay: 1 }, { TableName });
  return { what: TableName, end: async () => void (await client.send(new DeleteTableCommand({ TableName }))) };
}

export async function rentBuckets(): Promise<Rented<{ private: string; public: string }>> {
  const client = new S3Client({});
  const what = { private: rentedName(), public: rentedName() };
  const LocationConstraint = (await client.config.region()) as "eu-central-1";
  for (const Bucket of Object.values(what))
    await client.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint } }));
  return {
    what,
    end: async () => {
      for (const Bucket of Object.values(what)) {
        await empty(client, Bucket);
        await client.send(new DeleteBucketCommand({ Bucket }));
      }
    },
  };
}

async function empty(client: S3Client, Bucket: string): Promise<void> {
  for (;;) {
    const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket }));
    if (Contents.length === 0) return;
    await client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects: Contents.map(({ Key }) => ({ Key })) } }));
  }
}

export interface RentedQueue {
  readonly url: string;
  readonly parkedUrl: string;
}

/** Every queue with a dead-letter queue behind it, as the stack makes them. */
export async function rentQueues(client: SQSClient): Promise<Rented<Record<WorkName, RentedQueue>>> {
  const make = async (name: string, Attributes?: Record<string, string>): Promise<string> =>
    (await client.send(new CreateQueueCommand({ QueueName: name, Attributes }))).QueueUrl ?? "";
  const made = await Promise.all(
    [...queueNames, "mailbag" as const].map(async (queue) => {
      const name = rentedName();
      const parkedUrl = await make(`${name}-parked`);
      const asked = new GetQueueAttributesCommand({ QueueUrl: parkedUrl, AttributeNames: ["QueueArn"] });
      const deadLetterTargetArn = (await client.send(asked)).Attributes?.QueueArn;
      const url = await make(name, { RedrivePolicy: JSON.stringify({ deadLetterTargetArn, maxReceiveCount: 5 }) });
      return [queue, { url, parkedUrl }] as const;
    }),
  );
  return {
    what: Object.fromEntries(made) as Record<WorkName, RentedQueue>,
    end: async () => {
      const urls = made.flatMap(([, { url, parkedUrl }]) => [url, parkedUrl]);
      await Promise.all(urls.map((QueueUrl) => client.send(new DeleteQueueCommand({ QueueUrl }))));
    },
  };
}

export async function rentScheduleGroup(client: SchedulerClient): Promise<Rented<string>> {
  const Name = rentedName();
  await client.send(new CreateScheduleGroupCommand({ Name }));
  return { what: Name, end: async () => void (await client.send(new DeleteScheduleGroupCommand({ Name }))) };
}

export async function rentSecrets<Name extends string>(
  texts: Record<Name, string>,
): Promise<Rented<Record<Name, string>>> {
  const client = new SecretsManagerClient({});
  const made: [string, string][] = [];
  for (const [name, SecretString] of Object.entries<string>(texts)) {
    const { ARN = "" } = await client.send(new CreateSecretCommand({ Name: rentedName(), SecretString }));
    made.push([name, ARN]);
  }
  return {
    what: Object.fromEntries(made) as Record<Name, string>,
    end: async () => {
      for (const [, SecretId] of made)
        await client.send(new DeleteSecretCommand({ SecretId, ForceDeleteWithoutRecovery: true }));
    },
  };
}

/** A user pool as the stack makes one: addresses are names. */
export async function rentPool() {
  const client = new CognitoIdentityProviderClient({});
  const asked = new CreateUserPoolCommand({ PoolName: rentedName(), UsernameAttributes: ["email"] });
  const { UserPool } = await client.send(asked);
  const UserPoolId = UserPool?.Id ?? "";
  const find = (Username: string) =>
    client.send(new AdminGetUserCommand({ UserPoolId, Username })).catch((fault) => {
      if (fault instanceof UserNotFoundException) return undefined;
      throw fault;
    });
  return { id: UserPoolId, find, end: async () => void (await client.send(new DeleteUserPoolCommand({ UserPoolId }))) };
}
