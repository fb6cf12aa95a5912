import { Fn, RemovalPolicy, Stack } from "aws-cdk-lib";
import {
  AccountRecovery,
  type CfnUserPool,
  FeaturePlan,
  ManagedLoginVersion,
  Mfa,
  PasskeyUserVerification,
  UserPool,
  UserPoolEmail,
} from "aws-cdk-lib/aws-cognito";
import { Construct } from "constructs";
import { fill, words } from "../core/words.ts";
import { acknowledge } from "./parts/acknowledge.ts";
import type { Stage } from "./stages.ts";

/** Who may prove an address at the desk: by a code in a mail, or by a passkey. Nobody enters themselves. */
export class Directory extends Construct {
  readonly pool: UserPool;

  constructor(scope: Construct, stage: Stage) {
    super(scope, "Directory");
    // Short: a name passkeys are bound to has 63 letters at most.
    const domainPrefix = `kurier-${ownMark(Stack.of(this))}`;
    this.pool = new UserPool(this, "Pool", {
      userPoolName: `kurier-${stage.name}`,
      featurePlan: FeaturePlan.ESSENTIALS,
      selfSignUpEnabled: false,
      signInAliases: { email: true },
      signInCaseSensitive: false,
      // Nobody makes another's address theirs: who has a new one is dismissed and admitted again.
      standardAttributes: { email: { required: true, mutable: false } },
      signInPolicy: { allowedFirstAuthFactors: { password: true, emailOtp: true, passkey: true } },
      passkeyUserVerification: PasskeyUserVerification.REQUIRED,
      passkeyRelyingPartyId: `${domainPrefix}.auth.${Stack.of(this).region}.amazoncognito.com`,
      mfa: Mfa.OFF,
      // Cognito demands that passwords exist. Nobody is given one, and nobody gets one by mail.
      passwordPolicy: {
        minLength: 20,
        requireDigits: true,
        requireLowercase: true,
        requireUppercase: true,
        requireSymbols: true,
      },
      accountRecovery: AccountRecovery.NONE,
      email: stage.signInFrom ? ownMail(stage.signInFrom) : undefined,
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    if (stage.signInFrom) speakOurWords(this.pool);
    this.pool.addDomain("Pages", {
      cognitoDomain: { domainPrefix },
      managedLoginVersion: ManagedLoginVersion.NEWER_MANAGED_LOGIN,
    });
    acknowledge(this.pool, {
      "AwsSolutions-COG2":
        "Where Cognito has to ask for a second factor it takes no code by mail. A passkey asks for the device and its owner; a code, for a mailbox whose protection is the office's own.",
      "AwsSolutions-COG8":
        "Threat protection judges passwords, and nobody has one; the plan that brings it costs four times as much.",
    });
  }
}

/** Nobody else in the region may have our pages' name: "arn:…:stack/<name>/<uuid>" ends in twelve letters that are ours. */
const ownMark = ({ stackId }: Stack): string => Fn.select(4, Fn.split("-", Fn.select(2, Fn.split("/", stackId))));

/** By the sender's own domain, which SES must know by then: Cognito looks when the pool is made. */
const ownMail = (fromEmail: string): UserPoolEmail =>
  UserPoolEmail.withSES({
    fromEmail,
    fromName: "Kurier",
    sesVerifiedDomain: fromEmail.slice(fromEmail.indexOf("@") + 1),
  });

/** Nobody knows yet which language somebody reads. */
function speakOurWords(pool: UserPool): void {
  const both = (["de", "en"] as const).map((language) => words(language).signInMail);
  const ours = pool.node.defaultChild as CfnUserPool;
  ours.emailAuthenticationSubject = both.map(({ subject }) => subject).join(" · ");
  ours.emailAuthenticationMessage = both.map(({ text }) => fill(text, { code: "{####}" })).join("<br><br>");
}
