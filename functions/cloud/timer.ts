import {
  ConflictException,
  CreateScheduleCommand,
  type CreateScheduleCommandInput,
  DeleteScheduleCommand,
  ResourceNotFoundException,
  SchedulerClient,
  UpdateScheduleCommand,
} from "@aws-sdk/client-scheduler";
import type { Clock, Timer, TimerTarget } from "./cloud.ts";

export interface TimerPlaces {
  readonly group: string;
  /** Role the schedules wake functions with, and the functions, by ARN. */
  readonly role: string;
  readonly targets: Readonly<Record<TimerTarget, string>>;
}

const minute = 60_000;

/** One-off schedules of EventBridge; each is gone once it has fired. */
export function schedulerTimer({ group, role, targets }: TimerPlaces, clock: Clock): Timer {
  const requestHandler = { connectionTimeout: 2_000, requestTimeout: 10_000, throwOnRequestTimeout: true };
  const client = new SchedulerClient({ requestHandler });

  /** A schedule may fire and vanish between two calls, or appear: then the other call is right. */
  const put = async (schedule: CreateScheduleCommandInput, triesLeft = 4): Promise<void> => {
    const made = await client.send(new CreateScheduleCommand(schedule)).catch(unless(ConflictException));
    const done =
      made ?? (await client.send(new UpdateScheduleCommand(schedule)).catch(unless(ResourceNotFoundException)));
    if (done) return;
    if (triesLeft === 0) throw new Error("the schedule appears and vanishes");
    return put(schedule, triesLeft - 1);
  };

  return {
    wakeAt: async (name, at, { target, payload }) => {
      requireName(name);
      await put({
        Name: name,
        GroupName: group,
        ScheduleExpression: `at(${scheduleTime(at, clock.now())})`,
        ScheduleExpressionTimezone: "UTC",
        FlexibleTimeWindow: { Mode: "OFF" },
        ActionAfterCompletion: "DELETE",
        Target: { Arn: targets[target], RoleArn: role, Input: JSON.stringify(payload) },
      });
    },
    cancel: async (name) => {
      requireName(name);
      const command = new DeleteScheduleCommand({ Name: name, GroupName: group });
      await client.send(command).catch(unless(ResourceNotFoundException));
    },
  };
}

function requireName(name: string): void {
  if (!/^[A-Za-z0-9_-]{1,64}$/.test(name)) throw new Error("not a timer's name");
}

/** The full minute at or after the instant, in the form `at()` wants; what has passed wakes in the next minute. */
function scheduleTime(at: string, now: Date): string {
  const instant = Date.parse(at);
  if (Number.isNaN(instant)) throw new Error("not an instant");
  const soonest = Math.max(instant, now.getTime() + minute / 2);
  return new Date(Math.ceil(soonest / minute) * minute).toISOString().slice(0, "2026-01-01T00:00:00".length);
}

const unless =
  (expected: new (...given: never[]) => Error) =>
  (fault: unknown): undefined => {
    if (!(fault instanceof expected)) throw fault;
  };
