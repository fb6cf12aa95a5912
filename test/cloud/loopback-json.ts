import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export interface Asked {
  /** `PutItem`, `SendMessageBatch` … */
  readonly action: string;
  readonly body: Readonly<Record<string, unknown>>;
}
/** What a service answers: a body, or an error by its code. */
export type Told =
  | { readonly ok: object }
  | { readonly status?: number; readonly code: string; readonly more?: object };

/**
 * A service of AWS's JSON protocols that answers from a script and keeps what it was asked. For what moto cannot do.
 *
 * @param aheadMilliseconds how far its clock is ahead of this machine's
 */
export async function startScript(
  script: readonly Told[],
  { aheadMilliseconds = 0 } = {},
): Promise<{
  url: string;
  asked: readonly Asked[];
  stop(): Promise<void>;
}> {
  const asked: Asked[] = [];
  const server = createServer(async (request, response) => {
    let text = "";
    for await (const part of request) text += part;
    const action = String(request.headers["x-amz-target"]).split(".").at(-1) ?? "";
    const told = script[asked.length] ?? { status: 500, code: "OffScript" };
    asked.push({ action, body: JSON.parse(text || "{}") });
    const [status, body] =
      "ok" in told ? [200, told.ok] : [told.status ?? 400, { __type: told.code, message: told.code, ...told.more }];
    const date = new Date(Date.now() + aheadMilliseconds).toUTCString();
    response.writeHead(status, { "content-type": "application/x-amz-json-1.0", date }).end(JSON.stringify(body));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
