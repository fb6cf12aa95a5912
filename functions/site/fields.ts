import type { Context } from "hono";
import type { Fields } from "../../core/subscriber/read-order.ts";

/** A form is small. */
export const mostBytes = 64 * 1024;

/** What was posted; whatever nobody can read, and every file, is nothing. */
export async function readFields(c: Context): Promise<Fields> {
  const body: Record<string, unknown> = await c.req.parseBody({ all: true }).catch(() => ({}));
  return new Map(
    Object.entries(body).map(([name, value]) => [
      name,
      [value].flat().filter((one): one is string => typeof one === "string"),
    ]),
  );
}
