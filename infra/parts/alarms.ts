import { Stack } from "aws-cdk-lib";
import { CfnBudget } from "aws-cdk-lib/aws-budgets";
import { Alarm, type AlarmProps, ComparisonOperator, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import { PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Topic } from "aws-cdk-lib/aws-sns";
import { EmailSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import { Construct } from "constructs";
import type { Stage } from "../stages.ts";

export interface Ringing
  extends Pick<AlarmProps, "metric" | "threshold">,
    Partial<Pick<AlarmProps, "comparisonOperator" | "evaluationPeriods" | "treatMissingData">> {
  /** The alarm's name, and its heading in the runbook. */
  readonly heading: string;
  readonly impact: string;
}

/** One place that rings: every alarm goes to the stage's mail address, and so does the budget. */
export class Alarms extends Construct {
  readonly #stage: Stage;
  readonly #topic: Topic;

  constructor(scope: Construct, stage: Stage) {
    super(scope, "Alarms");
    this.#stage = stage;
    this.#topic = new Topic(this, "Topic", { displayName: `Kurier ${stage.name}`, enforceSSL: true });
    this.#topic.addSubscription(new EmailSubscription(stage.alarmsTo));
    this.#topic.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal("cloudwatch.amazonaws.com")],
        actions: ["sns:Publish"],
        resources: [this.#topic.topicArn],
        conditions: { StringEquals: { "aws:SourceAccount": Stack.of(this).account } },
      }),
    );
    budget(this, stage);
  }

  /** `deliver-errors` is one heading in the runbook on every stage. */
  name(heading: string): string {
    return `kurier-${this.#stage.name}-${heading}`;
  }

  /** Rings as soon as the metric reaches its threshold; silence is a good sign unless somebody says otherwise. */
  ring(scope: Construct, id: string, { heading, impact, metric, threshold, ...otherwise }: Ringing): void {
    const alarm = new Alarm(scope, id, {
      ...{ alarmName: this.name(heading), alarmDescription: impact, metric, threshold },
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.NOT_BREACHING,
      ...otherwise,
    });
    alarm.addAlarmAction(new SnsAction(this.#topic));
  }
}

function budget(scope: Construct, { name, budgetDollars, alarmsTo }: Stage): void {
  const subscribers = [{ subscriptionType: "EMAIL", address: alarmsTo }];
  const notify = (notificationType: "ACTUAL" | "FORECASTED", threshold: number) => ({
    notification: { notificationType, comparisonOperator: "GREATER_THAN", threshold, thresholdType: "PERCENTAGE" },
    subscribers,
  });
  new CfnBudget(scope, "Budget", {
    budget: {
      budgetName: `kurier-${name}`,
      budgetType: "COST",
      timeUnit: "MONTHLY",
      budgetLimit: { amount: budgetDollars, unit: "USD" },
    },
    notificationsWithSubscribers: [notify("ACTUAL", 80), notify("FORECASTED", 100)],
  });
}
