import type { Directory } from "./directory.ts";
import type { Alarms } from "./parts/alarms.ts";
import type { Timer } from "./parts/timer.ts";
import type { Queues } from "./queues.ts";
import type { Secrets } from "./secrets.ts";
import type { Sender } from "./sender.ts";
import type { Stage } from "./stages.ts";
import type { Storage } from "./storage.ts";

/** What a stage lends its functions: the same things `functions/cloud/cloud.ts` names, from the other side. */
export interface Cloud {
  readonly stage: Stage;
  readonly storage: Storage;
  readonly queues: Queues;
  readonly sender: Sender;
  readonly timer: Timer;
  readonly secrets: Secrets;
  /** None where another house says who somebody at the desk is. */
  readonly directory?: Directory;
  readonly alarms: Alarms;
}
