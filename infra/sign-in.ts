import { Duration, RemovalPolicy, SecretValue, Stack } from "aws-cdk-lib";
import {
  CfnManagedLoginBranding,
  OAuthScope,
  type UserPool,
  UserPoolClient,
  UserPoolClientIdentityProvider,
} from "aws-cdk-lib/aws-cognito";
import { Secret } from "aws-cdk-lib/aws-secretsmanager";
import { Construct } from "constructs";
import type { Cloud } from "./cloud.ts";
import { acknowledge } from "./parts/acknowledge.ts";
import type { Issuer } from "./stages.ts";

/** What stands only after the functions do. */
export interface Places {
  readonly deskUrl: string;
  /** Where publications hang beside each other. */
  readonly siteUrl: string | undefined;
  /** The id of what stands before the public files; undefined where nothing does. */
  readonly distribution: string | undefined;
}

/**
 * Writes down how people get in at the desk. It knows the desk's address, which stands only after the function does: so
 * the function finds it by name, as a secret.
 */
export class SignIn extends Construct {
  constructor(scope: Construct, { stage, secrets, directory }: Cloud, places: Places) {
    super(scope, "SignIn");
    const { deskUrl } = places;
    const issuer = stage.issuer ? foreign(stage.issuer) : directory ? ours(this, directory.pool, deskUrl) : undefined;
    if (!issuer) throw new Error("a stage wants an issuer or a directory of its own");
    const secret = new Secret(this, "Secret", {
      secretName: secrets.signIn.name,
      description: "How people sign in at the desk.",
      secretStringValue: SecretValue.unsafePlainText(Stack.of(this).toJsonString({ ...issuer, ...places })),
      // The next deployment writes it anew; kept, it would stand in its own way.
      removalPolicy: RemovalPolicy.DESTROY,
    });
    acknowledge(secret, { "AwsSolutions-SMG4": "Nothing in it is ours to rotate: the stack writes what it has made." });
  }
}

/** As `core/desk/sign-in.ts` reads it. None of it is secret: where a client has a secret, that one comes from its own. */
type Written = Readonly<Record<string, string | boolean | undefined>>;

const foreign = ({ url, clientId, clientSecret, trustsAddresses }: Issuer): Written => ({
  ...{ issuer: url, clientId, trustsAddresses },
  clientSecret: clientSecret && SecretValue.secretsManager(clientSecret).unsafeUnwrap(),
});

/** Cognito's pages and a client for the desk alone: no secret, but PKCE; tokens are looked at once and never kept. */
function ours(scope: Construct, pool: UserPool, deskUrl: string): Written {
  const client = new UserPoolClient(scope, "Client", {
    userPool: pool,
    userPoolClientName: "desk",
    generateSecret: false,
    // A choice of code or passkey; a password alone is no way in through any other door.
    authFlows: { user: true },
    oAuth: {
      flows: { authorizationCodeGrant: true },
      scopes: [OAuthScope.OPENID, OAuthScope.EMAIL],
      callbackUrls: [`${deskUrl}/session/callback`],
      logoutUrls: [`${deskUrl}/`],
    },
    supportedIdentityProviders: [UserPoolClientIdentityProvider.COGNITO],
    preventUserExistenceErrors: true,
    idTokenValidity: shortest,
    accessTokenValidity: shortest,
    refreshTokenValidity: Duration.hours(1),
    enableTokenRevocation: true,
  });
  new CfnManagedLoginBranding(scope, "Looks", {
    userPoolId: pool.userPoolId,
    clientId: client.userPoolClientId,
    useCognitoProvidedValues: true,
  });
  return { issuer: pool.userPoolProviderUrl, clientId: client.userPoolClientId, userPool: pool.userPoolId };
}

/** The least Cognito knows; the desk's own session lasts twelve hours. */
const shortest = Duration.minutes(5);
