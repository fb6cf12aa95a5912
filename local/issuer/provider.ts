import { generateKeyPairSync, randomBytes } from "node:crypto";
import Provider, { type Configuration, interactionPolicy } from "oidc-provider";
import { issuerMemory } from "./memory.ts";
import type { SomebodyHere } from "./people-here.ts";

/** OpenID Connect for one machine, by a certified library: the desk cannot tell it from Cognito. */

export interface ProviderParts {
  /** Its own address. */
  readonly issuer: URL;
  /** Where the desk takes people back. */
  readonly callback: URL;
  /** @param id what `SomebodyHere` has for one */
  find(id: string): Promise<SomebodyHere | undefined>;
  /** The page of what went wrong. */
  explain(): string;
}

export const sessionCookie = "issuer-last";
export const localClientId = "desk";

export function localProvider({ issuer, callback, find, explain }: ProviderParts): Provider {
  const provider = new Provider(issuer.origin, {
    adapter: issuerMemory(),
    clients: [clientOf(callback)],
    jwks: { keys: [newKey()] },
    cookies: {
      keys: [randomBytes(32)],
      names: { session: sessionCookie, interaction: "issuer-in", resume: "issuer-back" },
    },
    claims: { openid: ["sub"], email: ["email", "email_verified"] },
    // As Cognito does it: the address stands in the ID token.
    conformIdTokenClaims: false,
    features: { devInteractions: { enabled: false }, rpInitiatedLogout: { enabled: false } },
    interactions: { policy: eachTime(), url: (_, { uid }) => `/who/${uid}` },
    ttl: { AccessToken: 600, AuthorizationCode: 60, Grant: 600, IdToken: 600, Interaction: 3_600, Session: 3_600 },
    clientBasedCORS: () => false,
    findAccount: async (_, id) => {
      const person = await find(id);
      return (
        person && { accountId: id, claims: async () => ({ sub: id, email: person.address, email_verified: true }) }
      );
    },
    loadExistingGrant: async (ctx) => {
      const { session, client } = ctx.oidc;
      if (!session?.accountId || !client) return undefined;
      const grant = new ctx.oidc.provider.Grant({ accountId: session.accountId, clientId: client.clientId });
      grant.addOIDCScope("openid email");
      await grant.save();
      return grant;
    },
    renderError: async (ctx) => {
      ctx.type = "html";
      ctx.body = explain();
    },
  });
  provider.on("server_error", (_, fault) => console.error({ issuer: fault.stack ?? String(fault) }));
  return provider;
}

type ClientSettings = NonNullable<Configuration["clients"]>[number];

const clientOf = (callback: URL): ClientSettings => ({
  client_id: localClientId,
  application_type: "web",
  token_endpoint_auth_method: "none",
  redirect_uris: [callback.href],
  response_types: ["code"],
  grant_types: ["authorization_code"],
  id_token_signed_response_alg: "ES256",
  // As Cognito and Keycloak do: whoever has just signed in is not asked once more before they send.
  require_auth_time: true,
});

/** It signs as long as this process lives: whoever is at the desk already needs it no more. */
const newKey = (): object => ({
  ...generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey.export({ format: "jwk" }),
  ...{ alg: "ES256", use: "sig", kid: "local" },
});

/** Whoever comes is asked who they are, each time: here one changes people, not passwords. */
function eachTime(): interactionPolicy.DefaultPolicy {
  const { Check, Prompt } = interactionPolicy;
  const asked = new Check("each_time", "whoever comes says who they are", (ctx) => !ctx.oidc.result?.login);
  const policy = interactionPolicy.base();
  policy.clear();
  policy.add(new Prompt({ name: "login", requestable: true }, (ctx) => ({ hint: ctx.oidc.params?.login_hint }), asked));
  return policy;
}
