import { randomBytes } from "node:crypto";
import { DescribeTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { SchedulerClient } from "@aws-sdk/client-scheduler";
import { SQSClient } from "@aws-sdk/client-sqs";
import { type LoopbackSes, startLoopbackSes } from "../cloud/loopback-ses.ts";
import { rentBuckets, rentQueues, rentScheduleGroup, rentSecrets, rentTable } from "./rented.ts";

/** Everything a stage is lent, with a carrier of our own. Its settings stand in the environment, as on Lambda. */
export interface RentedStage {
  readonly settings: Readonly<Record<string, string>>;
  readonly ses: LoopbackSes;
  readonly originSecret: string;
  end(): Promise<void>;
}

/** Where its desk stands. */
export const deskUrl = "https://redaktion.elbland.example";

const key = (): string => randomBytes(32).toString("base64url");
const arnOf = (service: string, rest: string): string => `arn:aws:${service}:eu-central-1:123456789012:${rest}`;

/** moto gives tables none; AWS gives each its own. */
function giveTablesIds(): void {
  const { prototype } = DynamoDBClient as unknown as { prototype: { send: (...given: unknown[]) => Promise<object> } };
  const { send } = prototype;
  prototype.send = async function (...given) {
    const answer = await send.apply(this, given);
    const [command] = given;
    if (!(command instanceof DescribeTableCommand)) return answer;
    const { Table } = answer as { Table: { TableArn: string } };
    return { ...answer, Table: { TableId: `id of ${Table.TableArn}`, ...Table } };
  };
}

export async function rentStage(): Promise<RentedStage> {
  giveTablesIds();
  const ses = await startLoopbackSes();
  const originSecret = key();
  const [table, buckets, queues, group, secrets] = await Promise.all([
    rentTable(),
    rentBuckets(),
    rentQueues(new SQSClient({})),
    rentScheduleGroup(new SchedulerClient({})),
    rentSecrets({
      address: key(),
      // One key and no list, and one of two secrets empty: as the stack makes them.
      links: JSON.stringify({ kid: "k1", key: key() }),
      origin: JSON.stringify({ a: originSecret, b: "" }),
      "sign-in": JSON.stringify({ issuer: "https://issuer.example", clientId: "desk", deskUrl }),
    }),
  ]);
  const settings = {
    KURIER_TABLE: table.what,
    KURIER_PRIVATE_BUCKET: buckets.what.private,
    KURIER_PUBLIC_BUCKET: buckets.what.public,
    KURIER_QUEUE_ARRIVALS: queues.what.arrivals.url,
    KURIER_QUEUE_MANUSCRIPTS: queues.what.manuscripts.url,
    KURIER_QUEUE_BUILDS: queues.what.builds.url,
    KURIER_QUEUE_ROUNDS: queues.what.rounds.url,
    KURIER_QUEUE_CONFIRMATIONS: queues.what.confirmations.url,
    KURIER_QUEUE_FEEDBACK: queues.what.feedback.url,
    // No function is told of it: notices of files fill it.
    KURIER_QUEUE_MAILBAG: queues.what.mailbag.url,
    KURIER_SET_EDITIONS: "journey-editions",
    KURIER_SET_CONFIRMATIONS: "journey-confirmations",
    KURIER_TIMER_GROUP: group.what,
    KURIER_TIMER_ROLE: arnOf("iam", "role/wakes"),
    KURIER_TIMER_PLAN: arnOf("lambda", "function:journey-plan"),
    KURIER_TIMER_ARCHIVE: arnOf("lambda", "function:journey-archive"),
    KURIER_SECRET_ADDRESS: secrets.what.address,
    KURIER_SECRET_LINKS: secrets.what.links,
    KURIER_SECRET_ORIGIN: secrets.what.origin,
    KURIER_SECRET_SIGN_IN: secrets.what["sign-in"],
  };
  Object.assign(process.env, settings, { AWS_ENDPOINT_URL_SES: ses.url });
  const end = async () => {
    await Promise.all([table, buckets, queues, group, secrets].map((rented) => rented.end()));
    await ses.stop();
    delete process.env.AWS_ENDPOINT_URL_SES;
  };
  return { settings, ses, originSecret, end };
}
