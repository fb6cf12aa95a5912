import { beforeAll, describe, expect, it, vi } from "vitest";
import { freshMinutes, freshRoutes, routeRights } from "../../../../core/desk/routes.ts";
import { type ActName, may, type Role, roles } from "../../../../core/rights.ts";
import { openTestCloud } from "../../../cloud/test-cloud.ts";
import { aDesk, deskUrl, publication, type Visitor } from "./a-desk.ts";

/** Every route of the desk, tried by every role over HTTP: the table of routes and the table of rights, taken at their word. */

const routes = Object.entries(routeRights) as [string, ActName | "any"][];

/** Nothing stands under these names: a door that opens leads to a page that says so. */
const pathOf = (route: string): string =>
  route
    .slice(route.indexOf(" ") + 1)
    .replace("/:publication", "")
    .replace(/:issue/, "2031-07")
    .replace(/:\w+(\{[^}]*\})?/g, "nothing-of-the-kind");

type House = Awaited<ReturnType<typeof aDesk>>;
let house: House;
let close: () => void;
const visitors = new Map<Role, Visitor>();
beforeAll(async () => {
  for (const way of ["error", "warn", "info"] as const) vi.spyOn(console, way).mockImplementation(() => {});
  const { cloud, remove } = openTestCloud();
  close = remove;
  house = await aDesk(cloud);
  for (const role of roles) visitors.set(role, await house.as(role));
  return () => close();
});

const asks = async (route: string, visitor: Visitor | undefined): Promise<Response> => {
  const path = pathOf(route);
  if (!visitor) {
    const method = route.split(" ")[0] ?? "GET";
    const headers = { "sec-fetch-site": "same-origin" };
    return house.app.request(new URL(`/${publication}${path}`, deskUrl).href, { method, headers });
  }
  return route.startsWith("GET") ? visitor.get(path) : visitor.post(path);
};

const mayEnter = (role: Role, right: ActName | "any", { person }: Visitor): boolean =>
  right === "any" || may({ id: person.id, roles: [role] }, right, thingFor(person.id));
const thingFor = (by: string) => ({ publication, kind: "publication", id: publication, by }) as const;

describe.each(routes)("%s", (route, right) => {
  it.each(roles)(`opens to %s, or does not, as “${right}” says`, async (role) => {
    const visitor = visitors.get(role) as Visitor;
    const { status, headers } = await asks(route, visitor);
    if (!mayEnter(role, right, visitor)) return expect(status).toBe(403);
    expect([200, 303, 404, 409, 422]).toContain(status);
    expect(headers.get("location") ?? "").not.toMatch(/^\/session/);
  });

  it("opens to nobody who is not signed in", async () => {
    const { status, headers } = await asks(route, undefined);
    expect([status, headers.get("location")?.startsWith("/session")]).toEqual([303, true]);
  });

  it("is a route the desk has", () => {
    const [method, path] = route.split(" ");
    expect(house.app.routes.some((one) => one.method === method && one.path === path)).toBe(true);
  });
});

describe("what cannot be taken back for ever", () => {
  it.each(routes.filter(([route]) => freshRoutes.has(route)))(
    "%s asks for a sign-in of the last ten minutes",
    async (route, right) => {
      const role = roles.find((one) => mayEnter(one, right, visitors.get(one) as Visitor)) as Role;
      const visitor = await house.as(role);
      expect((await asks(route, visitor)).headers.get("location") ?? "").not.toContain("why=again");
      house.cloud.clock.advance({ minutes: freshMinutes, seconds: 1 });
      const { status, headers } = await asks(route, visitor);
      expect([status, headers.get("location")]).toEqual([303, expect.stringContaining("why=again")]);
    },
  );

  it("is what is in the table", () => {
    for (const route of freshRoutes) expect(Object.keys(routeRights)).toContain(route);
  });
});
