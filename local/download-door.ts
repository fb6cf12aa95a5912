import { Hono } from "hono";
import { downloadHeader } from "../functions/cloud/file-key.ts";
import { downloadPath } from "./cloud/downloads.ts";
import type { LocalCloud } from "./cloud/local-cloud.ts";

/** Where browsers fetch private files on one machine, as they fetch them from S3 on AWS, by a link good for minutes. */
export function downloadDoor(cloud: Pick<LocalCloud, "handOut">): Hono {
  const app = new Hono();
  app.get(downloadPath, async (c) => {
    try {
      const { file, name } = await cloud.handOut(c.req.query());
      if (!file) return c.text("404 Not Found", 404);
      return c.body(new Uint8Array(Buffer.from(file.body)), 200, {
        ...{ "Content-Type": file.type, "Content-Disposition": downloadHeader(name) },
        ...{ "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff" },
      });
    } catch (fault) {
      console.info({ download: "refused", because: String(fault) });
      return c.text("403 Forbidden", 403);
    }
  });
  return app;
}
