import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import type { BrowserContext } from "playwright-core";
import type { KnownPerson } from "../../core/person.ts";
import type { Role } from "../../core/rights.ts";
import { desk } from "../../functions/desk.ts";
import { openSession } from "../../functions/records/sessions.ts";
import type { TestCloud } from "../cloud/test-cloud.ts";
import { aPerson } from "../functions/desk/routes/a-desk.ts";

/** The desk on a port of its own, for a real browser. */
export interface DeskRoom {
  readonly origin: string;
  /** Somebody with these roles, signed in in this browser window. */
  enter(context: BrowserContext, name: string, roles: readonly Role[]): Promise<KnownPerson>;
  close(): Promise<void>;
}

export async function openDeskRoom(cloud: TestCloud): Promise<DeskRoom> {
  let listener: ReturnType<typeof getRequestListener> | undefined;
  const server = createServer((request, response) => listener?.(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  listener = getRequestListener(desk(cloud, { baseUrl: new URL(origin) }).fetch);
  return {
    origin,
    enter: async (context, name, roles) => {
      const person = await aPerson(cloud, name, roles);
      const signedInAt = cloud.clock.now().toISOString();
      const value = await openSession(cloud, { addressKey: person.addressKey, signedInAt });
      await context.addCookies([{ name: "kurier-desk", value, url: origin, httpOnly: true, sameSite: "Lax" }]);
      return person;
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
