import { type SharedClock, sharedClock } from "./clock.ts";
import { type Cloud, type Edge, type SecretName, usualGrace } from "./cloud.ts";
import { poolDirectory } from "./directory.ts";
import { s3Files } from "./files.ts";
import { type SesMail, sesMail } from "./mail.ts";
import { sqsQueues } from "./queues.ts";
import { managedSecrets } from "./secrets.ts";
import type { Settings } from "./settings.ts";
import { dynamoTable } from "./table.ts";
import { schedulerTimer } from "./timer.ts";

export interface AwsCloud extends Cloud {
  /** The table's time. */
  readonly clock: SharedClock;
  readonly mail: SesMail;
  /** `origin`: what CloudFront shows the site. */
  readonly secrets: { read(name: SecretName | "origin"): Promise<string> };
}

/** The sender's bundle is small, and one more client of AWS would be an eighth of it: `withEdge` gives it to whoever asks. */
const deskAlone: Edge = {
  forget: () => Promise.reject(new Error("only the desk asks CloudFront")),
};

/** The cloud AWS lends us. Nothing is asked of AWS before the first use. */
export function awsCloud(settings: Settings): AwsCloud {
  const clock = sharedClock();
  const secrets = managedSecrets(
    {
      ...{ address: settings.addressSecret, links: settings.linksSecret },
      ...{ origin: settings.originSecret, "sign-in": settings.signInSecret },
    },
    clock,
  );
  return {
    clock,
    secrets,
    directory: poolDirectory(() => secrets.read("sign-in")),
    edge: deskAlone,
    grace: usualGrace,
    forget: async () => 0,
    files: s3Files({ private: settings.privateBucket, public: settings.publicBucket }, clock),
    table: dynamoTable(settings.table, clock, clock.hear),
    queues: sqsQueues(settings),
    mail: sesMail({ editions: settings.editionsSet, confirmations: settings.confirmationsSet }, undefined, clock),
    timer: schedulerTimer(
      {
        group: settings.timerGroup,
        role: settings.timerRole,
        targets: { plan: settings.planFunction, archive: settings.archiveFunction },
      },
      clock,
    ),
  };
}
