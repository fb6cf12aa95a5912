import { GetScheduleCommand, ResourceNotFoundException, SchedulerClient } from "@aws-sdk/client-scheduler";
import { systemClock } from "../../functions/cloud/clock.ts";
import type { TimerTarget } from "../../functions/cloud/cloud.ts";
import { schedulerTimer } from "../../functions/cloud/timer.ts";
import { timerContract } from "../cloud/timer.contract.ts";
import { isRealAws, needed, reach, rentScheduleGroup } from "./rented.ts";

const role = isRealAws
  ? needed("CONTRACT_TIMER_ROLE", "ARN of a role EventBridge Scheduler may assume")
  : "arn:aws:iam::123456789012:role/wakes";
/** Never woken: the instants of the contract are years away, or cancelled. */
const targets: Record<TimerTarget, string> = {
  plan: "arn:aws:lambda:eu-central-1:123456789012:function:kurier-contract-plan",
  archive: "arn:aws:lambda:eu-central-1:123456789012:function:kurier-contract-archive",
};

timerContract(
  "EventBridge Scheduler",
  async () => {
    const client = new SchedulerClient({});
    const { what: group, end } = await rentScheduleGroup(client);
    const armed = async (Name: string) => {
      const found = await client.send(new GetScheduleCommand({ Name, GroupName: group })).catch((fault: unknown) => {
        if (!(fault instanceof ResourceNotFoundException)) throw fault;
      });
      if (!found) return undefined;
      const target = (Object.keys(targets) as TimerTarget[]).find((name) => targets[name] === found.Target?.Arn);
      if (!target) throw new Error("wakes a stranger");
      const at = /^at\((\S+)\)$/.exec(found.ScheduleExpression ?? "")?.[1];
      return { at: `${at}Z`, target, payload: JSON.parse(found.Target?.Input ?? "null") };
    };
    return { timer: schedulerTimer({ group, role, targets }, systemClock), armed, end };
  },
  reach,
);
