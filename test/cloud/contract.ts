import { randomUUID } from "node:crypto";
import { describe } from "vitest";

/**
 * A contract is a function of a maker: the same promises, whoever keeps them.
 * "everywhere" runs on the twin, on moto and on a real account. "twin and real AWS" is what moto cannot do:
 * concurrent writers, `ClientRequestToken`, ids of tables, SES tags and configuration sets, conditions of presigned forms, firing schedules.
 */
export interface Reach {
  /** True on moto: what it cannot do is skipped. */
  readonly everywhereOnly?: boolean;
}

export const groups = ({ everywhereOnly = false }: Reach) => ({
  everywhere: (what: string, tests: () => void) => describe(`${what} (everywhere)`, tests),
  twinAndRealAws: (what: string, tests: () => void) =>
    describe.skipIf(everywhereOnly)(`${what} (twin and real AWS)`, tests),
});

/** What a maker hands over beside the thing itself. A contract uses fresh names and never expects an empty cloud. */
export interface Made {
  /** Ends what `make` began. */
  readonly end?: () => Promise<void> | void;
}

/** A name nobody has used before: contracts also run on tables and buckets that others share. */
export const fresh = (what: string): string => `${what}-${randomUUID()}`;
