import { CfnOutput, Stack } from "aws-cdk-lib";
import type { Construct } from "constructs";
import { Archive } from "./archive.ts";
import { Ask } from "./ask.ts";
import { Build } from "./build.ts";
import type { Cloud } from "./cloud.ts";
import { Deliver } from "./deliver.ts";
import { Desk } from "./desk.ts";
import { DeskDoor } from "./desk-door.ts";
import { Directory } from "./directory.ts";
import type { EdgeStack } from "./edge-stack.ts";
import { Forget } from "./forget.ts";
import { FrontDoor } from "./front-door.ts";
import { Ingest } from "./ingest.ts";
import { Alarms } from "./parts/alarms.ts";
import { twoZones } from "./parts/closed-network.ts";
import { FormAlarm } from "./parts/form-alarm.ts";
import { Timer } from "./parts/timer.ts";
import { Plan } from "./plan.ts";
import { Queues } from "./queues.ts";
import { ReadWord } from "./read-word.ts";
import { Receive } from "./receive.ts";
import { RecordFeedback } from "./record-feedback.ts";
import { Remind } from "./remind.ts";
import { Secrets } from "./secrets.ts";
import { Sender } from "./sender.ts";
import { settingsOf } from "./settings.ts";
import { SignIn } from "./sign-in.ts";
import { Site } from "./site.ts";
import { type Stage, sharedSite } from "./stages.ts";
import { Storage } from "./storage.ts";
import { Sweep } from "./sweep.ts";

/** One Kurier: what is lent, and who uses it. */
export class KurierStack extends Stack {
  constructor(scope: Construct, stage: Stage, edge?: EdgeStack) {
    super(scope, `Kurier-${stage.name}`, {
      stackName: `kurier-${stage.name}`,
      description: "Kurier: articles become an issue, an issue becomes letters and pages",
      env: { region: stage.region, account: stage.account },
      terminationProtection: true,
      tags: { kurier: stage.name },
    });
    const cloud = this.#rent(stage);
    new Ingest(this, cloud);
    new ReadWord(this, cloud);
    if (stage.receives) new Receive(this, cloud, stage.receives);
    new Build(this, cloud);
    new Plan(this, cloud);
    new Deliver(this, cloud);
    const { log } = new Ask(this, cloud);
    new RecordFeedback(this, cloud);
    new Sweep(this, cloud);
    new Forget(this, cloud);
    new Archive(this, cloud);
    new Remind(this, cloud);
    const site = new Site(this, cloud);
    new FormAlarm(this, "Form", cloud, [log, site.log]);
    const front = stage.isRegional ? undefined : new FrontDoor(this, { cloud, site, edge });
    const desk = new Desk(this, cloud, front);
    const { address } = stage.isRegional ? desk : new DeskDoor(this, { cloud, desk, edge });
    const siteUrl = sharedSite(stage, front?.address ?? site.address);
    new SignIn(this, cloud, { deskUrl: address, siteUrl, distribution: front?.distributionId });
    // The command line finds the stage by these, in the file the deployment leaves behind.
    const settings = { ...settingsOf(cloud), KURIER_DESK_URL: address };
    new CfnOutput(this, "Settings", { value: this.toJsonString(settings) });
  }

  override get availabilityZones(): string[] {
    return twoZones;
  }

  #rent(stage: Stage): Cloud {
    const alarms = new Alarms(this, stage);
    return {
      stage,
      alarms,
      storage: new Storage(this, stage),
      queues: new Queues(this, alarms),
      sender: new Sender(this, stage, alarms),
      timer: new Timer(this, stage),
      secrets: new Secrets(this, stage),
      ...(!stage.issuer && { directory: new Directory(this, stage) }),
    };
  }
}
