import {
  type Change,
  type Clock,
  type Condition,
  Conflict,
  type Item,
  type Key,
  type Outcome,
  type Query,
  type Table,
  type Value,
} from "../../functions/cloud/cloud.ts";
import type { Database } from "./database.ts";
import { giveWay } from "./give-way.ts";
import { requireKey, requireRow } from "./table-limits.ts";

/** Texts compare as BINARY, which is the byte order of UTF-8 and DynamoDB's. `expiresAt` here is in milliseconds. */
export const tableSchema = `
  CREATE TABLE IF NOT EXISTS item (
    pk TEXT NOT NULL, sk TEXT NOT NULL, body TEXT NOT NULL, trouble TEXT, expiresAt INTEGER,
    PRIMARY KEY (pk, sk)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS itemByTrouble ON item (trouble, sk, pk) WHERE trouble IS NOT NULL;
  CREATE INDEX IF NOT EXISTS itemByExpiry ON item (expiresAt) WHERE expiresAt IS NOT NULL;`;

export interface LocalTable extends Table {
  /** Deletes what no read returns any more. */
  purge(): void;
}

type Fields = Readonly<Record<string, Value | undefined>>;
type Row = readonly [pk: string, sk: string, body: string];

/** DynamoDB's limit for one transaction. */
const maxTogether = 100;

/** @param id the file's own: a copied folder is another table */
export function localTable(database: Database, clock: Clock, id: () => string): LocalTable {
  const { statement, change, look } = database;
  const reading = statement("SELECT body FROM item WHERE pk = ? AND sk = ? AND (expiresAt IS NULL OR expiresAt > ?)");
  const putting = statement("INSERT OR REPLACE INTO item (pk, sk, body, trouble, expiresAt) VALUES (?, ?, ?, ?, ?)");
  const removing = statement("DELETE FROM item WHERE pk = ? AND sk = ?");
  reading.setReturnArrays(true); // costs half of what an object a row does
  const now = (): number => clock.now().getTime();

  const read = ({ pk, sk }: Key): Item | undefined => {
    const row = reading.get(pk, sk, now()) as unknown as readonly [body: string] | undefined;
    return row && { pk, sk, ...(JSON.parse(row[0]) as Fields) };
  };

  const put = ({ pk, sk, ...fields }: Item): void => {
    const body = JSON.stringify(fields);
    const expiresAt = requireRow({ pk, sk }, fields, body);
    putting.run(pk, sk, body, typeof fields.trouble === "string" ? fields.trouble : null, expiresAt);
  };

  const apply = (change: Change, found: Item | undefined): void => {
    if ("put" in change) put(change.put);
    else if ("patch" in change) put(patched(change, found));
    else if ("remove" in change) removing.run(change.remove.pk, change.remove.sk);
  };

  /** Looks first, changes only when every condition holds. */
  const changeAll = (changes: readonly Change[]): void => {
    const found = changes.map((change) => (needsLook(change) ? read(keyOf(change)) : undefined));
    const failed = changes.flatMap((change, index) =>
      holds(change.if, found[index]) ? [] : [{ index, found: found[index] }],
    );
    if (failed.length > 0) throw new Conflict(failed);
    changes.forEach((change, index) => {
      apply(change, found[index]);
    });
  };

  const changeOne = (change: Change, index: number): Outcome => {
    const found = needsLook(change) ? read(keyOf(change)) : undefined;
    if (!holds(change.if, found)) return new Conflict([{ index, found }]);
    apply(change, found);
    return "done";
  };

  return {
    get: async (keys) => (keys.length > 1 ? look(() => keys.map(read)) : keys.map(read)),

    async query(query) {
      const { sql, values } = rangeSql(query, now());
      const asking = statement(sql);
      asking.setReturnArrays(true);
      const rows = asking.all(...values) as unknown as Row[];
      const items = rows.slice(0, query.limit).map(([pk, sk, body]) => ({ pk, sk, ...(JSON.parse(body) as Fields) }));
      const last = items.at(-1);
      return rows.length > query.limit && last ? { items, next: JSON.stringify([last.sk, last.pk]) } : { items };
    },

    async write(changes) {
      await giveWay();
      requireTogether(changes);
      if (changes.length > 0) change(() => changeAll(changes));
    },

    async each(changes) {
      await giveWay();
      changes.map(keyOf).forEach(requireKey);
      return changes.length === 0 ? [] : change(() => changes.map(changeOne));
    },

    count: async (key, field, by, { expiresAt } = {}) =>
      change(() => {
        const found = read(key) ?? key;
        const value = Number((found as Item)[field] ?? 0) + by;
        put({ ...found, [field]: value, ...(expiresAt !== undefined && { expiresAt }) });
        return value;
      }),

    id: async () => id(),

    purge() {
      statement("DELETE FROM item WHERE expiresAt <= ?").run(now());
    },
  };
}

function requireTogether(changes: readonly Change[]): void {
  if (changes.length > maxTogether)
    throw new Error(`${changes.length} changes together: the table takes ${maxTogether}`);
  const keys = changes.map(keyOf);
  keys.forEach(requireKey);
  if (new Set(keys.map(({ pk, sk }) => JSON.stringify([pk, sk]))).size < keys.length)
    throw new Error("one row is changed twice in one write");
}

function keyOf(change: Change): Key {
  if ("put" in change) return change.put;
  if ("patch" in change) return change.patch;
  return "remove" in change ? change.remove : change.check;
}

const needsLook = (change: Change): boolean => change.if !== undefined || "patch" in change;

function patched(change: Extract<Change, { patch: Key }>, found: Item | undefined): Item {
  if ("pk" in change.set || "sk" in change.set) throw new Error("a patch cannot change a row's key");
  const { pk, sk } = change.patch;
  const fields: Record<string, Value | undefined> = { ...found, ...change.set };
  for (const name of change.remove ?? []) delete fields[name];
  return { ...fields, pk, sk };
}

function holds(condition: Condition | undefined, found: Item | undefined): boolean {
  if (condition === undefined) return true;
  if (condition === "absent") return found === undefined;
  if (found === undefined) return false;
  if (condition === "present") return true;
  return Object.entries(condition).every(([name, value]) =>
    value === null ? found[name] === undefined : found[name] === value,
  );
}

/** One row more than asked, to know whether a page follows. */
function rangeSql(query: Query, now: number): { sql: string; values: (string | number)[] } {
  const { pk, from, to, limit, newestFirst = false, index, after } = query;
  const where = [`${index ? "trouble" : "pk"} = ?`, "(expiresAt IS NULL OR expiresAt > ?)"];
  const values: (string | number)[] = [pk, now];
  const bound = (sql: string, ...bounds: string[]): void => {
    where.push(sql);
    values.push(...bounds);
  };
  if (from !== undefined) bound("sk >= ?", from);
  if (to !== undefined) bound("sk <= ?", to);
  if (after !== undefined) {
    const [sk, rowPk] = JSON.parse(after) as [string, string];
    const beyond = newestFirst ? "<" : ">";
    if (index) bound(`(sk, pk) ${beyond} (?, ?)`, sk, rowPk);
    else bound(`sk ${beyond} ?`, sk);
  }
  const order = newestFirst ? "DESC" : "ASC";
  const sql = `SELECT pk, sk, body FROM item WHERE ${where.join(" AND ")} ORDER BY sk ${order}, pk ${order} LIMIT ?`;
  return { sql, values: [...values, limit + 1] };
}
