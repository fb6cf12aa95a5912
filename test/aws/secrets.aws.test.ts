import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { rotated } from "../../core/subscriber/link-rotation.ts";
import { systemClock } from "../../functions/cloud/clock.ts";
import { managedLinkKeys } from "../../functions/cloud/link-keys.ts";
import { managedSecrets } from "../../functions/cloud/secrets.ts";
import { aSignIn, secretsContract } from "../cloud/secrets.contract.ts";
import { reach, rentSecrets } from "./rented.ts";

const key = () => randomBytes(32).toString("base64url");
const others = { address: key(), "sign-in": aSignIn };

secretsContract(
  "Secrets Manager",
  async () => {
    const links = JSON.stringify([
      { kid: "k2", key: key() },
      { kid: "k1", key: key() },
    ]);
    const { what: ids, end } = await rentSecrets({ address: key(), links, "sign-in": aSignIn });
    const [secrets, another] = [managedSecrets(ids, systemClock), managedSecrets(ids, systemClock)];
    return { secrets, another, signIn: aSignIn, end };
  },
  reach,
);

describe("the first link key, as the stack makes it", () => {
  it("is read as a list of one", async () => {
    const first = { kid: "k1", key: key() };
    const { what: ids, end } = await rentSecrets({ ...others, links: JSON.stringify(first) });
    expect(JSON.parse(await managedSecrets(ids, systemClock).read("links"))).toEqual([first]);
    await end();
  });
});

describe("the link keys, for who may change them", () => {
  it("are read as they stand, and replaced as a whole", async () => {
    const first = JSON.stringify({ kid: "k1", key: key() });
    const { what: ids, end } = await rentSecrets({ ...others, links: first });
    const keys = managedLinkKeys(ids.links);
    expect(await keys.read()).toBe(first);
    const { text } = rotated(first, { kid: "k2", key: key() }, new Date());
    await keys.replace(text);
    expect(await keys.read()).toBe(text);
    expect(JSON.parse(await managedSecrets(ids, systemClock).read("links"))).toEqual(JSON.parse(text));
    await end();
  });
});
