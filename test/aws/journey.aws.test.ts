import { PurgeQueueCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { idOfIssue } from "../../core/issue/issue.ts";
import { awsCloud } from "../../functions/cloud/aws-cloud.ts";
import type { Cloud } from "../../functions/cloud/cloud.ts";
import { readSettings } from "../../functions/cloud/settings.ts";
import { approveIssue, draftIssue, orderBuild, scheduleIssue } from "../../functions/desk/issues.ts";
import { issueAccount } from "../../functions/records/account.ts";
import { readBuildReport } from "../../functions/records/build-reports.ts";
import { readFeedbackCounts } from "../../functions/records/feedback.ts";
import type { Place } from "../../functions/records/issue-control.ts";
import { requireIssue } from "../../functions/records/issues.ts";
import { roundKey } from "../../functions/records/keys.ts";
import { readRounds } from "../../functions/records/rounds.ts";
import { handler as site } from "../../functions/site.ts";
import { person } from "../../local/session.ts";
import { asRead, rightsOf, roleOf } from "../infra/roles.ts";
import { large, ofType, synthesised, type Template } from "../infra/synthesised.ts";
import { firstIssue, type World } from "../journeys/first-issue.ts";
import { anIssue, aPublication } from "../people-and-papers.ts";
import { bounceOf, deliveryOf, type LetterOfOurs, sendOf } from "../ses-events.ts";
import { type Awake, awake } from "./awake.ts";
import { type Calls, recordCalls } from "./calls.ts";
import { layRules } from "./notices.ts";
import { type RentedStage, rentStage } from "./stage.ts";

const domain = aPublication().sender.from.split("@")[1] ?? "";
const names = ["ingest", "build", "plan", "deliver", "record-feedback", "sweep", "archive", "site"];
let template: Template;
let stage: RentedStage;
let calls: Calls;
let takeUpRules: () => Promise<void>;

beforeAll(async () => {
  const senders = [{ domain, mailFrom: `post.${domain}` }];
  template = synthesised([{ ...large, senders }])("kurier-gross");
  stage = await rentStage();
  takeUpRules = await layRules(template, stage);
  calls = recordCalls(namesInTemplate());
});
afterAll(async () => {
  await takeUpRules();
  await stage.end();
});

/** What the stack tells every function says which rented thing stands for which of its own. */
function namesInTemplate(): (rented: string) => string {
  const [, { Properties }] = ofType(template, "AWS::Lambda::Function")[0] ?? ["", { Properties: undefined }];
  const logicalIds = new Map(
    Object.entries(stage.settings).map(([name, value]) => [value, asRead(Properties.Environment.Variables[name])]),
  );
  logicalIds.set(domain, `<Sender${domain.replace(/[^a-z0-9]/gi, "")}>`);
  return (rented) => {
    const id = logicalIds.get(rented);
    if (id === undefined) throw new Error(`no setting names ${rented}`);
    return id;
  };
}

/** A request as the HTTP API hands it over, come through CloudFront. */
const ask: World["ask"] = async (path, { method, body, headers } = { method: "GET", body: "", headers: {} }) => {
  const http = { method, path, protocol: "HTTP/1.1", sourceIp: "192.0.2.1", userAgent: "Postfach" };
  const event = {
    ...{ version: "2.0", routeKey: "$default", rawPath: path, rawQueryString: "" },
    headers: { ...headers, host: "origin.example.org", "x-kurier-origin": stage.originSecret },
    requestContext: { http, domainName: "origin.example.org", stage: "$default", requestId: "1" },
    ...{ body, isBase64Encoded: false },
  };
  const answer = await calls.as("site", () => site(event as unknown as Parameters<typeof site>[0]));
  return (answer as { statusCode: number }).statusCode;
};

describe("a stage on AWS", { timeout: 240_000 }, () => {
  let cloud: Cloud;
  let functions: Awake;
  beforeAll(() => {
    cloud = awsCloud(readSettings(stage.settings));
    functions = awake(stage, calls);
  });

  it("brings an author's files to letters with the carrier and a page in the archive", async () => {
    await firstIssue({
      cloud,
      settle: functions.settle,
      letters: async () => stage.ses.accepted.map(({ raw }) => raw),
      ask,
    });
  });

  it("hears of letters in a file and by a message, each of them twice, and writes to a dead mailbox no more", async () => {
    const letters = stage.ses.accepted.map(({ destinations: [to = ""], tags }) => [to, letterOf(tags)] as const);
    const isDead = (to: string) => to.startsWith("leser@");
    const file = letters.flatMap(([to, letter]) => [sendOf(letter), ...(isDead(to) ? [] : [deliveryOf(letter)])]);
    for (const name of ["1", "2"])
      await cloud.files.write(`feedback/2026/11/23/08/${name}.ndjson`, ndjson(file), { type: "application/x-ndjson" });
    // As SNS hands it over, without an envelope.
    const MessageBody = JSON.stringify(bounceOf(letters.find(([to]) => isDead(to))?.[1] as LetterOfOurs));
    const QueueUrl = stage.settings.KURIER_QUEUE_FEEDBACK;
    for (const _ of ["once", "twice"]) await new SQSClient({}).send(new SendMessageCommand({ QueueUrl, MessageBody }));
    await functions.settle();

    const place = { publication: anIssue().publication, issue: idOfIssue(anIssue()) };
    expect(await readFeedbackCounts(cloud, place)).toMatchObject({ delivered: 2, hardBounced: 1 });
    await readBooksNow(cloud, place);
    await functions.settle();
    expect(await issueAccount(cloud, place.publication, place.issue)).toMatchObject({
      ...{ accepted: 3, reported: { delivered: 2, bounced: 1 } },
    });
    expect(await cloud.files.list("feedback/")).toEqual([]);
    const journal = await cloud.files.list("journal/");
    const entries = await Promise.all(journal.map(async ({ key }) => textOf(await cloud.files.read(key))));
    expect(entries).toContainEqual(expect.objectContaining({ kind: "suppressed", reason: "bounced" }));
  });

  it("takes up the next issue again when its rounds fell out of the queue, and writes to those who are left", async () => {
    const before = stage.ses.accepted.length;
    const plan = anIssue({
      number: 2,
      sections: [{ name: "Aus den Kommunen", articles: ["schalter"] }],
    });
    const [publication, id] = [plan.publication, idOfIssue(plan)];
    await draftIssue(cloud, person, plan);
    await orderBuild(cloud, person, publication, id);
    await functions.settle();
    const report = await readBuildReport(cloud, publication, id);
    await approveIssue(cloud, person, publication, id, report?.fingerprint ?? "");
    await scheduleIssue(cloud, person, publication, id, cloud.clock.now());
    expect(await functions.rings()).toBe(1);
    await new SQSClient({}).send(new PurgeQueueCommand({ QueueUrl: stage.settings.KURIER_QUEUE_ROUNDS }));
    await functions.settle();
    expect(await requireIssue(cloud, publication, id)).toMatchObject({ status: "sent", open: 0 });
    const sent = stage.ses.accepted.slice(before).flatMap(({ destinations }) => destinations);
    expect(sent).toEqual(["thomas@rathaus.example"]);
  });
});

/** Late events are read together after five minutes: they are over. */
const readBooksNow = async (cloud: Cloud, place: Place): Promise<void> => {
  const reopened = (await readRounds(cloud, place)).filter(({ wakeAt }) => wakeAt !== null);
  expect(reopened).not.toEqual([]);
  for (const { round } of reopened)
    await cloud.table.write([{ patch: roundKey(place.publication, place.issue, round), set: { wakeAt: null } }]);
};
const letterOf = ({ delivery = "", attempt = "", issue = "" }: Readonly<Record<string, string>>): LetterOfOurs => ({
  ...{ addressKey: delivery, attempt, issue },
});
const textOf = (file: { body: Uint8Array } | undefined): unknown => JSON.parse(new TextDecoder().decode(file?.body));
const ndjson = (events: readonly object[]): string => events.map((event) => `${JSON.stringify(event)}\n`).join("");

/** Rights nothing above asked for, and why a role holds them all the same. */
const besides: readonly { right: RegExp; of: readonly string[]; because: string }[] = [
  { right: /^logs:/, of: names, because: "Lambda writes the log in the function's name" },
  {
    right: /^sqs:(ChangeMessageVisibility|DeleteMessage|GetQueueAttributes|GetQueueUrl|ReceiveMessage) /,
    of: ["ingest", "build", "deliver", "record-feedback"],
    because: "the event source takes messages in the function's name",
  },
  { right: /^sqs:SendMessage <\w+ParkedQueue>/, of: ["plan", "archive"], because: "Lambda parks a call it gave up" },
  {
    right: /^s3:ListBucket /,
    of: ["build", "plan", "deliver", "record-feedback"],
    because: "without it S3 answers 403 for a file that is not there",
  },
  { right: /^scheduler:UpdateSchedule /, of: ["plan", "deliver", "sweep"], because: "an alarm may be set already" },
  {
    right: /^(scheduler:CreateSchedule|iam:PassRole) /,
    of: ["plan", "sweep"],
    because: "a planner out of time, or dead, is followed by another",
  },
  { right: /^dynamodb:DeleteItem /, of: ["deliver"], because: "a letter that did not leave gives its row back" },
  {
    right: /^dynamodb:DeleteItem /,
    of: ["record-feedback"],
    because: "a mailbox that takes letters again never refused any",
  },
  { right: /^sqs:SendMessage <QueuesRounds/, of: ["deliver"], because: "a round out of time is handed over" },
  { right: /^sqs:SendMessage <QueuesFeedback/, of: ["record-feedback"], because: "so is a file out of time" },
  { right: /^ses:GetSendQuota/, of: ["deliver"], because: "asked once a minute, and plan was the last to ask" },
];

/** After both issues. */
describe("the roles", () => {
  const may = (name: string) => rightsOf(template, roleOf(name));

  it.each(names)("%s asks for nothing its role does not hold", (name) => {
    expect(calls.of(name)).not.toEqual([]);
    expect(calls.of(name).filter((call) => !may(name).some((right) => covers(right, call)))).toEqual([]);
  });

  it.each(names)("%s holds nothing it does not ask for, without a reason", (name) => {
    const idle = may(name).filter((right) => !calls.of(name).some((call) => covers(right, call)));
    const unargued = idle.filter((right) => !besides.some((one) => one.of.includes(name) && one.right.test(right)));
    expect(unargued).toEqual([]);
  });

  it("are argued for by no reason that is none any more", () => {
    const idle = (name: string) => may(name).filter((right) => !calls.of(name).some((call) => covers(right, call)));
    const stale = besides.flatMap(({ right, of, because }) =>
      of.filter((name) => !idle(name).some((one) => right.test(one))).map((name) => `${name}: ${because}`),
    );
    expect(stale).toEqual([]);
  });
});

const covers = (right: string, call: string): boolean =>
  /[^ ]\*$/.test(right) ? call.startsWith(right.slice(0, -1)) : right === call;
