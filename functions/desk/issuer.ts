import * as openid from "openid-client";
import { type Claims, type IssuerSettings, provenAddress } from "../../core/desk/issuer.ts";
import { freshMinutes } from "../../core/desk/routes.ts";
import { Refusal } from "../../core/refusal.ts";
import type { Language } from "../../core/words.ts";

/** Asks an issuer who somebody is: OpenID Connect's code flow, with PKCE. */

/** What has to be kept between going there and coming back. */
export interface Kept {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  /** Whether they have to show anew who they are. */
  readonly isFresh: boolean;
}
export interface Going {
  /** The issuer's page. */
  readonly url: string;
  readonly kept: Kept;
}
export interface Wish {
  readonly isFresh: boolean;
  readonly language: Language;
  /** Whom to offer first. */
  readonly address?: string | undefined;
}
export interface Proven {
  readonly address: string;
  /** When they showed who they are, as far as the issuer says. */
  readonly at: string | undefined;
}

export interface Issuer {
  /** @throws Refusal `issuer-silent` */
  go(wish: Wish): Promise<Going>;
  /** @throws Refusal `sign-in-declined`, `sign-in-failed`, `issuer-silent`, and what {@link provenAddress} throws */
  comeBack(query: URLSearchParams, kept: Kept): Promise<Proven>;
}

/** An issuer that is slower than this keeps nobody waiting. */
const patienceSeconds = 8;

/** @param callback where the issuer sends people back to, as it is registered there */
export function openIssuer(settings: IssuerSettings, callback: URL): Issuer {
  const found = remembered(() => discover(settings));
  return {
    async go({ isFresh, language, address }) {
      const kept = keep(isFresh);
      const url = openid.buildAuthorizationUrl(await found(), {
        ...{ redirect_uri: callback.href, scope: "openid email", ...spoken(settings, language) },
        ...{ state: kept.state, nonce: kept.nonce, code_challenge_method: "S256" },
        code_challenge: await openid.calculatePKCECodeChallenge(kept.verifier),
        ...(address !== undefined && { login_hint: address }),
        // Both: Cognito heeds the first, others the second.
        ...(isFresh && { prompt: "login", max_age: String(freshMinutes * 60) }),
      });
      return { url: url.href, kept };
    },
    async comeBack(query, kept) {
      const config = await found();
      return inOurWords(() => prove(config, withQuery(callback, query), kept, settings));
    },
  };
}

/** Cognito's pages know a word of their own for what the standard calls `ui_locales`. @see https://docs.aws.amazon.com/cognito/latest/developerguide/authorization-endpoint.html */
export const spoken = ({ issuer }: Pick<IssuerSettings, "issuer">, language: Language) => ({
  ui_locales: language,
  ...(new URL(issuer).hostname.startsWith("cognito-idp.") && { lang: language }),
});

const keep = (isFresh: boolean): Kept => ({
  state: openid.randomState(),
  nonce: openid.randomNonce(),
  verifier: openid.randomPKCECodeVerifier(),
  isFresh,
});

/** Who has come back. The library holds state, issuer, nonce, audience, times and signature against what was kept. */
async function prove(config: openid.Configuration, came: URL, kept: Kept, settings: IssuerSettings): Promise<Proven> {
  const tokens = await openid.authorizationCodeGrant(config, came, {
    ...{ expectedState: kept.state, expectedNonce: kept.nonce, pkceCodeVerifier: kept.verifier },
    // An issuer that was asked for a fresh sign-in has to say when it was.
    ...(kept.isFresh && { maxAge: freshMinutes * 60 }),
  });
  const claims = tokens.claims();
  if (!claims) throw new Refusal("sign-in-failed");
  // Some tell no more than an id there, and the rest to who asks.
  const told: Claims = claims.email ? claims : await openid.fetchUserInfo(config, tokens.access_token, claims.sub);
  return {
    address: provenAddress(told, settings),
    at: claims.auth_time === undefined ? undefined : new Date(claims.auth_time * 1000).toISOString(),
  };
}

/** @throws Refusal `issuer-silent` */
async function discover({ issuer, clientId, clientSecret }: IssuerSettings): Promise<openid.Configuration> {
  const url = new URL(issuer);
  const proof = clientSecret === undefined ? openid.None() : openid.ClientSecretPost(clientSecret);
  const execute = [
    openid.enableNonRepudiationChecks,
    ...(url.protocol === "http:" ? [openid.allowInsecureRequests] : []),
  ];
  try {
    return await openid.discovery(url, clientId, clientSecret, proof, { execute, timeout: patienceSeconds });
  } catch (trouble) {
    console.error({ issuer: url.host, fault: String(trouble) });
    throw new Refusal("issuer-silent");
  }
}

/** An issuer hardly ever moves; one that did not answer is asked again. */
const rememberedMilliseconds = 3_600_000;

function remembered<T>(ask: () => Promise<T>): () => Promise<T> {
  let known: { readonly answer: Promise<T>; readonly until: number } | undefined;
  return () => {
    if (known && performance.now() < known.until) return known.answer;
    const answer = ask();
    known = { answer, until: performance.now() + rememberedMilliseconds };
    answer.catch(() => {
      known = undefined;
    });
    return answer;
  };
}

/** Behind a proxy nobody knows under what name we were asked: only the query is theirs. */
function withQuery(callback: URL, query: URLSearchParams): URL {
  const url = new URL(callback);
  url.search = query.toString();
  return url;
}

/** Says what went wrong without a word of what came: it may hold a code or a token. */
async function inOurWords<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (trouble) {
    if (trouble instanceof Refusal) throw trouble;
    if (trouble instanceof openid.AuthorizationResponseError && trouble.error === "access_denied")
      throw new Refusal("sign-in-declined");
    const { name, code } = trouble as { readonly name?: string; readonly code?: string };
    // No fault of ours, but an alarm counts them: many at once are.
    console.warn({ signIn: "failed", name, code });
    throw new Refusal("sign-in-failed");
  }
}
