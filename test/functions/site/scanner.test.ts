import { createHash } from "node:crypto";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { readSubscriber } from "../../../functions/records/subscribers.ts";
import { keyOf, takeIn } from "../an-issue-to-send.ts";
import { almut, aStreet, confirmLink, linkOf, type Street } from "./a-street.ts";

/** Mailbox providers, virus scanners and previews fetch every link of every letter, some of them many times. */

let street: Street;
let links: readonly string[];
beforeEach(async () => {
  vi.spyOn(console, "error").mockImplementation(() => {});
  street = await aStreet();
  await takeIn(street.cloud, [almut]);
  const [leave, preferences] = [await linkOf(street, "leave"), await linkOf(street, "preferences")];
  links = [
    ...[leave, `${leave}/undo`, preferences],
    ...["address", "data", "erase"].map((page) => `${preferences}/${page}`),
    await confirmLink(street, { address: "neu@auenrode.example" }),
    "/elblandbote/s",
  ];
});

/** What lies on the disk, whole. */
function everything(): string {
  const digest = createHash("sha256");
  for (const file of ["kurier.db", "table.db"]) {
    const database = new DatabaseSync(join(street.cloud.folder, file), { readOnly: true });
    const tables = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").all();
    for (const { name } of tables) digest.update(JSON.stringify(database.prepare(`SELECT * FROM "${name}"`).all()));
    database.close();
  }
  return digest.digest("hex");
}

const visits = [
  { method: "GET" },
  { method: "HEAD" },
  { method: "OPTIONS", headers: { origin: "https://evil.example", "access-control-request-method": "POST" } },
  { method: "GET", headers: { "sec-purpose": "prefetch;prerender", purpose: "prefetch" } },
  { method: "GET", headers: { "x-http-method-override": "POST" } },
];

describe("scanners", () => {
  it("change nothing by 10,000 visits to the links of a letter", async () => {
    const before = everything();
    const tenThousand = Array.from({ length: 10_000 }, (_, index) => index);
    for (const index of tenThousand) {
      const path = links[index % links.length] ?? "";
      const visit = visits[Math.floor(index / links.length) % visits.length];
      const { status, headers } = await street.app.request(path, visit);
      if (status >= 500 || headers.has("set-cookie") || headers.has("location"))
        expect.unreachable(`${status} ${path}`);
    }
    expect(everything()).toBe(before);
    expect(street.asked).toEqual([]);
    expect(await readSubscriber(street.cloud, "elblandbote", await keyOf(street.cloud, almut))).toMatchObject({
      state: "confirmed",
    });
  }, 120_000);
});
