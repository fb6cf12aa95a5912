import { Refusal } from "../../core/refusal.ts";
import type { ActName, Person, Thing } from "../../core/rights.ts";
import { may } from "../../core/rights.ts";
import type { Change, Clock, Value } from "../cloud/cloud.ts";
import { actKey } from "./keys.ts";

/** Who did what to which thing, when; append-only. Written with the change it tells of. */
export function actRow(
  clock: Clock,
  person: Person,
  act: ActName,
  thing: Thing,
  details: Readonly<Record<string, Value>> = {},
): Change {
  const at = clock.now().toISOString();
  return {
    put: {
      ...actKey(thing.publication, at, clock.id()),
      v: 1,
      at,
      by: person.id,
      act,
      kind: thing.kind,
      id: thing.id,
      details,
    },
    if: "absent",
  };
}

/** @throws Refusal `not-allowed` */
export function demand(person: Person, act: ActName, thing: Thing): void {
  if (!may(person, act, thing)) throw new Refusal("not-allowed", { act });
}
