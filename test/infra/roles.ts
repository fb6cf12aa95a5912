import { ofType, type Template } from "./synthesised.ts";

interface Statement {
  readonly Effect: "Allow" | "Deny";
  readonly Action: string | string[];
  readonly Resource?: unknown;
}

const statements = (template: Template, type: string): [string, Statement][] =>
  ofType(template, type).flatMap(([id, { Properties }]) =>
    (Properties.PolicyDocument.Statement as Statement[]).map((statement): [string, Statement] => [id, statement]),
  );
export const allowed = (template: Template): [string, Statement][] =>
  statements(template, "AWS::IAM::Policy").filter(([, { Effect }]) => Effect === "Allow");

/** A resource the way a person reads it: logical ids without their hash, the account's own parts left out. */
export function asRead(resource: unknown): string {
  if (typeof resource === "string") return resource;
  const [[operation, operand] = []] = Object.entries(resource as object);
  if (operation === "Fn::Join") return (operand[1] as unknown[]).map(asRead).join("");
  return `<${[operand].flat()[0].replace(/[0-9A-F]{8}$/, "")}>`;
}

/** "Deliver" → what it may do where, as "action resource". */
export function rightsOf(template: Template, role: string): string[] {
  return allowed(template)
    .filter(([id]) => id.startsWith(role))
    .flatMap(([, { Action, Resource }]) =>
      [Action].flat().flatMap((action) => [Resource].flat().map((resource) => `${action} ${asRead(resource)}`)),
    )
    .sort();
}

/** The name of a function's role in the template: "record-feedback" → "RecordFeedbackRole". */
export const roleOf = (name: string): string =>
  `${name.replace(/(^|-)(.)/g, (_, __, letter: string) => letter.toUpperCase())}Role`;
