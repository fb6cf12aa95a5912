import { globSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { askedBy, askedIn } from "./asks.ts";

const page = readFileSync("docs/deploying.md", "utf8");
const section = page.split(/^## /m).find((text) => text.startsWith("Rights of the operator")) ?? "";

/** The second column of the page's table, without what only the runbook's own commands take. */
const named = section
  .split("\n")
  .filter((line) => line.startsWith("| ") && !line.startsWith("| the runbook "))
  .flatMap((line) => line.split(" | ")[1]?.match(/`[a-z0-9-]+:[A-Za-z]+`/g) ?? [])
  .map((right) => right.replaceAll("`", ""));

/** What commands ask of the cloud themselves; rows they change through the desk. `serve` knows no AWS. */
const commands = globSync("local/commands/*.ts", { exclude: ["**/serve.ts"] })
  .map((file) => readFileSync(file, "utf8"))
  .join("\n")
  .replace(/\b(put|patch|remove|check): /g, "");
/** The desk's verbs the command line speaks; what only the desk does its own function may. */
const verbs = globSync("local/**/*.ts")
  .flatMap((file) => [...readFileSync(file, "utf8").matchAll(/"(?:\.\.\/)+(functions\/desk\/[a-z-]+\.ts)"/g)])
  .map(([, verb = ""]) => verb);
/** What no function of ours may do, and so no interface of the cloud offers. */
const linkKeys = readFileSync("functions/cloud/link-keys.ts", "utf8");
const health = ["sender", "receiving"].map((of) => readFileSync(`functions/cloud/${of}-health.ts`, "utf8")).join("\n");

describe("the operator", () => {
  it("is told every right the command line takes on AWS, and no other", () => {
    const asked = [
      ...askedBy([...new Set(verbs)]),
      ...askedIn(commands),
      ...[...linkKeys.matchAll(/new (\w+)Command\(/g)].map(([, action]) => `secretsmanager:${action}`),
      ...[...health.matchAll(/new (\w+)Command\(/g)].map(([, action]) => `ses:${action}`),
    ].map((right) => right.replace(/ .*/, ""));
    expect([...new Set(named)].sort()).toEqual([...new Set(asked)].sort());
  });
});
