import { rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Duration, RemovalPolicy, Stack, Stage } from "aws-cdk-lib";
import { MathExpression } from "aws-cdk-lib/aws-cloudwatch";
import { PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import {
  Architecture,
  Code,
  type FunctionProps,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  SystemLogLevel,
} from "aws-cdk-lib/aws-lambda";
import { FilterPattern, LogGroup, RetentionDays } from "aws-cdk-lib/aws-logs";
import type { Construct } from "constructs";
import type { Cloud } from "../cloud.ts";
import { settingsOf } from "../settings.ts";
import { acknowledgeWildcard } from "./acknowledge.ts";
import { bundle, fetchSharp } from "./bundle.ts";
import type { Right } from "./rights.ts";

export interface HouseFunctionProps
  extends Required<Pick<FunctionProps, "timeout" | "memorySize">>,
    Pick<
      FunctionProps,
      "recursiveLoop" | "retryAttempts" | "deadLetterQueue" | "vpc" | "vpcSubnets" | "securityGroups"
    > {
  /** Who is hurt when it fails: becomes the alarm's description. */
  readonly impact: string;
  readonly cloud: Cloud;
  /** All it may do, beside writing its own log. */
  readonly may: readonly Right[];
  /** Its file where it is not its name: a site may stand behind CloudFront or alone. */
  readonly file?: string;
}

const root = join(import.meta.dirname, "..", "..");

/** A function of ours by the name of its file: own role, own log, own alarm. Its logical id is its name. */
export class HouseFunction extends LambdaFunction {
  constructor(scope: Construct, name: string, props: HouseFunctionProps) {
    const { impact, cloud, may, file = name, ...lambda } = props;
    const logGroup = log(scope, cloud, name);
    super(scope, "Function", {
      ...lambda,
      functionName: `kurier-${cloud.stage.name}-${name}`,
      description: impact,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: "index.handler",
      code: codeOf(scope, file),
      environment: settingsOf(cloud),
      role: ownRole(scope, logGroup, may),
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      systemLogLevelV2: SystemLogLevel.WARN,
    });
    ringOnFaults(this, cloud, name, impact, logGroup);
  }
}

const log = (scope: Construct, { stage }: Cloud, name: string): LogGroup =>
  new LogGroup(scope, "Log", {
    logGroupName: `/aws/lambda/kurier-${stage.name}-${name}`,
    retention: RetentionDays.ONE_MONTH,
    removalPolicy: RemovalPolicy.DESTROY,
  });

/** The managed basic role may write every log of the account; this one only its own. */
function ownRole(scope: Construct, logGroup: LogGroup, may: readonly Right[]): Role {
  const role = new Role(scope, "Role", { assumedBy: new ServicePrincipal("lambda.amazonaws.com") });
  logGroup.grantWrite(role);
  for (const { actions, resources, conditions, wildcard } of may) {
    role.addToPolicy(new PolicyStatement({ actions: [...actions], resources: [...resources], conditions }));
    if (wildcard) for (const resource of resources) acknowledgeWildcard(role, resource, wildcard);
  }
  return role;
}

/** A stack that is only looked at needs no bundle: there the sources stand in for it. */
function codeOf(scope: Construct, name: string): Code {
  if (!Stack.of(scope).bundlingRequired) return Code.fromAsset(join(root, "functions"));
  const folder = join(Stage.of(scope)?.outdir ?? tmpdir(), "bundles", name);
  rmSync(folder, { recursive: true, force: true });
  const { needsSharp } = bundle(`functions/${name}.ts`, folder);
  if (needsSharp) fetchSharp(folder);
  return Code.fromAsset(folder);
}

/** Faults that end a call are errors to Lambda; a fault that parks one message of a queue is only in the log. */
function ringOnFaults(ours: LambdaFunction, { alarms }: Cloud, name: string, impact: string, logGroup: LogGroup): void {
  const faults = logGroup.addMetricFilter("Faults", {
    filterPattern: FilterPattern.stringValue("$.level", "=", "ERROR"),
    metricNamespace: "Kurier",
    metricName: alarms.name(`${name}-faults`),
    metricValue: "1",
  });
  alarms.ring(ours, "Errors", {
    ...{ heading: `${name}-errors`, impact, threshold: 1 },
    metric: new MathExpression({
      expression: "FILL(errors, 0) + FILL(faults, 0)",
      usingMetrics: { errors: ours.metricErrors(), faults: faults.metric({ statistic: "Sum" }) },
      period: Duration.minutes(5),
    }),
  });
}
