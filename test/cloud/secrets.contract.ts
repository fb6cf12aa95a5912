import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readSignIn } from "../../core/desk/sign-in.ts";
import type { SecretName, Secrets } from "../../functions/cloud/cloud.ts";
import { groups, type Made, type Reach } from "./contract.ts";

export interface MadeSecrets extends Made {
  readonly secrets: Secrets;
  /** Another process's view of the same secrets. */
  readonly another?: Secrets;
  /** What was written down of how people sign in. */
  readonly signIn: string;
}

/** As the stack, or who serves a desk, writes it down. */
export const aSignIn = JSON.stringify({
  issuer: "https://issuer.example/pool",
  clientId: "desk",
  deskUrl: "https://redaktion.example/",
  userPool: "eu-central-1_abc",
});

/** 32 bytes, base64url. */
const key = /^[A-Za-z0-9_-]{43}$/;

export function secretsContract(name: string, make: () => Promise<MadeSecrets>, reach: Reach = {}): void {
  const { everywhere } = groups(reach);

  describe(`secrets, ${name}`, () => {
    let made: MadeSecrets;
    beforeAll(async () => {
      made = await make();
    });
    afterAll(() => made?.end?.());

    everywhere("reading", () => {
      it("knows one address secret, the same for everybody and for ever", async () => {
        const address = await made.secrets.read("address");
        expect(address).toMatch(key);
        expect(await made.secrets.read("address")).toBe(address);
        expect(await (made.another ?? made.secrets).read("address")).toBe(address);
      });

      it("knows the link keys, newest first, each with its name", async () => {
        const keys = JSON.parse(await made.secrets.read("links")) as { kid: string; key: string }[];
        expect(keys.length).toBeGreaterThan(0);
        for (const link of keys) {
          expect(link.kid).toMatch(/^[A-Za-z0-9_-]+$/);
          expect(link.key).toMatch(key);
        }
        expect(new Set(keys.map(({ kid }) => kid)).size).toBe(keys.length);
        expect(keys.map((link) => link.key)).not.toContain(await made.secrets.read("address"));
      });

      it("knows who says who somebody at the desk is, and where the desk stands", async () => {
        const text = await made.secrets.read("sign-in");
        expect(text).toBe(made.signIn);
        expect(readSignIn(text)).toEqual({
          issuer: { issuer: "https://issuer.example/pool", clientId: "desk", trustsAddresses: false },
          ...{ deskUrl: "https://redaktion.example", userPool: "eu-central-1_abc" },
        });
      });

      it("has nothing under another name", async () => {
        await expect(made.secrets.read("toString" as SecretName)).rejects.toThrow();
        await expect(made.secrets.read("none" as SecretName)).rejects.toThrow();
      });
    });
  });
}
