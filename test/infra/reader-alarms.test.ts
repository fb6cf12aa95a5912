import { beforeEach, describe, expect, it, vi } from "vitest";
import { closeForm } from "../../functions/records/caps.ts";
import { testCloud } from "../cloud/test-cloud.ts";
import { large, ofType, synthesised } from "./synthesised.ts";

const template = synthesised([large])("kurier-gross");
const alarm = (heading: string) =>
  ofType(template, "AWS::CloudWatch::Alarm")
    .map(([, { Properties }]) => Properties)
    .find(({ AlarmName }) => AlarmName === `kurier-gross-${heading}`);

describe("the alarms for readers", () => {
  beforeEach(() => vi.restoreAllMocks());

  it.each([
    ["confirmations-parked", /subscribed.*confirm/],
    ["form-closed", /subscribe/],
    ["forget-errors", /longer than we promised/],
    ["ask-errors", /confirm mail/],
    ["site-errors", /leave.*right/],
  ])("say who is hurt: %s", (heading, impact) => {
    expect(alarm(heading).AlarmDescription).toMatch(impact);
    expect(alarm(heading)).toMatchObject({ Threshold: 1, EvaluationPeriods: 1, TreatMissingData: "notBreaching" });
    expect(alarm(heading).AlarmActions).toHaveLength(1);
  });

  it("ring for what the breaker of the form really writes, in the log of whoever closes it", async () => {
    const warned = vi.spyOn(console, "warn").mockImplementation(() => {});
    await closeForm(testCloud(), "hour");
    const filters = ofType(template, "AWS::Logs::MetricFilter")
      .map(([, { Properties }]) => Properties)
      .filter(({ MetricTransformations: [{ MetricName }] }) => MetricName === "kurier-gross-form-closed");
    expect(filters.map(({ LogGroupName }) => LogGroupName.Ref.replace(/Log.*/, "")).sort()).toEqual(["Ask", "Site"]);
    // Lambda writes `console.warn({ … })` as `{ "level": "WARN", "message": { … } }`.
    const line = { level: "WARN", message: warned.mock.calls[0]?.[0] as Record<string, unknown> };
    for (const { FilterPattern } of filters) {
      const [, field = ""] = /^\{ \$\.message\.(\w+) = "\*" \}$/.exec(FilterPattern) ?? [];
      expect(Object.keys(line.message)).toContain(field);
    }
    expect(alarm("form-closed")).toMatchObject({ Namespace: "Kurier", MetricName: "kurier-gross-form-closed" });
  });
});
