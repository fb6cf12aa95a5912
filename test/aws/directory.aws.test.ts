import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { poolDirectory } from "../../functions/cloud/directory.ts";
import { directoryContract } from "../cloud/directory.contract.ts";
import { reach, rentPool } from "./rented.ts";

const signIn = (userPool?: string): string =>
  JSON.stringify({ issuer: "https://issuer.example", clientId: "desk", deskUrl: "https://desk.example", userPool });

directoryContract(
  "Cognito",
  async () => {
    const { id, find, end } = await rentPool();
    const knows = async (address: string) => (await find(address)) !== undefined;
    return { directory: poolDirectory(async () => signIn(id)), knows, end };
  },
  reach,
);

describe("somebody in the user pool", () => {
  let pool: Awaited<ReturnType<typeof rentPool>>;
  beforeAll(async () => {
    pool = await rentPool();
  });
  afterAll(() => pool.end());

  it("has an address that counts as verified, for a code by mail is how they prove it", async () => {
    await poolDirectory(async () => signIn(pool.id)).admit("mara@rathaus.example");
    const { UserAttributes = [] } = (await pool.find("mara@rathaus.example")) ?? {};
    expect(UserAttributes).toContainEqual({ Name: "email", Value: "mara@rathaus.example" });
    expect(UserAttributes).toContainEqual({ Name: "email_verified", Value: "true" });
  });
});

describe("where another house says who somebody is", () => {
  it("nobody is entered anywhere", async () => {
    const directory = poolDirectory(async () => signIn());
    await directory.admit("mara@rathaus.example");
    await directory.dismiss("mara@rathaus.example");
  });
});
