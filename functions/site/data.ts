import { type Context, Hono } from "hono";
import { readAddress } from "../../core/email-address.ts";
import { one } from "../../core/subscriber/read-order.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { dataOf, eraseReader } from "../records/readers.ts";
import { readFields } from "./fields.ts";
import { answer } from "./page.ts";
import { findReader, type Holder, isTheirs } from "./reader.ts";

/**
 * What we hold, for its owner (GDPR 15, 17, 20). A link may have been forwarded with an issue, so it is not enough here:
 * whoever asks names the whole address.
 */
export function owning(cloud: Cloud): Hono {
  const app = new Hono();
  for (const name of ["data", "erase"] as const) {
    app.get(`/:publication/e/:token/${name}`, async (c) => {
      const found = await findReader(cloud, c, "preferences");
      return found.isOurs ? asking(c, name, found) : answer(c, "unknown-link", {}, found);
    });
    app.post(`/:publication/e/:token/${name}`, async (c) => {
      const found = await findReader(cloud, c, "preferences");
      if (!found.isOurs) return answer(c, "unknown-link", {}, found);
      const typed = one(await readFields(c), "address");
      if (!(await isTheirs(cloud, found, typed))) return asking(c, name, found, typed);
      return name === "data" ? download(cloud, c, found) : erase(cloud, c, found, typed);
    });
  }
  return app;
}

const asking = (c: Context, name: "data" | "erase", { publication, subscriber, here }: Holder, typed?: string) =>
  answer(
    c,
    name,
    { typed: typed ?? "", isWrong: typed !== undefined, here },
    { publication, language: subscriber?.language, status: typed === undefined ? 200 : 422 },
  );

async function download(cloud: Cloud, c: Context, { publication, addressKey }: Holder): Promise<Response> {
  const data = await dataOf(cloud, addressKey);
  return c.body(`${JSON.stringify(data, null, 2)}\n`, 200, {
    "Content-Type": "application/json; charset=utf-8",
    "Content-Disposition": `attachment; filename="${publication.id}.json"`,
  });
}

async function erase(cloud: Cloud, c: Context, holder: Holder, typed: string): Promise<Response> {
  const { publication, addressKey, subscriber } = holder;
  await eraseReader(cloud, addressKey, readAddress(typed));
  return answer(c, "erased", {}, { publication, language: subscriber?.language });
}
