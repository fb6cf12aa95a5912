import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { systemClock } from "../../functions/cloud/clock.ts";
import { managedSecrets } from "../../functions/cloud/secrets.ts";
import { secretsContract } from "../cloud/secrets.contract.ts";
import { reach, rentSecrets } from "./rented.ts";

const key = () => randomBytes(32).toString("base64url");

secretsContract(
  "Secrets Manager",
  async () => {
    const links = JSON.stringify([
      { kid: "k2", key: key() },
      { kid: "k1", key: key() },
    ]);
    const { what: ids, end } = await rentSecrets({ address: key(), links });
    return { secrets: managedSecrets(ids, systemClock), another: managedSecrets(ids, systemClock), end };
  },
  reach,
);

describe("the first link key, as the stack makes it", () => {
  it("is read as a list of one", async () => {
    const first = { kid: "k1", key: key() };
    const { what: ids, end } = await rentSecrets({ address: key(), links: JSON.stringify(first) });
    expect(JSON.parse(await managedSecrets(ids, systemClock).read("links"))).toEqual([first]);
    await end();
  });
});
