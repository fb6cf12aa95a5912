import { generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";
import type { IssuerSettings } from "../../../core/desk/issuer.ts";

/** An issuer that says whatever a test wants: what a certified library would never let it say. */
export interface StrangeIssuer {
  readonly settings: IssuerSettings;
  /** What the token says instead of what it should; undefined leaves a claim out. */
  claims: Readonly<Record<string, unknown>>;
  /** What it tells whoever asks about somebody; undefined: it tells nothing. */
  userinfo: Readonly<Record<string, unknown>> | undefined;
  /** Signs with a key nobody knows. */
  isForged: boolean;
  /** Signs nothing at all. */
  isUnsigned: boolean;
  /** How often a code was brought to it. */
  asked: number;
}

const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
const newKey = (): KeyObject => generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey;

export const strangeAddress = "guelsen@elbland.example";

/** @param nonceOf what the desk asked the token to say */
export async function aStrangeIssuer(nonceOf: () => string): Promise<StrangeIssuer> {
  const key = newKey();
  const server = createServer((request, response) => answer(request, response)).listen(0, "127.0.0.1");
  await new Promise((listening) => server.once("listening", listening));
  onTestFinished(() => void server.close());
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const issuer: StrangeIssuer = {
    settings: { issuer: origin, clientId: "desk", trustsAddresses: false },
    ...{ claims: {}, userinfo: undefined, isForged: false, isUnsigned: false, asked: 0 },
  };

  function answer({ url = "" }: IncomingMessage, response: ServerResponse): void {
    response.setHeader("Content-Type", "application/json");
    response.end(JSON.stringify(said(new URL(url, origin).pathname)));
  }
  function said(path: string): object {
    if (path === "/jwks") {
      const { d: _, ...open } = key.export({ format: "jwk" });
      return { keys: [{ ...open, alg: "ES256", use: "sig", kid: "1" }] };
    }
    if (path === "/userinfo") return issuer.userinfo ?? {};
    if (path !== "/token") return metadata(origin);
    issuer.asked += 1;
    return { access_token: randomBytes(8).toString("hex"), token_type: "bearer", expires_in: 60, id_token: idToken() };
  }
  function idToken(): string {
    const now = Math.floor(Date.now() / 1000);
    const usual = { iss: origin, aud: "desk", sub: "g1", iat: now, exp: now + 300, auth_time: now, nonce: nonceOf() };
    const claims = { ...usual, email: strangeAddress, email_verified: true, ...issuer.claims };
    const alg = issuer.isUnsigned ? "none" : "ES256";
    const body = `${encoded({ alg, kid: "1", typ: "JWT" })}.${encoded(claims)}`;
    if (issuer.isUnsigned) return `${body}.`;
    const signer = issuer.isForged ? newKey() : key;
    return `${body}.${sign("sha256", Buffer.from(body), { key: signer, dsaEncoding: "ieee-p1363" }).toString("base64url")}`;
  }
  return issuer;
}

const metadata = (origin: string): object => ({
  ...{ issuer: origin, authorization_endpoint: `${origin}/authorize`, token_endpoint: `${origin}/token` },
  ...{ jwks_uri: `${origin}/jwks`, userinfo_endpoint: `${origin}/userinfo`, response_types_supported: ["code"] },
  ...{ subject_types_supported: ["public"], id_token_signing_alg_values_supported: ["ES256"] },
});
