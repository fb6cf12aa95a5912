import {
  DeleteScheduleCommand,
  GetScheduleCommand,
  ListSchedulesCommand,
  SchedulerClient,
} from "@aws-sdk/client-scheduler";
import { DeleteMessageBatchCommand, type Message, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { FunctionName, Trigger } from "../../local/wiring.ts";
import { triggers } from "../../local/wiring.ts";
import type { Calls } from "./calls.ts";
import type { RentedStage } from "./stage.ts";

/** The Lambdas themselves: what AWS calls, reading its settings from the environment. */
const lambdas = {
  ingest: () => import("../../functions/ingest.ts"),
  "read-word": () => import("../../functions/read-word.ts"),
  receive: () => import("../../functions/receive.ts"),
  build: () => import("../../functions/build.ts"),
  deliver: () => import("../../functions/deliver.ts"),
  plan: () => import("../../functions/plan.ts"),
  archive: () => import("../../functions/archive.ts"),
  sweep: () => import("../../functions/sweep.ts"),
  ask: () => import("../../functions/ask.ts"),
  remind: () => import("../../functions/remind.ts"),
  forget: () => import("../../functions/forget.ts"),
  "record-feedback": () => import("../../functions/record-feedback.ts"),
} satisfies Record<FunctionName, unknown>;

export interface Awake {
  /** Messages, alarms and the sweep. */
  settle(): Promise<void>;
  /** The alarms alone; answers how many rang. */
  rings(): Promise<number>;
}

/**
 * Plays what no emulator does, exactly as `local/wiring.ts` and the stack say: messages and alarms wake the functions,
 * the sweep comes when nothing else is left, until all is quiet. An alarm rings up to two minutes early.
 */
export function awake({ settings }: RentedStage, calls: Calls): Awake {
  const scheduler = new SchedulerClient({});
  const sqs = new SQSClient({});

  const wake = async (
    { wakes, timeoutSeconds }: Trigger & { wakes: FunctionName },
    event: unknown,
  ): Promise<unknown> => {
    const { handler } = await lambdas[wakes]();
    const deadline = Date.now() + timeoutSeconds * 1000;
    return calls.as(wakes, () => handler(event, { getRemainingTimeInMillis: () => deadline - Date.now() }));
  };

  const workMessages = async (trigger: OnQueue): Promise<number> => {
    const QueueUrl = settings[`KURIER_QUEUE_${trigger.queue.toUpperCase()}`];
    const { batchSize: MaxNumberOfMessages, visibilitySeconds: VisibilityTimeout } = trigger;
    const asked = new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages, VisibilityTimeout });
    const { Messages = [] } = await sqs.send(asked);
    if (Messages.length === 0) return 0;
    const answer = (await wake(trigger, { Records: Messages.map(recordOf) })) as Answer;
    if (answer.batchItemFailures.length > 0) throw new Error(`${trigger.wakes} failed; its fault is in the log`);
    const Entries = Messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
    await sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
    return Messages.length;
  };

  const ringAlarms = async (trigger: OnTimer): Promise<number> => {
    const GroupName = settings.KURIER_TIMER_GROUP;
    const { Schedules = [] } = await scheduler.send(new ListSchedulesCommand({ GroupName }));
    const ours = Schedules.filter(
      ({ Target }) => Target?.Arn === settings[`KURIER_TIMER_${trigger.timer.toUpperCase()}`],
    );
    let rung = 0;
    for (const { Name } of ours) {
      const { ScheduleExpression = "", Target } = await scheduler.send(new GetScheduleCommand({ GroupName, Name }));
      if (Date.parse(`${/^at\((.+)\)$/.exec(ScheduleExpression)?.[1]}Z`) > Date.now() + 120_000) continue;
      await wake(trigger, JSON.parse(Target?.Input ?? "null"));
      await scheduler.send(new DeleteScheduleCommand({ GroupName, Name }));
      rung += 1;
    }
    return rung;
  };

  const untilQuiet = async (): Promise<void> => {
    for (let done = 1; done > 0; ) {
      done = await rings();
      for (const trigger of triggers) if ("queue" in trigger) done += await workMessages(trigger);
    }
  };
  const rings = async (): Promise<number> => {
    let done = 0;
    for (const trigger of triggers) if ("timer" in trigger) done += await ringAlarms(trigger);
    return done;
  };
  return {
    rings,
    settle: async () => {
      await untilQuiet();
      for (const trigger of triggers) if ("everyMinutes" in trigger) await wake(trigger, {});
      await untilQuiet();
    },
  };
}

type Named<Kind extends string> = Extract<(typeof triggers)[number], Record<Kind, unknown>>;
type OnQueue = Named<"queue">;
type OnTimer = Named<"timer">;
interface Answer {
  readonly batchItemFailures: readonly unknown[];
}

const recordOf = ({ MessageId = "", Body = "" }: Message) => ({ messageId: MessageId, body: Body });
