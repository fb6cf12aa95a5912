import { Duration } from "aws-cdk-lib";
import { Construct } from "constructs";
import type { Alarms } from "./parts/alarms.ts";
import { WorkQueue } from "./parts/work-queue.ts";

/** How long each function may work; a queue's visibility follows from its worker's. */
export const workTakes = {
  arrivals: Duration.minutes(5),
  manuscripts: Duration.seconds(30),
  builds: Duration.minutes(5),
  rounds: Duration.minutes(2),
  confirmations: Duration.minutes(1),
  feedback: Duration.minutes(1),
} as const;

export type QueueName = keyof typeof workTakes;

/** Where work waits, by the names of `functions/cloud/cloud.ts`. */
export class Queues extends Construct implements Record<QueueName, WorkQueue> {
  readonly arrivals: WorkQueue;
  readonly manuscripts: WorkQueue;
  readonly builds: WorkQueue;
  readonly rounds: WorkQueue;
  readonly confirmations: WorkQueue;
  readonly feedback: WorkQueue;

  constructor(scope: Construct, alarms: Alarms) {
    super(scope, "Queues");
    const queue = (id: string, workTakes: Duration, impact: string, keep?: Duration) =>
      new WorkQueue(this, id, { impact, alarms, workTakes, keep });
    this.arrivals = queue("Arrivals", workTakes.arrivals, "What an author handed in was not read.");
    this.manuscripts = queue("Manuscripts", workTakes.manuscripts, "A Word file an author handed in was not read.");
    this.builds = queue("Builds", workTakes.builds, "An issue an editor asked for was not built.");
    this.rounds = queue("Rounds", workTakes.rounds, "A sixteenth of the readers waits for the issue.");
    this.confirmations = queue(
      "Confirmations",
      workTakes.confirmations,
      "Someone who subscribed was not asked to confirm.",
    );
    // The carrier's notices name addresses: three days, no longer.
    this.feedback = queue("Feedback", workTakes.feedback, "Bounces and complaints are not heard.", Duration.days(3));
  }
}
