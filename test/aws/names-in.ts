import { asRead } from "../infra/roles.ts";
import { ofType, type Template } from "../infra/synthesised.ts";
import type { RentedStage } from "./stage.ts";

/**
 * What the stack tells every function says which rented thing stands for which of its own.
 *
 * @param domain of the sender
 * @param others no setting names them: rented → logical id
 */
export function namesIn(
  template: Template,
  stage: RentedStage,
  domain: string,
  others: Readonly<Record<string, string>> = {},
): (rented: string) => string {
  const [, { Properties }] = ofType(template, "AWS::Lambda::Function")[0] ?? ["", { Properties: undefined }];
  const logicalIds = new Map(
    Object.entries(stage.settings).flatMap(([name, value]) => {
      const told = Properties.Environment.Variables[name];
      return told === undefined ? [] : [[value, asRead(told)] as const];
    }),
  );
  for (const [rented, id] of Object.entries(others)) logicalIds.set(rented, `<${id}>`);
  logicalIds.set(domain, `<Sender${domain.replace(/[^a-z0-9]/gi, "")}>`);
  return (rented) => {
    const id = logicalIds.get(rented);
    if (id === undefined) throw new Error(`no setting names ${rented}`);
    return id;
  };
}
