import type { AttributeValue, TransactWriteItem } from "@aws-sdk/client-dynamodb";
import { marshall, unmarshall } from "@aws-sdk/util-dynamodb";
import type { Change, Condition, Item, Key, Value } from "./cloud.ts";

export type Attributes = Record<string, AttributeValue>;

/** DynamoDB's own sweep wants seconds in a number; ours reads `expiresAt`, for the sweep may come days late. */
const sweepAt = "ttl";
const toSweepAt = (expiresAt: Value | undefined) => Math.ceil(Date.parse(String(expiresAt)) / 1000);

export function toAttributes(item: Item): Attributes {
  const sweep = item.expiresAt === undefined ? {} : { [sweepAt]: toSweepAt(item.expiresAt) };
  return marshall({ ...item, ...sweep }, { removeUndefinedValues: true });
}

/** A row whose time has passed is none. */
export function toItem(attributes: Attributes | undefined, now: Date): Item | undefined {
  if (!attributes) return undefined;
  const { [sweepAt]: _, ...item } = unmarshall(attributes) as Item;
  return item.expiresAt !== undefined && item.expiresAt <= now.toISOString() ? undefined : (item as Item);
}

export const toKey = ({ pk, sk }: Key): Attributes => marshall({ pk, sk });

/** One change as part of a transaction; what is inside is also the input of a single write. */
export function toWrite(TableName: string, change: Change, now: Date): TransactWriteItem {
  const places = placeholders();
  const whole = { TableName, ReturnValuesOnConditionCheckFailure: "ALL_OLD" as const };
  if ("put" in change) {
    const ConditionExpression = change.if && conditionOf(change.if, places, now);
    return { Put: { ...whole, Item: toAttributes(change.put), ConditionExpression, ...places.used() } };
  }
  if ("patch" in change) {
    // On a row that is not there a patch is a put; so it leaves nothing of a lapsed row behind.
    if (change.if === "absent")
      return toWrite(TableName, { put: { ...change.set, ...keyOf(change.patch) }, if: "absent" }, now);
    const ConditionExpression = change.if ? conditionOf(change.if, places, now) : notLapsed(places, now);
    const UpdateExpression = updateOf(change.set, change.remove ?? [], places);
    return { Update: { ...whole, Key: toKey(change.patch), UpdateExpression, ConditionExpression, ...places.used() } };
  }
  const ConditionExpression = change.if && conditionOf(change.if, places, now);
  const condition = { ...whole, ConditionExpression, ...places.used() };
  if ("remove" in change) return { Delete: { ...condition, Key: toKey(change.remove) } };
  return { ConditionCheck: { ...condition, ConditionExpression, Key: toKey(change.check) } };
}

const keyOf = ({ pk, sk }: Key): Key => ({ pk, sk });

/** The input of an atomic add; it fails on a lapsed row, where counting begins anew. */
export function toCount(
  TableName: string,
  key: Key,
  field: string,
  by: number,
  expiresAt: string | undefined,
  now: Date,
) {
  const places = placeholders();
  const ConditionExpression = notLapsed(places, now);
  const lapse = expiresAt === undefined ? undefined : updateOf({ expiresAt }, [], places);
  const add = `ADD ${places.name(field)} ${places.value(by)}`;
  return {
    TableName,
    Key: toKey(key),
    UpdateExpression: lapse ? `${lapse} ${add}` : add,
    ConditionExpression,
    ReturnValues: "UPDATED_NEW" as const,
    ...places.used(),
  };
}

function updateOf(set: Readonly<Record<string, Value>>, remove: readonly string[], places: Placeholders) {
  const all = "expiresAt" in set ? { ...set, [sweepAt]: toSweepAt(set.expiresAt) } : set;
  const gone = remove.includes("expiresAt") ? [...remove, sweepAt] : remove;
  const sets = Object.entries(all).map(([field, value]) => `${places.name(field)} = ${places.value(value)}`);
  const parts = [
    ...(sets.length > 0 ? [`SET ${sets.join(", ")}`] : []),
    ...(gone.length > 0 ? [`REMOVE ${gone.map(places.name).join(", ")}`] : []),
  ];
  return parts.length > 0 ? parts.join(" ") : undefined;
}

const notLapsed = (places: Placeholders, now: Date): string => {
  const expiresAt = places.name("expiresAt");
  return `(attribute_not_exists(${expiresAt}) OR ${expiresAt} > ${places.value(now.toISOString())})`;
};

function conditionOf(condition: Condition, places: Placeholders, now: Date): string {
  const pk = places.name("pk");
  if (condition === "absent")
    return `attribute_not_exists(${pk}) OR ${places.name("expiresAt")} <= ${places.value(now.toISOString())}`;
  const present = [`attribute_exists(${pk})`, notLapsed(places, now)];
  const fields = condition === "present" ? [] : Object.entries(condition);
  const held = fields.map(([field, value]) =>
    value === null ? `attribute_not_exists(${places.name(field)})` : `${places.name(field)} = ${places.value(value)}`,
  );
  return [...present, ...held].join(" AND ");
}

type Placeholders = ReturnType<typeof placeholders>;

/** DynamoDB keeps some 570 words for itself: every name and value goes by a number. */
function placeholders() {
  const names = new Map<string, string>();
  const values: Attributes = {};
  return {
    name: (field: string): string => {
      const place = names.get(field) ?? `#${names.size}`;
      names.set(field, place);
      return place;
    },
    value: (value: Value): string => {
      const place = `:${Object.keys(values).length}`;
      Object.assign(values, marshall({ [place]: value }, { removeUndefinedValues: true }));
      return place;
    },
    used: () => ({
      ...(names.size > 0 && {
        ExpressionAttributeNames: Object.fromEntries([...names].map(([field, place]) => [place, field])),
      }),
      ...(Object.keys(values).length > 0 && { ExpressionAttributeValues: values }),
    }),
  };
}
