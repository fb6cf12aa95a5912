import { PurgeQueueCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { Challenge } from "altcha-lib";
import PostalMime from "postal-mime";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { idOfIssue } from "../../core/issue/issue.ts";
import { wordingOf } from "../../core/subscriber/consent.ts";
import { addressKeyOf, addressSecret, linkRing, linkToken } from "../../core/subscriber/link.ts";
import { shortestFill } from "../../core/subscriber/protection.ts";
import { awsCloud } from "../../functions/cloud/aws-cloud.ts";
import type { Cloud } from "../../functions/cloud/cloud.ts";
import { readSettings } from "../../functions/cloud/settings.ts";
import { commission } from "../../functions/desk/commissions.ts";
import { pasteText } from "../../functions/desk/hand-in.ts";
import { approveIssue, draftIssue, orderBuild, scheduleIssue } from "../../functions/desk/issues.ts";
import { addPerson } from "../../functions/desk/people.ts";
import { issueAccount } from "../../functions/records/account.ts";
import { readBuildReport } from "../../functions/records/build-reports.ts";
import { evidenceOf } from "../../functions/records/consents.ts";
import { readFeedbackCounts } from "../../functions/records/feedback.ts";
import { forgetFolder, forgetRow, notesOf } from "../../functions/records/forgetting.ts";
import type { Place } from "../../functions/records/issue-control.ts";
import { requireIssue } from "../../functions/records/issues.ts";
import { reminderKey, roundKey } from "../../functions/records/keys.ts";
import { mailFile } from "../../functions/records/paths.ts";
import { listPeople } from "../../functions/records/people.ts";
import { requirePublication, savePublication } from "../../functions/records/publications.ts";
import { readRounds } from "../../functions/records/rounds.ts";
import { listFiles, listSubmissions, readSubmission } from "../../functions/records/submissions.ts";
import { readSubscriber } from "../../functions/records/subscribers.ts";
import { handler as site } from "../../functions/site.ts";
import { handler as wholeSite } from "../../functions/whole-site.ts";
import { person } from "../../local/session.ts";
import { aMail, anArticle, author, type MailGiven, sesTrace } from "../core/mail/mails.ts";
import { solve } from "../functions/site/proofs.ts";
import { functionNames } from "../infra/function-names.ts";
import { rightsOf, roleOf } from "../infra/roles.ts";
import { receiving, regional, synthesised, type Template } from "../infra/synthesised.ts";
import { firstIssue, type World } from "../journeys/first-issue.ts";
import { anIssue, aPublication } from "../people-and-papers.ts";
import { bounceOf, deliveryOf, type LetterOfOurs, sendOf } from "../ses-events.ts";
import { type Awake, awake } from "./awake.ts";
import { type Calls, covers, recordCalls } from "./calls.ts";
import { namesIn } from "./names-in.ts";
import { layRules } from "./notices.ts";
import { come } from "./requests.ts";
import { type RentedStage, rentStage } from "./stage.ts";

const domain = aPublication().sender.from.split("@")[1] ?? "";
/** The desk has a journey of its own. */
const names = functionNames.filter((name) => name !== "desk");
let template: Template;
let stage: RentedStage;
let calls: Calls;
let takeUpRules: () => Promise<void>;

beforeAll(async () => {
  const senders = [{ domain, mailFrom: `post.${domain}` }];
  const receives = { addresses: { [aPublication().id]: `beitrag@${domain}` } };
  template = synthesised([{ ...receiving, senders, receives }])("kurier-post");
  stage = await rentStage();
  takeUpRules = await layRules(template, stage);
  calls = recordCalls(namesIn(template, stage, domain));
});
afterAll(async () => {
  await takeUpRules();
  await stage.end();
});

/** Come through CloudFront. */
const request = async (
  path: string,
  { method, body, headers } = { method: "GET", body: "", headers: {} as Record<string, string> },
): Promise<{ statusCode: number; body: string }> => {
  const host = "origin.example.org";
  const event = come(host, path, {
    method,
    body,
    headers: { ...headers, host, "x-kurier-origin": stage.originSecret },
  });
  const answer = await calls.as("site", () => site(event as Parameters<typeof site>[0]));
  return answer as { statusCode: number; body: string };
};
const ask: World["ask"] = async (path, given) => (await request(path, given)).statusCode;
const post = (path: string, fields: Readonly<Record<string, string | undefined>>): Promise<number> => {
  const body = new URLSearchParams(fields as Record<string, string>).toString();
  return ask(path, { method: "POST", body, headers: { "content-type": "application/x-www-form-urlencoded" } });
};

describe("a stage on AWS", { timeout: 240_000 }, () => {
  let cloud: Cloud;
  let functions: Awake;
  beforeAll(() => {
    cloud = awsCloud(readSettings(stage.settings));
    functions = awake(stage, calls);
  });

  async function scheduleNumber(number: number, article = "schalter"): Promise<Place> {
    const plan = anIssue({ number, sections: [{ name: "Aus den Kommunen", articles: [article] }] });
    const place = { publication: plan.publication, issue: idOfIssue(plan) };
    await draftIssue(cloud, person, plan);
    await orderBuild(cloud, person, place.publication, place.issue);
    await functions.settle();
    const report = await readBuildReport(cloud, place.publication, place.issue);
    await approveIssue(cloud, person, place.publication, place.issue, report?.fingerprint ?? "");
    await scheduleIssue(cloud, person, place.publication, place.issue, cloud.clock.now());
    return place;
  }

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
    const { publication, issue: id } = await scheduleNumber(2);
    expect(await functions.rings()).toBe(1);
    await new SQSClient({}).send(new PurgeQueueCommand({ QueueUrl: stage.settings.KURIER_QUEUE_ROUNDS }));
    await functions.settle();
    expect(await requireIssue(cloud, publication, id)).toMatchObject({ status: "sent", open: 0 });
    const sent = stage.ses.accepted.slice(before).flatMap(({ destinations }) => destinations);
    expect(sent).toEqual(["thomas@rathaus.example"]);
  });

  it("hears who subscribes at the door, asks them to confirm by a stream of its own, and knows them from then on", async () => {
    const { id, baseUrl } = aPublication();
    const challenge = JSON.parse((await request(`/${id}/s/challenge`)).body) as Challenge;
    const work = await solve(challenge);
    await new Promise((typed) => setTimeout(typed, shortestFill));
    const typed = {
      address: "neu@rathaus.example",
      name: "",
      publication: id,
      format: "html",
      language: "de",
      said: "de",
    };
    const fields = { ...typed, ...work, wording: wordingOf(aPublication(), "de").hash };
    expect(await post(`/${id}/s`, fields)).toBe(200);
    await functions.settle();
    const mails = stage.ses.accepted.filter(({ destinations: [to] }) => to === typed.address);
    expect(mails.map(({ set }) => set)).toEqual(["journey-confirmations"]);
    const { text = "" } = await PostalMime.parse(mails[0]?.raw ?? "");
    const link = (path: string) => text.match(new RegExp(`^${baseUrl}(/${path}/\\S+)$`, "m"))?.[1] ?? "";
    expect(await post(`/${id}${link("c")}`, {})).toBe(200);
    const addressKey = addressKeyOf(addressSecret(await cloud.secrets.read("address")), typed.address);
    expect(await readSubscriber(cloud, id, addressKey)).toMatchObject({ state: "confirmed" });
    expect((await evidenceOf(cloud, addressKey)).map(({ kind }) => kind)).toEqual(["requested", "confirmed", "mailed"]);
    const ring = linkRing(await cloud.secrets.read("links"));
    const preferences = `/${id}/e/${linkToken(ring, "preferences", addressKey, id)}`;
    expect((await request(`${preferences}/data`)).statusCode).toBe(200);
  });

  it("brings them the next issue, and lets them go by its one click: at once, and written in the journal", async () => {
    const before = stage.ses.accepted.length;
    const { publication } = await scheduleNumber(3);
    await functions.settle();
    const letter = stage.ses.accepted.slice(before).find(({ destinations: [to] }) => to === "neu@rathaus.example");
    expect(letter?.set).toBe("journey-editions");
    const { headers } = await PostalMime.parse(letter?.raw ?? "");
    const [, oneClick = ""] = /^<(.+)>$/.exec(headers.find(({ key }) => key === "list-unsubscribe")?.value ?? "") ?? [];
    const path = `/${publication}${new URL(oneClick).pathname}`;
    expect(await ask(path)).toBe(200);
    const { delivery: addressKey = "" } = letter?.tags ?? {};
    expect(await readSubscriber(cloud, publication, addressKey)).toMatchObject({ state: "confirmed" });
    expect(await post(path, { "List-Unsubscribe": "One-Click" })).toBe(200);
    expect(await readSubscriber(cloud, publication, addressKey)).toMatchObject({ state: "unsubscribed" });
    const journal = await cloud.files.list("journal/");
    const entries = await Promise.all(journal.map(async ({ key }) => textOf(await cloud.files.read(key))));
    expect(entries).toContainEqual(expect.objectContaining({ kind: "left", publication, addressKey }));
  });

  it("shows without CloudFront what it shows with it, by the rights of a regional site", async () => {
    const { hostname } = new URL(aPublication().baseUrl);
    const visit = async (path: string) => {
      const answer = await calls.as("whole-site", () =>
        wholeSite(come(hostname, path) as Parameters<typeof wholeSite>[0]),
      );
      return answer as { statusCode: number; body: string; headers: Record<string, string> };
    };
    const page = await visit("/ausgaben/2026-01/ein-schalter-der-zuhoert/");
    expect([page.statusCode, page.body.includes("Erst der Mensch")]).toEqual([200, true]);
    expect(page.headers["cache-control"]).toContain("max-age");
    expect((await visit("/feed/atom.xml")).headers["content-type"]).toContain("application/atom+xml");
    expect((await visit("/s")).body).toContain('name="address"');
    const missing = await visit("/nie/");
    expect([missing.statusCode, missing.body.includes("</html>")]).toEqual([404, true]);

    const senders = [{ domain, mailFrom: `post.${domain}` }];
    const land = synthesised([{ ...regional, senders }])("kurier-land");
    const may = rightsOf(land, roleOf("site"));
    const asked = calls.of("whole-site");
    expect(asked.filter((call) => call.startsWith("s3:GetObject <StorageSite>/"))).not.toEqual([]);
    expect(asked.filter((call) => !may.some((right) => covers(right, call)))).toEqual([]);
  });

  it("makes an author's mail their submission, answers it in its own stream, and keeps nothing of it", async () => {
    const publication = await requirePublication(cloud, aPublication().id);
    await savePublication(cloud, { ...publication, submissions: `beitrag@${domain}` });
    await addPerson(cloud, person, publication.id, { address: author, name: "Thomas Śěrak" });
    const lay = (id: string, given: MailGiven) =>
      cloud.files.write(mailFile(publication.id, id), aMail(given), { type: "message/rfc822" });
    const settled = async () => {
      await functions.settle();
      await new Promise((read) => setTimeout(read, 11_000)); // a receipt waits ten seconds for its files to be read
      await functions.settle();
    };
    await lay("m1", {
      text: anArticle,
      enclosed: [{ name: "smime.p7s", type: "application/pkcs7-signature", body: "x" }],
    });
    await settled();
    const thomas = (await listPeople(cloud, publication.id)).find(({ address }) => address === author)?.id;
    const mine = async () => (await listSubmissions(cloud, publication.id)).filter(({ by }) => by === thomas);
    expect(await mine()).toMatchObject([{ state: "ingested", mail: { id: "m1" } }]);
    const answers = () =>
      stage.ses.accepted.filter(({ destinations: [to], tags }) => to === author && "answer" in tags);
    expect(answers().map(({ set }) => set)).toEqual(["journey-confirmations"]);
    const { subject, inReplyTo } = await PostalMime.parse(answers()[0]?.raw ?? "");
    expect([subject, inReplyTo]).toEqual([expect.stringContaining("Angekommen: "), "<m1@rathaus.example>"]);

    const neu = { name: "neu.md", type: "text/markdown", body: "---\ntitel: Neu\n---\n\nEin neuer Text.\n" };
    await lay("m2", { subject: `AW: ${subject}`, text: "Neu.", enclosed: [neu] });
    await lay("m3", { text: anArticle, trace: sesTrace({ spf: "fail", results: ["dmarc=fail"] }) });
    await settled();
    const [submission, ...others] = await mine();
    expect([others, submission]).toMatchObject([[], { state: "ingested", revision: 2, mail: { id: "m2" } }]);
    expect((await listFiles(cloud, publication.id, submission?.id ?? "")).map(({ name }) => name)).toEqual(["neu.md"]);
    expect([answers().length, await cloud.files.list("mail/")]).toEqual([2, []]);
  });

  it("asks an author for an article, reminds them while nothing has come, and tells them when it is out", async () => {
    const publication = await requirePublication(cloud, aPublication().id);
    const mailed = () => stage.ses.accepted.filter(({ destinations: [to] }) => to === "frieda@verein.example");
    const subjects = () => Promise.all(mailed().map(async ({ raw }) => (await PostalMime.parse(raw)).subject));
    await draftIssue(cloud, person, anIssue({ number: 4 }));
    const until = new Date(cloud.clock.now().getTime() + 10 * 86_400_000).toISOString().slice(0, 10);
    const { id } = await commission(cloud, person, publication, {
      ...{ name: "Frieda Möhring", address: "frieda@verein.example", issue: "2026-04", until },
      ...{ title: "Der Verein feiert", words: "", deskUrl: "https://desk.example.org" },
    });
    const due = reminderKey(cloud.clock.now().toISOString(), publication.id, id);
    await cloud.table.write([{ put: { ...due, v: 1, publication: publication.id, submission: id, until } }]);
    await functions.settle();
    expect(await subjects()).toEqual([
      expect.stringContaining("Ihr Beitrag für"),
      expect.stringContaining("Erinnerung:"),
    ]);

    const text = "# Der Verein feiert\n\nEr wird hundert Jahre alt, und alle sind eingeladen.\n";
    await pasteText(cloud, person, { publication: publication.id, submission: id }, { text, seen: "" });
    await functions.settle();
    expect(await readSubmission(cloud, publication.id, id)).toMatchObject({
      state: "ingested",
      by: expect.stringMatching(/^p-/),
    });
    await scheduleNumber(4, id);
    await functions.settle();
    expect((await subjects()).at(-1)).toContain("Erschienen: Ausgabe 04|26");
  });

  it("removes by night what has lapsed", async () => {
    const lapsed = { pk: "lapsed", sk: "lapsed" };
    const yesterday = new Date(cloud.clock.now().getTime() - 86_400_000).toISOString();
    const today = cloud.clock.now().toISOString().slice(0, 10);
    const read = await cloud.files.list("readings/");
    const folder = read[0]?.key.replace(/[^/]+$/, "") ?? expect.unreachable();
    const notes = [forgetRow(yesterday, lapsed), forgetFolder(today, folder)];
    await cloud.table.each([{ put: { ...lapsed, v: 1, expiresAt: yesterday } }, ...notes]);
    await functions.settle();
    expect(await cloud.files.list(folder)).toEqual([]);
    expect(await Array.fromAsync(notesOf(cloud, cloud.clock.now().toISOString().slice(0, 10)))).toEqual([]);
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

/**
 * Rights nothing above asked for, and why a role holds them all the same. `isByChance`: a run may ask for it all the same,
 * where it took long, or somebody was first.
 */
const besides: readonly { right: RegExp; of: readonly string[]; because: string; isByChance?: true }[] = [
  { right: /^logs:/, of: names, because: "Lambda writes the log in the function's name" },
  {
    right: /^sqs:(ChangeMessageVisibility|DeleteMessage|GetQueueAttributes|GetQueueUrl|ReceiveMessage) /,
    of: ["ingest", "read-word", "receive", "build", "deliver", "ask", "record-feedback"],
    because: "the event source takes messages in the function's name",
  },
  { right: /^sqs:SendMessage <\w+ParkedQueue>/, of: ["plan", "archive"], because: "Lambda parks a call it gave up" },
  {
    right: /^s3:ListBucket /,
    of: ["read-word", "plan", "deliver", "record-feedback"],
    because: "without it S3 answers 403 for a file that is not there",
  },
  {
    right: /^s3:GetObject <StorageDesk>\/editions\//,
    of: ["ask"],
    because: "a proof is a letter of a build: the desk's journey asks for one",
  },
  {
    right: /^s3:DeleteObject <StorageDesk>\/(imports|handouts)\//,
    of: ["forget"],
    because: "a list nobody took in and a file that was handed out are gone after a day",
  },
  {
    right: /^s3:GetObject <StorageDesk>\/(originals|articles)\//,
    of: ["ingest"],
    because: "a picture an editor moves is cut anew from what was handed in",
  },
  {
    right:
      /^s3:(Get|Put|Delete)Object <StorageDesk>\/withheld\/|^s3:PutObject <StorageSite>\/\*\/bilder\/|^s3:ListBucket <StorageSite>/,
    of: ["build"],
    because: "pictures that went with another article come back: the desk's journey takes them off",
  },
  {
    right: /^s3:PutObject <StorageDesk>\/withheld\//,
    of: ["ingest"],
    because: "what is made anew of an article that was withdrawn stays withheld",
  },
  {
    right: /^dynamodb:ConditionCheckItem /,
    of: ["ingest"],
    because: "lists are made of a table from before there were any",
  },
  {
    right: /^(dynamodb:UpdateItem |sqs:SendMessage <QueuesArrivals)/,
    of: ["ingest"],
    because: "who finds a submission being read asks for another look, and forty photos take several runs",
    isByChance: true,
  },
  { right: /^s3:GetObject <StorageDesk>\/logos\//, of: ["ingest"], because: "a logo comes by the settings" },
  {
    right: /^dynamodb:DeleteItem /,
    of: ["receive"],
    because: "a submission that was answered by mail leaves the place it stood at",
    isByChance: true,
  },
  {
    right: /^s3:GetObject <StorageDesk>\/journal\//,
    of: ["forget"],
    because: "suppressions from before there was a list of them are read there, once",
    isByChance: true,
  },
  { right: /^ec2:/, of: ["read-word"], because: "Lambda puts the function into its network in the function's name" },
  {
    right: /^scheduler:UpdateSchedule /,
    of: ["plan", "deliver", "sweep"],
    because: "an alarm may be set already",
    isByChance: true,
  },
  {
    right: /^(scheduler:CreateSchedule|iam:PassRole) /,
    of: ["plan", "sweep"],
    because: "a planner out of time, or dead, is followed by another",
    isByChance: true,
  },
  {
    right: /^dynamodb:DeleteItem /,
    of: ["ask"],
    because: "a mail that did not leave gives its row back",
    isByChance: true,
  },
  {
    right: /^secretsmanager:GetSecretValue <SecretsAddress>/,
    of: ["site"],
    because: "whoever moves is looked up by their new address",
  },
  { right: /^dynamodb:ConditionCheckItem /, of: ["archive"], because: "an issue that was cancelled is closed so" },
  {
    right: /^dynamodb:ConditionCheckItem /,
    of: ["site"],
    because: "a request that waits beside a reader is withdrawn so",
  },
  {
    right: /^dynamodb:DeleteItem /,
    of: ["deliver"],
    because: "a letter that did not leave gives its row back",
    isByChance: true,
  },
  {
    right: /^dynamodb:DeleteItem /,
    of: ["record-feedback"],
    because: "a mailbox that takes letters again never refused any",
  },
  {
    right: /^sqs:SendMessage <QueuesRounds/,
    of: ["deliver"],
    because: "a round out of time is handed over",
    isByChance: true,
  },
  {
    right: /^sqs:SendMessage <QueuesFeedback/,
    of: ["record-feedback"],
    because: "so is a file out of time",
    isByChance: true,
  },
  {
    right: /^ses:GetSendQuota/,
    of: ["deliver"],
    because: "asked once a minute, and plan was the last to ask",
    isByChance: true,
  },
];

/** After all of it. */
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
    const stale = besides.flatMap(({ right, of, because, isByChance }) =>
      of
        .filter((name) => !(isByChance ? may(name) : idle(name)).some((one) => right.test(one)))
        .map((name) => `${name}: ${because}`),
    );
    expect(stale).toEqual([]);
  });
});
