import { ArnFormat, Stack } from "aws-cdk-lib";
import { PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { CfnScheduleGroup } from "aws-cdk-lib/aws-scheduler";
import { Construct } from "constructs";
import type { Stage } from "../stages.ts";

/** Whom a timer may wake, as `TimerTarget` in `functions/cloud/cloud.ts`. */
type TimerTarget = "plan" | "archive";

/** One-off schedules live in a group of their own, and wake functions by a role that can do nothing else. */
export class Timer extends Construct {
  readonly group: string;
  readonly role: Role;
  /** By name, not by reference: `archive` winds the timer that wakes `archive`. */
  readonly targets: Readonly<Record<TimerTarget, string>>;
  readonly schedules: string;

  constructor(scope: Construct, stage: Stage) {
    super(scope, "Timer");
    this.group = `kurier-${stage.name}`;
    new CfnScheduleGroup(this, "Group", { name: this.group });
    const stack = Stack.of(this);
    const functionArn = (name: string) =>
      stack.formatArn({
        service: "lambda",
        resource: "function",
        resourceName: `kurier-${stage.name}-${name}`,
        arnFormat: ArnFormat.COLON_RESOURCE_NAME,
      });
    this.targets = { plan: functionArn("plan"), archive: functionArn("archive") };
    this.schedules = stack.formatArn({ service: "scheduler", resource: "schedule", resourceName: `${this.group}/*` });
    this.role = new Role(this, "Role", {
      description: "EventBridge Scheduler wakes plan and archive",
      // Nobody else's schedules may borrow the role.
      assumedBy: new ServicePrincipal("scheduler.amazonaws.com", {
        conditions: {
          StringEquals: {
            "aws:SourceAccount": stack.account,
            "aws:SourceArn": stack.formatArn({
              service: "scheduler",
              resource: "schedule-group",
              resourceName: this.group,
            }),
          },
        },
      }),
    });
    this.role.addToPolicy(
      new PolicyStatement({ actions: ["lambda:InvokeFunction"], resources: Object.values(this.targets) }),
    );
  }
}
