import { beforeAll, describe, expect, it } from "vitest";
import { type Trigger, triggers } from "../../local/wiring.ts";
import { ofType, receiving, synthesised, type Template } from "./synthesised.ts";

let template: Template;
beforeAll(() => {
  template = synthesised([receiving])("kurier-post");
});

const name = (functionName: string): string => functionName.replace("kurier-post-", "");
const byArn = (id: string) => template.Resources[id]?.Properties;
const timeoutOf = (wakes: string): number =>
  ofType(template, "AWS::Lambda::Function").find(([, { Properties }]) => name(Properties.FunctionName) === wakes)?.[1]
    .Properties.Timeout;

/** What the stack wakes functions by, in the words of the wiring. */
const queues = () =>
  ofType(template, "AWS::Lambda::EventSourceMapping").map(([, { Properties }]) => {
    const id: string = Properties.EventSourceArn["Fn::GetAtt"][0];
    return {
      wakes: name(byArn(Properties.FunctionName.Ref).FunctionName),
      queue: /^(?:Queues|Receive)(\w+)Queue/.exec(id)?.[1]?.toLowerCase(),
      batchSize: Properties.BatchSize,
      visibilitySeconds: byArn(id).VisibilityTimeout,
      atOnce: Properties.ScalingConfig.MaximumConcurrency,
    };
  });
const timers = () =>
  ofType(template, "AWS::IAM::Policy")
    .filter(([id]) => id.startsWith("Timer"))
    .flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement[0].Resource)
    .map((arn) => name(JSON.stringify(arn).replace(/.*:function:([a-z-]+)".*/, "$1")))
    .map((wakes) => ({ wakes, timer: wakes }));
const clocks = () =>
  ofType(template, "AWS::Events::Rule")
    .filter(([, { Properties }]) => Properties.ScheduleExpression)
    .map(([, { Properties }]) => ({
      wakes: name(byArn(Properties.Targets[0].Arn["Fn::GetAtt"][0]).FunctionName),
      everyMinutes: minutesOf(Properties.ScheduleExpression),
    }));

function minutesOf(expression: string): number {
  const [, count, unit] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression) ?? [];
  const minutes: Readonly<Record<string, number>> = { hour: 60, day: 24 * 60 };
  return Number(count) * (minutes[unit ?? ""] ?? 1);
}

const sorted = <T extends { wakes: string }>(list: readonly T[]): T[] =>
  list.toSorted((one, other) => one.wakes.localeCompare(other.wakes));

describe("the stack and one machine", () => {
  it("wake the same functions by the same triggers, and let them work as long", () => {
    const onAws = [...queues(), ...timers(), ...clocks()].map((trigger) => ({
      ...trigger,
      timeoutSeconds: timeoutOf(trigger.wakes),
    }));
    const local = triggers.map((trigger: Trigger) => {
      // How much one machine does at once is its own affair.
      const { isHeavy: _, ...same } = { isHeavy: false, ...trigger };
      return same;
    });
    expect(sorted(onAws)).toEqual(sorted(local));
  });

  it.each([
    ["submissions", "Arrivals"],
    ["readings", "Arrivals"],
    ["logos", "Arrivals"],
    ["feedback", "Feedback"],
    ["mail", "Mailbag"],
  ])("put the same notice on the same queue when a file comes to lie below %s/", (folder, queue) => {
    const arrived = ofType(template, "AWS::Events::Rule")
      .map(([, { Properties }]) => Properties)
      .find(({ EventPattern }) => EventPattern?.detail.object.key[0].prefix === `${folder}/`);
    expect(arrived.EventPattern).toMatchObject({ source: ["aws.s3"], "detail-type": ["Object Created"] });
    expect(arrived.EventPattern.detail.bucket.name[0].Ref).toMatch(/^StorageDesk/);
    // The notice is handed over as it is.
    const [target] = arrived.Targets;
    expect(Object.keys(target).sort()).toEqual(["Arn", "Id"]);
    expect(target.Arn["Fn::GetAtt"][0]).toMatch(new RegExp(`^(Queues|Receive)${queue}Queue`));
  });
});
