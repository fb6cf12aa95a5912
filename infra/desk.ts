import { CfnOutput, Duration } from "aws-cdk-lib";
import { Construct } from "constructs";
import type { Cloud } from "./cloud.ts";
import { acknowledge } from "./parts/acknowledge.ts";
import { DeskAlarms } from "./parts/desk-alarms.ts";
import { HouseFunction } from "./parts/house-function.ts";
import { certificateFor, hostOf, httpDoor, nameFor } from "./parts/http-door.ts";
import {
  addMessages,
  askForQuota,
  enterPeople,
  forgetCopies,
  listPublished,
  publishFiles,
  type Right,
  readFiles,
  readSecrets,
  removeFiles,
  rows,
  stopTimers,
  takeDownloads,
  takePictures,
  windTimers,
  writeFiles,
} from "./parts/rights.ts";

/** What people at the desk see and do: reached through CloudFront alone, or in a regional stage by everybody. */
export class Desk extends Construct {
  /** Where CloudFront finds it. */
  readonly host: string;
  /** Where people find it, where no CloudFront stands before it. */
  readonly address: string;

  /** @param front what keeps copies of the public files; nothing does in a regional stage */
  constructor(scope: Construct, cloud: Cloud, front?: { readonly arn: string }) {
    super(scope, "Desk");
    const { stage } = cloud;
    const answers = new HouseFunction(this, "desk", {
      impact: "Nobody can work at the desk: authors cannot hand in, and an issue cannot be sent or stopped from there.",
      cloud,
      timeout: longestAnswer,
      // A preview renders a whole issue.
      memorySize: 2048,
      ...(stage.isRegional && { file: "regional-desk" }),
      may: [
        ...deskRights(cloud),
        ...forgetCopies(front),
        ...(stage.isRegional ? [] : [readSecrets(cloud.secrets.origin)]),
      ],
    });
    const ownHost = stage.isRegional ? stage.deskHost : undefined;
    const names = ownHost ? [nameFor(this, "Host", ownHost, certificateFor(this, "Certificate", [ownHost]))] : [];
    const apiName = `kurier-${stage.name}-desk`;
    const api = httpDoor(this, { apiName, answers, names, requestsPerSecond });
    acknowledge(api, notHere);
    new DeskAlarms(this, "Alarms", cloud, { api, log: answers.logGroup });
    this.host = ownHost ?? hostOf(api);
    this.address = `https://${this.host}`;
    if (stage.isRegional) printAddress(this, this.address);
  }
}

/** An HTTP API waits for thirty seconds, CloudFront too: the function has to give up before them. */
const longestAnswer = Duration.seconds(29);
/** An office at its busiest; a page of the desk asks for five files once. */
const requestsPerSecond = 100;

export function printAddress(scope: Construct, value: string): void {
  new CfnOutput(scope, "Address", { value, description: "The desk" });
}

/** What the verbs of `functions/desk` take; what of it somebody may do, `core/rights.ts` says. */
const deskRights = (cloud: Cloud): Right[] => [
  // Which table this is: whoever founds the first publication puts up the fence.
  rows(cloud, "get", "query", "put", "patch", "remove", "check", "id"),
  ...readFiles(cloud, "submissions", "articles", "editions", "downloads", "imports", "ledger", "handouts", "withheld"),
  // Editions: a correction prints an issue's pages anew.
  writeFiles(
    cloud,
    ...(["submissions", "articles", "editions", "downloads", "imports", "journal", "handouts"] as const),
    ...(["withheld", "logos"] as const),
  ),
  // What an author takes back, a list of readers that was taken in, a logo that was put in, pictures that come back.
  removeFiles(cloud, "submissions", "imports", "withheld", "logos"),
  publishFiles(cloud),
  // Pictures go with an article that is withdrawn, files when they are offered no more.
  takePictures(cloud),
  ...takeDownloads(cloud),
  // The check asks whether pages of ours that an issue leads to are there.
  listPublished(cloud),
  addMessages(cloud, "arrivals", "builds", "rounds", "confirmations"),
  readSecrets(cloud.secrets.address, cloud.secrets.signIn),
  askForQuota,
  ...windTimers(cloud),
  stopTimers(cloud),
  ...enterPeople(cloud),
];

const notHere = {
  "AwsSolutions-APIG1": "Access logs keep paths, and the path of a personal link is the link.",
  "AwsSolutions-APIG4":
    "Whoever signs in does so at the issuer, by a redirect; the desk knows them by a session of its own.",
};
