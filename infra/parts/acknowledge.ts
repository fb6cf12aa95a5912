import { Stack, Validations } from "aws-cdk-lib";
import type { IConstruct } from "constructs";

/** Answers findings of cdk-nag: the rule, and in one sentence why it does not hold here. */
export function acknowledge(construct: IConstruct, reasons: Readonly<Record<string, string>>): void {
  Validations.of(construct).acknowledge(...Object.entries(reasons).map(([id, reason]) => ({ id, reason })));
}

/** Answers a right that ends in an asterisk, that one alone: every other is found again. */
export function acknowledgeWildcard(construct: IConstruct, resource: string, reason: string): void {
  const read = asRead(Stack.of(construct).resolve(resource));
  acknowledge(construct, { [`AwsSolutions-IAM5[Resource::${read}]`]: reason });
}

/** A resource as cdk-nag reads it out of the template: `<StorageDesk48B3B6BC.Arn>/editions/*`. */
function asRead(value: unknown): string {
  if (typeof value === "string") return value;
  const [[operation, operand] = []] = Object.entries(value as object) as [string, string | string[]][];
  if (operation === "Ref") return `<${operand}>`;
  if (operation === "Fn::GetAtt") return `<${[operand].flat().join(".")}>`;
  if (operation === "Fn::Join") {
    const [separator, parts] = operand as unknown as [string, unknown[]];
    return parts.map(asRead).join(separator);
  }
  throw new Error(`cannot read a resource written with ${operation}`);
}
