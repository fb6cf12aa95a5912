import { Refusal } from "../../core/refusal.ts";
import type { Person } from "../../core/rights.ts";

/**
 * Where somebody acts on readers: at the publication they are of. Whoever runs the machine acts for every publication on it,
 * and is at home in none.
 *
 * @throws Refusal `not-allowed` for somebody of no publication
 */
export function homeOf({ roles, home }: Person): string | undefined {
  if (roles.includes("operator")) return undefined;
  if (home === undefined) throw new Refusal("not-allowed", { act: "" });
  return home;
}
