import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { large, ofType, synthesised, type Template } from "./synthesised.ts";

const page = readFileSync("docs/deploying.md", "utf8");
let template: Template;
beforeAll(() => {
  template = synthesised([large])("kurier-gross");
});
const inWords = [
  "no",
  "one",
  "two",
  "three",
  "four",
  "five",
  "six",
  "seven",
  "eight",
  "nine",
  "ten",
  "eleven",
  "twelve",
  "thirteen",
];
const countOf = (type: string): number => ofType(template, type).length;
/** The dollars of a line of the page's table. */
const price = (line: RegExp): number =>
  Number(/\| \*{0,2}(?:about )?(\d+\.\d\d)\*{0,2} \|/.exec(line.exec(page)?.[0] ?? "")?.[1]);

describe("the page on deploying", () => {
  it("counts what is deployed", () => {
    const [, queues, functions] = /(\w+) queues with a dead-letter queue each, (\w+) functions/.exec(page) ?? [];
    expect(functions).toBe(inWords[countOf("AWS::Lambda::Function")]);
    expect(queues).toBe(inWords[countOf("AWS::Lambda::EventSourceMapping")]);
    expect(page).toContain(`| ${inWords[countOf("AWS::SecretsManager::Secret")]} secrets | 1.60 |`);
    expect(page).toContain(`asking ${inWords[countOf("AWS::Lambda::EventSourceMapping")]} queues for work`);
  });

  it("reckons with every alarm, ten cents for each metric it looks at beyond ten", () => {
    const alarms = ofType(template, "AWS::CloudWatch::Alarm").map(([, { Properties }]) => Properties);
    const metrics = alarms.flatMap(({ Metrics = [{ MetricStat: {} }] }) =>
      Metrics.filter(({ MetricStat }: { MetricStat?: object }) => MetricStat),
    );
    const line = new RegExp(`\\| ${alarms.length} alarms \\(${metrics.length} metrics, ten free\\) .*`);
    expect(price(line)).toBeCloseTo((metrics.length - 10) / 10);
  });

  it("adds up", () => {
    const each = [
      /\| four secrets .*/,
      /\| the key under which .*/,
      /\| \d+ alarms .*/,
      /\| asking .*/,
      /\| `sweep` every.*/,
    ];
    const idle = each.map(price).reduce((sum, one) => sum + one, 0);
    expect(Math.abs(price(/\| \*\*without a host.*/) - idle)).toBeLessThanOrEqual(0.5);
    const withHost = idle + price(/\| web ACL and .*/);
    expect(Math.abs(price(/\| \*\*with a host.*/) - withHost)).toBeLessThanOrEqual(0.5);
  });
});
