import {
  AdminCreateUserCommand,
  AdminDeleteUserCommand,
  CognitoIdentityProviderClient,
  UserNotFoundException,
  UsernameExistsException,
} from "@aws-sdk/client-cognito-identity-provider";
import { readSignIn } from "../../core/desk/sign-in.ts";
import type { Directory } from "./cloud.ts";

/**
 * The stage's user pool. Whoever is in it may prove an address; what they may do, our own rows say. Where another house
 * says who somebody is, nobody is entered anywhere.
 *
 * @param readSecret answers the secret "sign-in"
 */
export function poolDirectory(readSecret: () => Promise<string>): Directory {
  let client: CognitoIdentityProviderClient | undefined;
  const inPool = async (act: (pool: CognitoIdentityProviderClient, UserPoolId: string) => Promise<unknown>) => {
    const { userPool } = readSignIn(await readSecret());
    if (userPool === undefined) return;
    client ??= new CognitoIdentityProviderClient({ requestHandler });
    await act(client, userPool);
  };
  return {
    admit: (address) =>
      inPool((pool, UserPoolId) => pool.send(newcomer(UserPoolId, address)).catch(unless(UsernameExistsException))),
    dismiss: (address) =>
      inPool((pool, UserPoolId) =>
        pool.send(new AdminDeleteUserCommand({ UserPoolId, Username: address })).catch(unless(UserNotFoundException)),
      ),
  };
}

const requestHandler = { connectionTimeout: 2_000, requestTimeout: 5_000, throwOnRequestTimeout: true };

/** Without a password: a code by mail is the first way in. The invitation is ours to write. */
const newcomer = (UserPoolId: string, Username: string): AdminCreateUserCommand =>
  new AdminCreateUserCommand({
    ...{ UserPoolId, Username, MessageAction: "SUPPRESS" },
    UserAttributes: [
      { Name: "email", Value: Username },
      { Name: "email_verified", Value: "true" },
    ],
  });

/** Twice is once. */
const unless =
  (kind: new (...given: never[]) => Error) =>
  (fault: unknown): undefined => {
    if (!(fault instanceof kind)) throw fault;
  };
