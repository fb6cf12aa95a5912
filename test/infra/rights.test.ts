import { beforeAll, describe, expect, it } from "vitest";
import { large, ofType, synthesised, type Template } from "./synthesised.ts";

interface Statement {
  readonly Effect: "Allow" | "Deny";
  readonly Action: string | string[];
  readonly Resource?: unknown;
}

let template: Template;
beforeAll(() => {
  template = synthesised([large])("kurier-gross");
});

const statements = (type: string): [string, Statement][] =>
  ofType(template, type).flatMap(([id, { Properties }]) =>
    (Properties.PolicyDocument.Statement as Statement[]).map((statement): [string, Statement] => [id, statement]),
  );
const allowed = () => statements("AWS::IAM::Policy").filter(([, { Effect }]) => Effect === "Allow");

/** A resource the way a person reads it: logical ids without their hash, the account's own parts left out. */
function asRead(resource: unknown): string {
  if (typeof resource === "string") return resource;
  const [[operation, operand] = []] = Object.entries(resource as object);
  if (operation === "Fn::Join") return (operand[1] as unknown[]).map(asRead).join("");
  return `<${[operand].flat()[0].replace(/[0-9A-F]{8}$/, "")}>`;
}
/** "Deliver" → what it may do where, as "action resource". */
function rightsOf(role: string): string[] {
  return allowed()
    .filter(([id]) => id.startsWith(role))
    .flatMap(([, { Action, Resource }]) =>
      [Action].flat().flatMap((action) => [Resource].flat().map((resource) => `${action} ${asRead(resource)}`)),
    )
    .sort();
}

describe("what each function may do", () => {
  it("is never a whole family of actions", () => {
    expect(allowed().filter(([, { Action }]) => [Action].flat().some((action) => action.includes("*")))).toEqual([]);
  });

  it("comes from no policy AWS manages", () => {
    for (const [, { Properties }] of ofType(template, "AWS::IAM::Role")) {
      expect(Properties.ManagedPolicyArns).toBeUndefined();
    }
  });

  it("ends in an asterisk only where names are made while we run, or AWS knows no resource", () => {
    const wild = allowed().flatMap(([, { Action, Resource }]) =>
      [Resource]
        .flat()
        .map(asRead)
        .filter((resource) => resource.includes("*"))
        .flatMap((resource) => [Action].flat().map((action) => `${action} ${resource}`)),
    );
    expect([...new Set(wild)].sort()).toEqual([
      "s3:GetObject <StorageDesk>/articles/*",
      "s3:GetObject <StorageDesk>/editions/*",
      "s3:GetObject <StorageDesk>/originals/*",
      "s3:GetObject <StorageDesk>/submissions/*",
      "s3:PutObject <StorageDesk>/articles/*",
      "s3:PutObject <StorageDesk>/editions/*",
      "s3:PutObject <StorageDesk>/originals/*",
      "s3:PutObject <StorageSite>/*",
      "scheduler:CreateSchedule arn:<AWS::Partition>:scheduler:eu-central-1:<AWS::AccountId>:schedule/kurier-gross/*",
      "scheduler:DeleteSchedule arn:<AWS::Partition>:scheduler:eu-central-1:<AWS::AccountId>:schedule/kurier-gross/*",
      "scheduler:UpdateSchedule arn:<AWS::Partition>:scheduler:eu-central-1:<AWS::AccountId>:schedule/kurier-gross/*",
      "ses:GetSendQuota *",
    ]);
  });

  it("lets nobody but deliver send letters, and deliver only from the stage's own senders", () => {
    const senders = allowed().filter(([, { Action }]) => [Action].flat().includes("ses:SendRawEmail"));
    expect(senders.map(([id]) => id.replace(/Role.*/, ""))).toEqual(["Deliver"]);
    expect(rightsOf("Deliver").filter((right) => right.startsWith("ses:SendRawEmail"))).toEqual([
      "ses:SendRawEmail arn:<AWS::Partition>:ses:eu-central-1:<AWS::AccountId>:configuration-set/<SenderEditions>",
      "ses:SendRawEmail arn:<AWS::Partition>:ses:eu-central-1:<AWS::AccountId>:identity/<Senderboteexampleorg>",
      "ses:SendRawEmail arn:<AWS::Partition>:ses:eu-central-1:<AWS::AccountId>:identity/<Sendervereinexampleorg>",
    ]);
  });

  it("lets nobody take away what others handed in or published", () => {
    expect(allowed().some(([, { Action }]) => [Action].flat().some((action) => action.startsWith("s3:Delete")))).toBe(
      false,
    );
  });

  it("lets the sweep see rows and wake rounds, no more", () => {
    expect([...new Set(rightsOf("Sweep").map((right) => right.replace(/:.*/, "")))]).toEqual([
      "dynamodb",
      "iam",
      "logs",
      "scheduler",
      "sqs",
    ]);
  });

  it("lets every function write its own log and no other", () => {
    const logs = allowed().filter(([, { Action }]) => [Action].flat().some((action) => action.startsWith("logs:")));
    for (const [id, { Resource }] of logs) expect(asRead(Resource)).toBe(`<${id.replace(/Role.*/, "")}Log>`);
    expect(logs).toHaveLength(7);
  });
});
