import { SESClient } from "@aws-sdk/client-ses";
import { useReadyBodies } from "./ready-body.ts";
import { Sha256 } from "./sha256.ts";
import type { wire } from "./wire.ts";

/** What the client does at every call and no letter needs; together a tenth of its CPU. */
const needless = ["getUserAgentMiddleware", "loggerMiddleware", "recursionDetectionMiddleware"];

/** The official client, relieved of all it would do anew for each of a million letters that are alike. */
export function letterClient(requestHandler: ReturnType<typeof wire>): SESClient {
  const client = new SESClient({ maxAttempts: 1, requestHandler, cacheMiddleware: true, sha256: Sha256 });
  for (const name of needless) client.middlewareStack.remove(name);
  useReadyBodies(client);
  const { signer } = client.config;
  let known: ReturnType<typeof signer> | undefined;
  client.config.signer = (scheme) => {
    known ??= signer(scheme);
    return known;
  };
  return client;
}
