import { beforeAll, describe, expect, it } from "vitest";
import { large, ofType, synthesised, type Template } from "./synthesised.ts";

let template: Template;
beforeAll(() => {
  template = synthesised([large])("kurier-gross");
});
const secret = (id: string) => ofType(template, "AWS::SecretsManager::Secret").find(([one]) => one.startsWith(id))?.[1];

describe("the secrets", () => {
  /** Never change a line: CloudFormation makes a new value wherever the way to make one changes. */
  it("are made once, by AWS, in the way they were first made", () => {
    const made = (id: string) => secret(id)?.Properties.GenerateSecretString;
    const key = { ExcludePunctuation: true, PasswordLength: 43 };
    expect(made("SecretsAddress")).toEqual(key);
    expect(made("SecretsLinks")).toEqual({ ...key, GenerateStringKey: "key", SecretStringTemplate: '{"kid":"k1"}' });
    expect(made("SecretsOrigin")).toEqual({ ...key, GenerateStringKey: "a", SecretStringTemplate: '{"b":""}' });
  });

  it("let nobody change or throw away the one behind readers' keys, whatever rights they hold", () => {
    const policies = ofType(template, "AWS::SecretsManager::ResourcePolicy").map(([, { Properties }]) => Properties);
    expect(policies.map(({ SecretId }) => SecretId.Ref)).toEqual(["SecretsAddress78386479"]);
    const [statement, ...others] = policies[0].ResourcePolicy.Statement;
    expect(others).toEqual([]);
    expect(statement).toMatchObject({ Effect: "Deny", Principal: { AWS: "*" }, Resource: "*" });
    expect(statement.Condition).toBeUndefined();
    // Reading stays with the roles; taking this policy away is the way back.
    expect(statement.Action.sort()).toEqual(
      ["DeleteSecret", "PutSecretValue", "RotateSecret", "UpdateSecret", "UpdateSecretVersionStage"].map(
        (action) => `secretsmanager:${action}`,
      ),
    );
  });

  it("tell the operator at the deployment how the address secret gets into the safe, and show none", () => {
    const [, { Value }] = Object.entries(template.Outputs).find(([id]) => id.startsWith("SecretsSafe")) ?? [
      "",
      { Value: "" },
    ];
    const command = JSON.stringify(Value);
    expect(command).toContain("aws secretsmanager get-secret-value --region eu-central-1 --secret-id ");
    expect(command).toContain('"SecretsAddress78386479"');
    expect(JSON.stringify(template.Outputs)).not.toContain("{{resolve:");
  });

  it("may be written by no function", () => {
    const writers = ofType(template, "AWS::IAM::Policy").filter(([, { Properties }]) =>
      /"secretsmanager:(?!GetSecretValue)/.test(JSON.stringify(Properties)),
    );
    expect(writers).toEqual([]);
  });
});
