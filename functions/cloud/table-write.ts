import { isDeepStrictEqual } from "node:util";
import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  PutItemCommand,
  TransactionCanceledException,
  type TransactWriteItem,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import { type Change, type Clock, Conflict } from "./cloud.ts";
import { retrying } from "./patience.ts";
import { type Attributes, toAttributes, toItem, toWrite } from "./table-change.ts";

/** DynamoDB's limit of one transaction. */
const maxTransaction = 100;

/** Writes one change, or up to a hundred together: all or nothing. */
export const tableWriter = (client: DynamoDBClient, table: string, clock: Clock) => {
  const tryWrite = (changes: readonly Change[]): Promise<Failed[]> => {
    const writes = changes.map((change) => toWrite(table, change, clock.now()));
    const [write, ...others] = writes;
    const [change] = changes;
    if (write && change && !write.ConditionCheck && others.length === 0)
      return retrying(clock, isPassing, (tries) => writeOne(client, write, change, tries > 1));
    const command = new TransactWriteItemsCommand({ TransactItems: writes, ClientRequestToken: clock.id() });
    return retrying(clock, isPassing, () => client.send(command).then(() => [], failuresOf));
  };

  return async (changes: readonly Change[]): Promise<void> => {
    if (changes.length === 0) return;
    if (changes.length > maxTransaction) throw new RangeError(`at most ${maxTransaction} changes go together`);
    for (let next = changes; ; ) {
      const failed = await tryWrite(next);
      if (failed.length === 0) return;
      const real = failed.filter(({ index }) => !isFreePatch(changes[index]));
      if (real.length > 0) throw conflictOf(real, clock.now());
      next = overLapsed(changes, failed);
    }
  };
};

/** A change whose condition did not hold, and the row that stood there. */
interface Failed {
  readonly index: number;
  readonly row: Attributes | undefined;
}

const conflictOf = (failed: readonly Failed[], now: Date): Conflict =>
  new Conflict(failed.map(({ index, row }) => ({ index, found: toItem(row, now) })));

async function writeOne(client: DynamoDBClient, write: TransactWriteItem, change: Change, isAgain: boolean) {
  try {
    if (write.Put) await client.send(new PutItemCommand(write.Put));
    else if (write.Update) await client.send(new UpdateItemCommand(write.Update));
    else if (write.Delete) await client.send(new DeleteItemCommand(write.Delete));
    return [];
  } catch (fault) {
    if (!(fault instanceof ConditionalCheckFailedException)) throw fault;
    const isRetry = isAgain || (fault.$metadata.attempts ?? 1) > 1;
    return isRetry && isWritten(change, fault.Item) ? [] : [{ index: 0, row: fault.Item }];
  }
}

/** When a retry finds exactly what it wanted to write, the first try had succeeded and its answer was lost. */
function isWritten(change: Change, row: Attributes | undefined): boolean {
  if ("check" in change) return false;
  const found = row && unmarshall(row);
  if ("put" in change) return isDeepStrictEqual(found, unmarshall(toAttributes(change.put)));
  if (!("patch" in change)) return found === undefined;
  const isSet = Object.entries(change.set).every(([field, value]) => isDeepStrictEqual(found?.[field], value));
  return found !== undefined && isSet && (change.remove ?? []).every((field) => !(field in found));
}

/** @throws the fault itself when it is no failed condition */
function failuresOf(fault: unknown): Failed[] {
  const reasons = fault instanceof TransactionCanceledException ? (fault.CancellationReasons ?? []) : [];
  const failed = reasons.flatMap(({ Code, Item: row }, index) =>
    Code === "ConditionalCheckFailed" ? [{ index, row }] : [],
  );
  if (failed.length === 0) throw fault;
  return failed;
}

/** A patch without a condition fails only on a lapsed row that the sweep has not yet taken away. */
const isFreePatch = (change: Change | undefined) =>
  change !== undefined && "patch" in change && change.if === undefined;

const overLapsed = (changes: readonly Change[], failed: readonly Failed[]): Change[] =>
  changes.map((change, index) =>
    isFreePatch(change) && failed.some((one) => one.index === index) ? { ...change, if: "absent" } : change,
  );

const passing = new Set([
  "TransactionConflictException",
  "TransactionInProgressException",
  "ThrottlingException",
  "ProvisionedThroughputExceededException",
  "RequestLimitExceeded",
]);
const passingReasons = new Set(["TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"]);

/** Another writer is at the row, or we are too fast: neither says anything about a condition. */
export function isPassing(fault: unknown): boolean {
  if (!(fault instanceof Error)) return false;
  if (!(fault instanceof TransactionCanceledException)) return passing.has(fault.name);
  const codes = (fault.CancellationReasons ?? []).map(({ Code }) => Code ?? "None").filter((code) => code !== "None");
  return codes.length > 0 && codes.every((code) => passingReasons.has(code));
}
