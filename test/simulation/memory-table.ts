import {
  type Change,
  type Condition,
  Conflict,
  type Item,
  type Key,
  type Outcome,
  type Query,
  type Table,
  type Value,
} from "../../functions/cloud/cloud.ts";
import { requireKey, requireRow } from "../../local/cloud/table-limits.ts";

/** The table of `test/cloud/table.contract.ts` in memory; every act happens at one instant, whoever calls. */
export interface MemoryTable {
  /** @param isStale a read that is not consistent may answer what stood there a moment ago */
  get(keys: readonly Key[], isStale?: boolean): (Item | undefined)[];
  query(query: Query, isStale?: boolean): { items: Item[]; next?: string };
  write(changes: readonly Change[]): void;
  /** One change on its own feet. `index` is its place among those it came with. */
  change(change: Change, index: number): Outcome;
  count(key: Key, field: string, by: number, options?: { expiresAt?: string }): number;
  /** How often anything was stored: as long as it stays the same, so does the table. */
  writes(): number;
}

interface Row {
  readonly item: Item | undefined;
  readonly before: Item | undefined;
  readonly changedAt: number;
}

/** A read that is not consistent lags so far behind, in milliseconds. */
const staleMilliseconds = 1000;
/** DynamoDB's limit for one transaction. */
const maxTogether = 100;

export function memoryTable(now: () => number): MemoryTable {
  const partitions = new Map<string, Map<string, Row>>();
  let writes = 0;

  const look = (row: Row | undefined, isStale = false): Item | undefined => {
    const item = row && isStale && row.changedAt > now() - staleMilliseconds ? row.before : row?.item;
    const isLapsed = item?.expiresAt !== undefined && Date.parse(item.expiresAt) <= now();
    return item && !isLapsed ? { ...item } : undefined;
  };
  const read = ({ pk, sk }: Key, isStale?: boolean) => look(partitions.get(pk)?.get(sk), isStale);

  const store = ({ pk, sk }: Key, item: Item | undefined): void => {
    const partition = partitions.get(pk) ?? new Map<string, Row>();
    partitions.set(pk, partition);
    partition.set(sk, { item, before: partition.get(sk)?.item, changedAt: now() });
    writes++;
  };
  const put = ({ pk, sk, ...fields }: Item): void => {
    const body = JSON.stringify(fields);
    requireRow({ pk, sk }, fields, body);
    store({ pk, sk }, { pk, sk, ...(JSON.parse(body) as Readonly<Record<string, Value>>) });
  };
  const apply = (change: Change): void => {
    if ("put" in change) put(change.put);
    else if ("patch" in change) put(patched(change, read(change.patch)));
    else if ("remove" in change) store(change.remove, undefined);
  };

  return {
    get: (keys, isStale) => keys.map((key) => read(key, isStale)),

    query(query, isStale) {
      const partition = query.index
        ? [...partitions.values()].flatMap((rows) => [...rows.values()])
        : [...(partitions.get(query.pk)?.values() ?? [])];
      const items = partition.flatMap((row) => look(row, isStale) ?? []).filter((item) => isAskedFor(query, item));
      items.sort(query.newestFirst ? (one, other) => byKey(other, one) : byKey);
      const page = items.slice(0, query.limit);
      const last = page.at(-1);
      return items.length > query.limit && last
        ? { items: page, next: JSON.stringify([last.sk, last.pk]) }
        : { items: page };
    },

    write(changes) {
      requireTogether(changes);
      const failed = changes.flatMap((change, index) => {
        const found = read(keyOf(change));
        return holds(change.if, found) ? [] : [{ index, found }];
      });
      if (failed.length > 0) throw new Conflict(failed);
      changes.forEach(apply);
    },

    change(change, index) {
      requireKey(keyOf(change));
      const found = read(keyOf(change));
      if (!holds(change.if, found)) return new Conflict([{ index, found }]);
      apply(change);
      return "done";
    },

    count(key, field, by, { expiresAt } = {}) {
      const found: Item = read(key) ?? { pk: key.pk, sk: key.sk };
      const value = Number(found[field] ?? 0) + by;
      put({ ...found, [field]: value, ...(expiresAt !== undefined && { expiresAt }) });
      return value;
    },

    writes: () => writes,
  };
}

/** The same as functions see it, with nothing in between. */
export const calmTable = (memory: MemoryTable): Table => ({
  id: async () => "memory",
  get: async (keys) => memory.get(keys),
  query: async (query) => memory.query(query),
  write: async (changes) => memory.write(changes),
  each: async (changes) => changes.map(memory.change),
  count: async (...given) => memory.count(...given),
});

export function keyOf(change: Change): Key {
  if ("put" in change) return change.put;
  if ("patch" in change) return change.patch;
  return "remove" in change ? change.remove : change.check;
}

function requireTogether(changes: readonly Change[]): void {
  const keys = changes.map(keyOf);
  keys.forEach(requireKey);
  if (keys.length > maxTogether) throw new Error(`${keys.length} changes together: the table takes ${maxTogether}`);
  if (new Set(keys.map(({ pk, sk }) => JSON.stringify([pk, sk]))).size < keys.length)
    throw new Error("one row is changed twice in one write");
}

function patched(change: Extract<Change, { patch: Key }>, found: Item | undefined): Item {
  if ("pk" in change.set || "sk" in change.set) throw new Error("a patch cannot change a row's key");
  const fields: Record<string, Value | undefined> = { ...found, ...change.set };
  for (const name of change.remove ?? []) delete fields[name];
  return { ...fields, pk: change.patch.pk, sk: change.patch.sk };
}

function holds(condition: Condition | undefined, found: Item | undefined): boolean {
  if (condition === undefined) return true;
  if (condition === "absent") return found === undefined;
  if (found === undefined || condition === "present") return found !== undefined;
  return Object.entries(condition).every(([name, value]) => found[name] === (value ?? undefined));
}

function isAskedFor({ pk, from, to, newestFirst = false, index, after }: Query, item: Item): boolean {
  if (index && item.trouble !== pk) return false;
  if (from !== undefined && inByteOrder(item.sk, from) < 0) return false;
  if (to !== undefined && inByteOrder(item.sk, to) > 0) return false;
  if (after === undefined) return true;
  const [sk, rowPk] = JSON.parse(after) as [string, string];
  const beyond = byKey(item, { sk, pk: rowPk });
  return newestFirst ? beyond < 0 : beyond > 0;
}

const byKey = (one: Key, other: Key): number => inByteOrder(one.sk, other.sk) || inByteOrder(one.pk, other.pk);

/** Below the surrogates, JavaScript's own order is the byte order of UTF-8. */
const isPlain = (text: string): boolean => /^[\u0000-\ud7ff]*$/.test(text);

function inByteOrder(one: string, other: string): number {
  if (!isPlain(one) || !isPlain(other)) return Buffer.compare(Buffer.from(one), Buffer.from(other));
  return one < other ? -1 : Number(one > other);
}
