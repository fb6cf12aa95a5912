import type { HttpBindings } from "@hono/node-server";
import type { IssuerSettings } from "../../core/desk/issuer.ts";
import type { Language } from "../../core/words.ts";
import type { Cloud } from "../../functions/cloud/cloud.ts";
import { listen, type Served } from "../listen.ts";
import { localIssuer } from "./issuer.ts";
import { localClientId } from "./provider.ts";

export interface OpenIssuer extends Served {
  /** What the desk has to know of it. */
  readonly settings: IssuerSettings;
}

/** The local issuer on a port of its own. @param callback where the desk takes people back */
export async function openLocalIssuer(
  cloud: Cloud,
  { language, callback, port }: { readonly language: Language; readonly callback: URL; readonly port?: number },
): Promise<OpenIssuer> {
  // It names itself in all it says, so it has to know its port before it says anything.
  let app: ReturnType<typeof localIssuer> | undefined;
  const served = await listen(
    { fetch: (request, env) => app?.fetch(request, env as HttpBindings) ?? new Response("", { status: 503 }) },
    port,
  );
  app = localIssuer({ cloud, language, callback, issuer: new URL(served.origin) });
  return { ...served, settings: { issuer: served.origin, clientId: localClientId, trustsAddresses: false } };
}
