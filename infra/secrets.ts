import { ArnFormat, CfnOutput, RemovalPolicy, Stack } from "aws-cdk-lib";
import { AnyPrincipal, Effect, PolicyStatement } from "aws-cdk-lib/aws-iam";
import { Secret, type SecretStringGenerator } from "aws-cdk-lib/aws-secretsmanager";
import { Construct } from "constructs";
import { acknowledge } from "./parts/acknowledge.ts";
import type { Stage } from "./stages.ts";

/** 43 letters and digits: 256 bits, and a base64url text of 32 bytes. */
const key: SecretStringGenerator = { passwordLength: 43, excludePunctuation: true };

/** Made by AWS at the first deploy, never seen by anyone, kept when the stack goes. */
export class Secrets extends Construct {
  /** Makes an address a reader's key. Never rotated: every row and every link stands on it. */
  readonly address: Secret;
  /** Signs links: one `{ kid, key }` at first, a list of them, newest first, after a rotation. */
  readonly links: Secret;
  /** What CloudFront shows the site so that nobody else may talk to it: `{ a, b }`, both valid. */
  readonly origin: Secret;
  /** How people sign in at the desk, by its name: it is made last, and knows the desk's address. */
  readonly signIn: Readonly<{ name: string; arn: string; secretArn: string }>;

  constructor(scope: Construct, { name }: Stage) {
    super(scope, "Secrets");
    this.signIn = byName(this, `kurier-${name}-sign-in`);
    this.address = kept(this, "Address", "Makes an address a reader's key. Never change it.", key);
    protect(this, this.address);
    this.links = kept(this, "Links", "Signs readers' links.", {
      ...key,
      secretStringTemplate: JSON.stringify({ kid: "k1" }),
      generateStringKey: "key",
    });
    this.origin = kept(this, "Origin", "What CloudFront shows the site.", {
      ...key,
      secretStringTemplate: JSON.stringify({ b: "" }),
      generateStringKey: "a",
    });
  }
}

/** A secret's whole ARN ends in six characters nobody knows beforehand: it is found without them, and allowed with any. */
function byName(scope: Construct, name: string) {
  const arn = Stack.of(scope).formatArn({
    service: "secretsmanager",
    resource: "secret",
    resourceName: name,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  return { name, arn, secretArn: `${arn}-??????` };
}

/**
 * Nobody changes it or throws it away by mistake, CloudFormation neither: whoever means to takes this policy away first.
 * The runbook says when.
 */
function protect(scope: Construct, secret: Secret): void {
  secret.addToResourcePolicy(
    new PolicyStatement({
      effect: Effect.DENY,
      principals: [new AnyPrincipal()],
      actions: ["PutSecretValue", "UpdateSecret", "UpdateSecretVersionStage", "RotateSecret", "DeleteSecret"].map(
        (action) => `secretsmanager:${action}`,
      ),
      resources: ["*"],
    }),
  );
  const { region } = Stack.of(scope);
  new CfnOutput(scope, "Safe", {
    value: `aws secretsmanager get-secret-value --region ${region} --secret-id ${secret.secretArn} --query SecretString --output text`,
    description: "Once, for the safe: this shows the address secret. Never change it",
  });
}

function kept(scope: Construct, id: string, description: string, generateSecretString: SecretStringGenerator): Secret {
  const secret = new Secret(scope, id, { description, generateSecretString, removalPolicy: RemovalPolicy.RETAIN });
  acknowledge(secret, {
    "AwsSolutions-SMG4":
      "A rotation by the clock would break every reader's key or link; the runbook rotates those that may rotate.",
  });
  return secret;
}
