import {
  BatchGetItemCommand,
  ConditionalCheckFailedException,
  DescribeTableCommand,
  DynamoDBClient,
  QueryCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import type { SharedClock } from "./clock.ts";
import {
  type Change,
  type Clock,
  Conflict,
  type Item,
  type Key,
  type Outcome,
  type Query,
  type Table,
} from "./cloud.ts";
import { inParallel, pause, retrying } from "./patience.ts";
import { type Attributes, toCount, toItem, toKey } from "./table-change.ts";
import { isPassing, tableWriter } from "./table-write.ts";

/** DynamoDB's limit of one read of many keys. */
const maxGets = 100;
const getsAtOnce = 4;
/** Single writes under way at once: one batch of letters. */
const writesAtOnce = 40;

/**
 * One DynamoDB table: `pk` and `sk`, `ttl` for the sweep, one index `byTrouble`.
 *
 * @param hear is told the time of every answer
 */
export function dynamoTable(name: string, clock: Clock, hear?: SharedClock["hear"]): Table {
  // A letter must leave within 5 s of the read of its reader: a call that hangs is tried again long before.
  const requestHandler = { connectionTimeout: 1_000, requestTimeout: 3_000, throwOnRequestTimeout: true };
  const client = new DynamoDBClient({ requestHandler });
  if (hear) tellTime(client, hear);
  const write = tableWriter(client, name, clock);

  const getSome = async (keys: readonly Key[], ConsistentRead: boolean): Promise<Attributes[]> => {
    const found: Attributes[] = [];
    let asked = keys.map(toKey);
    for (let tries = 1; ; tries++) {
      const command = new BatchGetItemCommand({ RequestItems: { [name]: { Keys: asked, ConsistentRead } } });
      const { Responses, UnprocessedKeys } = await retrying(clock, isPassing, () => client.send(command));
      found.push(...(Responses?.[name] ?? []));
      asked = UnprocessedKeys?.[name]?.Keys ?? [];
      if (asked.length === 0) return found;
      await pause(clock, tries);
    }
  };

  const get = async (keys: readonly Key[], { consistent = false } = {}): Promise<(Item | undefined)[]> => {
    const wanted = [...new Map(keys.map((key) => [nameOf(key), key])).values()];
    const rows = (await inParallel(inPages(wanted), getsAtOnce, (page) => getSome(page, consistent))).flat();
    const now = clock.now();
    const items = rows.flatMap((row) => toItem(row, now) ?? []);
    const byName = new Map(items.map((item) => [nameOf(item), item]));
    return keys.map((key) => byName.get(nameOf(key)));
  };

  const query = async (asked: Query): Promise<{ items: Item[]; next?: string }> => {
    if (isEmptyRange(asked)) return { items: [] };
    const items: Item[] = [];
    let start = asked.after === undefined ? undefined : pageStart(asked.after);
    do {
      const command = new QueryCommand({
        ...toQuery(name, asked, asked.limit - items.length),
        ExclusiveStartKey: start,
      });
      const page = await retrying(clock, isPassing, () => client.send(command));
      const now = clock.now();
      items.push(...(page.Items ?? []).flatMap((row) => toItem(row, now) ?? []));
      start = page.LastEvaluatedKey;
    } while (start && items.length < asked.limit);
    return { items, ...(start && { next: pageToken(start) }) };
  };

  const writeAlone = async (change: Change, index: number): Promise<Outcome> => {
    try {
      await write([change]);
      return "done";
    } catch (fault) {
      if (!(fault instanceof Conflict)) throw fault;
      return new Conflict(fault.failed.map(({ found }) => ({ index, found })));
    }
  };

  /** When an answer is lost the SDK asks again and counts twice: caps err on the safe side. */
  const count: Table["count"] = async (key, field, by, { expiresAt } = {}) => {
    for (;;) {
      const command = new UpdateItemCommand(toCount(name, key, field, by, expiresAt, clock.now()));
      const counted = await retrying(clock, isPassing, () => client.send(command).catch(lapsed));
      if (counted) return Number(counted.Attributes?.[field]?.N);
      const anew: Item = { pk: key.pk, sk: key.sk, [field]: by, ...(expiresAt !== undefined && { expiresAt }) };
      if ((await writeAlone({ put: anew, if: "absent" }, 0)) === "done") return by;
    }
  };

  /** AWS gives every table its own, a restored one too. */
  const id: Table["id"] = async () => {
    const { Table: described } = await client.send(new DescribeTableCommand({ TableName: name }));
    if (!described?.TableId) throw new Error(`table ${name} has no id`);
    return described.TableId;
  };

  return { get, query, write, each: (changes) => inParallel(changes, writesAtOnce, writeAlone), count, id };
}

/** Every answer of DynamoDB, a refusal too, carries the time it was written at; each try is asked and told on its own. */
function tellTime(client: DynamoDBClient, hear: SharedClock["hear"]): void {
  client.middlewareStack.add(
    (next) => async (asked) => {
      const askedAt = performance.now();
      const answer = await next(asked);
      const { headers } = answer.response as { headers?: Readonly<Record<string, string>> };
      const told = new Date(headers?.date ?? "");
      if (!Number.isNaN(told.getTime())) hear(told, performance.now() - askedAt);
      return answer;
    },
    { step: "deserialize", priority: "low", name: "tellTime" },
  );
}

const nameOf = ({ pk, sk }: Key): string => JSON.stringify([pk, sk]);

const inPages = (keys: readonly Key[]): Key[][] =>
  Array.from({ length: Math.ceil(keys.length / maxGets) }, (_, page) =>
    keys.slice(page * maxGets, (page + 1) * maxGets),
  );

function lapsed(fault: unknown): undefined {
  if (!(fault instanceof ConditionalCheckFailedException)) throw fault;
}

/** DynamoDB takes a range that ends before it begins for a mistake. */
const isEmptyRange = ({ from, to }: Query): boolean =>
  from !== undefined && to !== undefined && Buffer.compare(Buffer.from(from), Buffer.from(to)) > 0;

function toQuery(TableName: string, query: Query, Limit: number) {
  const { pk, from, to, newestFirst = false, consistent = false, index } = query;
  return {
    TableName,
    IndexName: index,
    KeyConditionExpression: ["#pk = :pk", ...rangeOf(from, to)].join(" AND "),
    ExpressionAttributeNames: { "#pk": index ? "trouble" : "pk" },
    ExpressionAttributeValues: {
      ":pk": { S: pk },
      ...(from !== undefined && { ":from": { S: from } }),
      ...(to !== undefined && { ":to": { S: to } }),
    },
    ScanIndexForward: !newestFirst,
    // An index knows no consistent read.
    ConsistentRead: consistent && !index,
    Limit,
  };
}

/** One condition on the sort key is all DynamoDB takes. */
function rangeOf(from: string | undefined, to: string | undefined): string[] {
  if (from !== undefined && to !== undefined) return ["sk BETWEEN :from AND :to"];
  if (from !== undefined) return ["sk >= :from"];
  return to !== undefined ? ["sk <= :to"] : [];
}

const pageToken = (start: Attributes): string => Buffer.from(JSON.stringify(start)).toString("base64url");
const pageStart = (token: string): Attributes => JSON.parse(Buffer.from(token, "base64url").toString("utf8"));
