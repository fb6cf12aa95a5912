import { type Cloud, Conflict, type Item, type Key, type Value } from "../cloud/cloud.ts";

/** A small row that many change at the same moment: each change counts its version, and names the one it was made for. */
interface Versioned {
  readonly version: number;
}

/** Undefined where nobody has written it yet. */
export async function readShared<Row extends Versioned>(cloud: Cloud, key: Key): Promise<Row | undefined> {
  const [row] = await cloud.table.get([key], { consistent: true });
  return row && rowOf<Row>(row);
}

/** Writes the next row over the one it was made for; answers what stands there when somebody was faster. */
export async function writeShared<Row extends Versioned>(
  cloud: Cloud,
  key: Key,
  standing: Row | undefined,
  next: Row,
): Promise<"written" | Row | undefined> {
  const put = { ...key, ...(next as unknown as Record<string, Value>), version: next.version + 1 };
  const [outcome] = await cloud.table.each([
    { put, if: standing === undefined ? "absent" : { version: standing.version } },
  ]);
  if (!(outcome instanceof Conflict)) return "written";
  const found = outcome.failed[0]?.found;
  return found && rowOf<Row>(found);
}

const rowOf = <Row>({ pk: _, sk: __, ...row }: Item): Row => row as unknown as Row;
