import { beforeEach, expect, it, vi } from "vitest";
import { linkRing, linkToken } from "../../core/subscriber/link.ts";
import { savePublication } from "../../functions/records/publications.ts";
import { site } from "../../functions/site.ts";
import { type TestCloud, testCloud } from "../cloud/test-cloud.ts";
import { aPublication } from "../people-and-papers.ts";
import { keyOf, place, takeIn } from "./an-issue-to-send.ts";

const almut = "almut@stadt-auenrode.example";
let cloud: TestCloud;
let tokens: string[];
let logged: string[];

beforeEach(async () => {
  logged = [];
  for (const method of ["log", "info", "warn", "error", "debug", "trace"] as const) {
    vi.spyOn(console, method).mockImplementation((...said: unknown[]) => {
      logged.push(said.map((one) => (one instanceof Error ? `${one.stack}` : JSON.stringify(one))).join(" "));
    });
  }
  for (const stream of [process.stdout, process.stderr]) {
    vi.spyOn(stream, "write").mockImplementation((text) => logged.push(String(text)) > 0);
  }
  cloud = testCloud();
  await savePublication(cloud, aPublication());
  await takeIn(cloud, [almut]);
  const ring = linkRing(await cloud.secrets.read("links"));
  const key = await keyOf(cloud, almut);
  tokens = (["leave", "preferences"] as const).map((purpose) => linkToken(ring, purpose, key, place.publication));
});

/** Whatever may go wrong while somebody follows their link: said with the link itself, as careless libraries do. */
const weather: Readonly<Record<string, (cloud: TestCloud) => TestCloud>> = {
  "all is well": (cloud) => cloud,
  "the table is down": (cloud) => ({ ...cloud, table: { ...cloud.table, get: down, write: down } }),
  "the journal is down": (cloud) => ({ ...cloud, files: { ...cloud.files, write: down } }),
  "the secrets are down": (cloud) => ({ ...cloud, secrets: { ...cloud.secrets, read: down } }),
};
const down = async (): Promise<never> => {
  throw new Error("no answer");
};

it.each(Object.keys(weather))("leaves no token and no address in any log line when %s", async (name) => {
  const app = site(weather[name]?.(cloud) ?? cloud);
  for (const [index, path] of ["u", "e"].entries()) {
    const link = `/${place.publication}/${path}/${tokens[index]}`;
    for (const address of [link, `${link}x`, `${link}?a=1`, `/${place.publication}/${path}/%${tokens[index]}`]) {
      await app.request(address);
      await app.request(address, { method: "POST", body: "List-Unsubscribe=One-Click" });
    }
  }
  const lines = logged.join("\n");
  if (name !== "all is well") expect(lines).toContain("no answer");
  for (const secret of [...tokens, ...tokens.map((token) => token.split(".").at(-1) ?? ""), almut, "almut"])
    expect(lines).not.toContain(secret);
});
