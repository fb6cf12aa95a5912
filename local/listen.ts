import type { Server } from "node:http";
import { createAdaptorServer } from "@hono/node-server";
import type { Hono } from "hono";
import { Refusal } from "../core/refusal.ts";

/** An app behind an address of this machine, until somebody closes it. */

export interface Served {
  readonly origin: string;
  close(): Promise<void>;
}

const firstPort = 4810;
const mostTries = 90;

/** On 127.0.0.1, at 4810 or the next port that is free. */
export async function listen(app: Pick<Hono, "fetch">, port = firstPort, tries = 1): Promise<Served> {
  const server = createAdaptorServer({ fetch: app.fetch }) as Server;
  const taken = await new Promise<boolean>((settle, fail) => {
    server.once("error", (trouble: NodeJS.ErrnoException) =>
      trouble.code === "EADDRINUSE" && tries < mostTries ? settle(true) : fail(trouble),
    );
    server.listen(port, "127.0.0.1", () => settle(false));
  });
  if (taken) return listen(app, port + 1, tries + 1);
  return { origin: `http://127.0.0.1:${portOf(server)}`, close: () => closing(server) };
}

function portOf(server: Server): number {
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("the server has no port");
  return address.port;
}

const closing = (server: Server, graceSeconds = 0): Promise<void> =>
  new Promise((closed, fail) => {
    server.close((trouble) => (trouble ? fail(trouble) : closed()));
    server.closeIdleConnections();
    const cut = setTimeout(() => server.closeAllConnections(), graceSeconds * 1000);
    server.once("close", () => clearTimeout(cut));
  });

/** Whoever is being answered when we stop gets this long to take the answer. */
const answerSeconds = 5;

/**
 * At this very address, for a reverse proxy that knows it.
 *
 * @throws Refusal `port-taken`
 */
export async function listenAt(app: Hono, { host, port }: { host: string; port: number }): Promise<Served> {
  const server = createAdaptorServer({ fetch: app.fetch }) as Server;
  // A form is small and a proxy is near: whoever dawdles holds up a hand.
  server.requestTimeout = 30_000;
  // Longer than a proxy keeps its side open, so that it never asks on a line we are just closing.
  server.keepAliveTimeout = 75_000;
  await new Promise<void>((listening, fail) => {
    server.once("error", (trouble: NodeJS.ErrnoException) =>
      fail(trouble.code === "EADDRINUSE" ? new Refusal("port-taken", { host, port }) : trouble),
    );
    server.listen(port, host, listening);
  });
  return { origin: `http://${host}:${portOf(server)}`, close: () => closing(server, answerSeconds) };
}
