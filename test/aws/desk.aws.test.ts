import { PutSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type IssuePlan, idOfIssue } from "../../core/issue/issue.ts";
import type { KnownPerson } from "../../core/person.ts";
import { operator, type Person } from "../../core/rights.ts";
import { addressKeyOf, addressSecret } from "../../core/subscriber/link.ts";
import { awsCloud } from "../../functions/cloud/aws-cloud.ts";
import type { Cloud, UploadForm } from "../../functions/cloud/cloud.ts";
import { withEdge } from "../../functions/cloud/edge.ts";
import { readSettings } from "../../functions/cloud/settings.ts";
import { attachDownload, bringArticleBack, correctArticle, withdrawArticle } from "../../functions/desk/amendments.ts";
import { mendArticle } from "../../functions/desk/articles.ts";
import { checkIssue } from "../../functions/desk/check.ts";
import { listDeliveries } from "../../functions/desk/deliveries.ts";
import { formsFor, pasteText, removeFile } from "../../functions/desk/hand-in.ts";
import { handOutDeliveries } from "../../functions/desk/handout.ts";
import {
  awaitedList,
  beginImport,
  dropList,
  goOn,
  readList,
  requireImport,
  takeListIn,
} from "../../functions/desk/imports.ts";
import { approveIssue, draftIssue, orderBuild, scheduleIssue } from "../../functions/desk/issues.ts";
import { addPerson, removePerson } from "../../functions/desk/people.ts";
import { sendProof } from "../../functions/desk/proofs.ts";
import { found } from "../../functions/desk/publications.ts";
import { pauseIssue, resumeIssue, takeBackIssue } from "../../functions/desk/sending.ts";
import { beginSubmission } from "../../functions/desk/submissions.ts";
import { suppressAddress } from "../../functions/desk/suppressions.ts";
import { handler as desk } from "../../functions/desk.ts";
import { readArticle } from "../../functions/records/articles.ts";
import { readBuildReport } from "../../functions/records/build-reports.ts";
import type { Place } from "../../functions/records/issue-control.ts";
import { requireIssue } from "../../functions/records/issues.ts";
import { publicFile, withheldFile } from "../../functions/records/paths.ts";
import { newPersonChanges } from "../../functions/records/people.ts";
import { release, withhold } from "../../functions/records/pictures.ts";
import { listPublications } from "../../functions/records/publications.ts";
import { listFiles } from "../../functions/records/submissions.ts";
import { listSubscribers } from "../../functions/records/subscribers.ts";
import { aStrangeIssuer, strangeAddress } from "../functions/desk/a-strange-issuer.ts";
import { rightsOf, roleOf } from "../infra/roles.ts";
import { receiving, synthesised, type Template } from "../infra/synthesised.ts";
import { aPdf } from "../papers-to-take.ts";
import { anIssue, aPublication } from "../people-and-papers.ts";
import { type Awake, awake } from "./awake.ts";
import { type Calls, covers, recordCalls } from "./calls.ts";
import { namesIn } from "./names-in.ts";
import { layRules } from "./notices.ts";
import { rentPool } from "./rented.ts";
import { rentDistribution } from "./rented-distribution.ts";
import { come } from "./requests.ts";
import { deskUrl, type RentedStage, rentStage } from "./stage.ts";

const publication = aPublication({ approvals: "one" });
const domain = publication.sender.from.split("@")[1] ?? "";
const thomas: Person = { id: "thomas-serak", roles: ["author"], home: publication.id };
const guelsen: Person = { id: "guelsen-yildiz", roles: ["editor", "publisher", "admin"], home: publication.id };

let template: Template;
let stage: RentedStage;
let calls: Calls;
let cloud: Cloud;
let functions: Awake;
let takeUpRules: () => Promise<void>;
let pool: Awaited<ReturnType<typeof rentPool>>;
let distribution: Awaited<ReturnType<typeof rentDistribution>>;
beforeAll(async () => {
  const senders = [{ domain, mailFrom: `post.${domain}` }];
  template = synthesised([{ ...receiving, senders, receives: undefined }])("kurier-post");
  stage = await rentStage();
  takeUpRules = await layRules(template, stage);
  pool = await rentPool();
  distribution = await rentDistribution();
  const others = { [pool.id]: "DirectoryPool", [distribution.id]: "FrontDoorDistribution" };
  calls = recordCalls(namesIn(template, stage, domain, others));
  cloud = withEdge(awsCloud(readSettings(stage.settings)));
  functions = awake(stage, calls);
  await found(cloud, operator, publication);
  await known(guelsen, strangeAddress);
});
afterAll(async () => {
  await takeUpRules();
  await pool.end();
  await stage.end();
});

async function known({ id, roles }: Person, address: string): Promise<void> {
  const addressKey = addressKeyOf(addressSecret(await cloud.secrets.read("address")), address);
  const person = { v: 1, id, name: "Gülşen Yıldız", address, addressKey, roles } as KnownPerson;
  await cloud.table.write(newPersonChanges(publication.id, person));
}

interface Answer {
  readonly statusCode: number;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies?: readonly string[];
}
/** Come through CloudFront, which tells the host to nobody. */
async function ask(path: string, more: Parameters<typeof come>[2] = {}, secret = stage.originSecret): Promise<Answer> {
  const host = "abcdef.execute-api.eu-central-1.example";
  const headers = { host, "x-kurier-origin": secret, "sec-fetch-site": "same-origin", ...more?.headers };
  const event = come(host, path, { ...more, headers });
  return (await calls.as("desk", () => desk(event as unknown as Parameters<typeof desk>[0]))) as Answer;
}
const post = (path: string, fields: Readonly<Record<string, string>>, cookies: readonly string[] = []) =>
  ask(path, {
    ...{ method: "POST", body: new URLSearchParams(fields).toString(), cookies },
    headers: { "content-type": "application/x-www-form-urlencoded" },
  });
const cookieIn = ({ cookies = [] }: Answer, name: string): string =>
  cookies.find((line) => line.startsWith(name))?.split(";")[0] ?? expect.unreachable();

/** A verb as one of the desk's routes says it. */
const say = <T>(verb: () => Promise<T>): Promise<T> => calls.as("desk", verb);

describe("a desk on AWS", { timeout: 240_000 }, () => {
  it("turns away whoever does not come through CloudFront, before it looks at anything else", async () => {
    expect((await ask("/", {}, "guessed")).statusCode).toBe(403);
  });

  it("lets people in by the issuer its deployment wrote down, and stands where that says, not where it was asked", async () => {
    let nonce = "";
    const issuer = await aStrangeIssuer(() => nonce);
    const SecretId = stage.settings.KURIER_SECRET_SIGN_IN;
    const known = { deskUrl, userPool: pool.id, distribution: distribution.id };
    const SecretString = JSON.stringify({ ...issuer.settings, ...known });
    await new SecretsManagerClient({}).send(new PutSecretValueCommand({ SecretId, SecretString }));

    const begun = await post("/session", { to: `/${publication.id}/` });
    const way = new URL(/^0; url=(.*)$/.exec(begun.headers.refresh ?? "")?.[1] ?? "");
    expect(way.searchParams.get("redirect_uri")).toBe(`${deskUrl}/session/callback`);
    nonce = way.searchParams.get("nonce") ?? "";
    const query = new URLSearchParams({ code: "c0de", state: way.searchParams.get("state") ?? "" }).toString();
    const cookies = [cookieIn(begun, "__Host-kurier-sign-in")];
    const back = await ask("/session/callback", { query, cookies });
    expect([back.statusCode, back.headers.location]).toEqual([303, `/${publication.id}/`]);

    const session = cookieIn(back, "__Host-kurier-desk");
    const page = await ask(`/${publication.id}/`, { cookies: [session] });
    expect([page.statusCode, page.body.includes("</html>")]).toEqual([200, true]);
    const policy = page.headers["content-security-policy"] ?? "";
    expect(policy).toContain("script-src 'self'");
    // Files go straight to storage, which has an origin of its own.
    expect(policy).toMatch(/form-action 'self' https?:\/\/\S+/);
    expect((await ask(`/${publication.id}/`)).statusCode).not.toBe(200);
  });

  it("enters whom it gets to know in the user pool, and takes out whom no publication knows any more", async () => {
    const mara = { address: "mara@rathaus.example", name: "Mara" };
    await say(() => addPerson(cloud, guelsen, publication.id, mara));
    expect(await pool.find(mara.address)).toBeDefined();
    await say(() => removePerson(cloud, guelsen, publication.id, mara.address));
    expect(await pool.find(mara.address)).toBeUndefined();
  });

  it("founds another publication", async () => {
    await say(() => found(cloud, operator, aPublication({ id: "waldblatt" })));
    expect(await listPublications(cloud)).toContain("waldblatt");
  });

  it("takes what an author brings straight into storage, and what they paste, and what they take back is gone", async () => {
    const begun = await say(() => beginSubmission(cloud, thomas, publication, { title: "Der Deich hält", deskUrl }));
    const place = { publication: publication.id, submission: begun.id };
    const words = { text: "# Der Deich hält\n\nEr ist einen Meter höher.\n", seen: "" };
    await say(() => pasteText(cloud, thomas, place, words));
    const [answered] = await say(() =>
      formsFor(cloud, thomas, place, { files: [{ name: "deich.jpg", bytes: 200 }], onTheWay: [] }),
    );
    await bring(answered && "form" in answered ? answered.form : expect.unreachable(), "no picture at all");
    const files = await listFiles(cloud, place.publication, place.submission);
    const picture = files.find(({ name }) => name === "deich.jpg") ?? expect.unreachable();
    await say(() => removeFile(cloud, thomas, place, picture));
    await functions.settle();
    expect((await listFiles(cloud, place.publication, place.submission)).map(({ name }) => name)).not.toContain(
      "notiz.md",
    );
    const article = await readArticle(cloud, publication.id, begun.id);
    expect(article?.title).toBe("Der Deich hält");
    const mended = { revision: article?.revision ?? 0, markdown: "# Der Deich hält\n\nEr ist *zwei* Meter höher.\n" };
    await say(() => mendArticle(cloud, guelsen, { publication: publication.id, article: begun.id }, mended));
    expect(JSON.stringify(await readArticle(cloud, publication.id, begun.id))).toContain("zwei");
  });

  it("takes a list of readers in, and writes an address down that nobody may mail", async () => {
    const list = "email;name\njoerdis@rathaus.example;Jördis\nthomas@rathaus.example;Thomas\n";
    const { id } = await say(() => beginImport(cloud, guelsen, publication.id, "Bestellkarten 2025"));
    const backTo = `${deskUrl}/${publication.id}/subscribers/imports/${id}`;
    const { form } = await say(() => awaitedList(cloud, guelsen, publication.id, { id, backTo }));
    await bring(form, list);
    await say(() => readList(cloud, guelsen, publication, { id, language: "de" }));
    const onwards = () => say(() => goOn(cloud, guelsen, publication, { id, isLate: () => false }));
    await onwards();
    const { version } = await requireImport(cloud, guelsen, publication.id, id);
    await say(() => takeListIn(cloud, guelsen, publication.id, { id, seen: version }));
    await onwards();
    expect(await listSubscribers(cloud, publication.id)).toHaveLength(2);
    await say(() => dropList(cloud, guelsen, publication.id, id));
    await say(() => suppressAddress(cloud, guelsen, "nie@rathaus.example", "asked"));
    expect(await cloud.files.list("imports/")).toEqual([]);
  });

  it("brings an issue to its readers, and corrects it when it is out", async () => {
    const [card] = (await cloud.files.list("articles/")).map(({ key }) => key.split("/")[2] ?? "");
    const plan: IssuePlan = anIssue({ sections: [{ name: "Aus den Kommunen", articles: [card ?? ""] }] });
    const place: Place = { publication: publication.id, issue: idOfIssue(plan) };
    await say(() => draftIssue(cloud, guelsen, plan));
    await say(() => orderBuild(cloud, guelsen, place.publication, place.issue));
    await functions.settle();
    const seen = (await readBuildReport(cloud, place.publication, place.issue))?.fingerprint ?? "";
    const { findings } = await say(() => checkIssue(cloud, place.publication, place.issue, undefined));
    expect(findings.length).toBeGreaterThan(0);
    await say(() => sendProof(cloud, guelsen, place, { seen, to: [guelsen.id] }));
    await functions.settle();
    expect(stage.ses.accepted.map(({ destinations }) => destinations)).toEqual([[strangeAddress]]);

    await say(() => approveIssue(cloud, guelsen, place.publication, place.issue, seen));
    const tomorrow = new Date(cloud.clock.now().getTime() + 86_400_000);
    await say(() => scheduleIssue(cloud, guelsen, place.publication, place.issue, tomorrow));
    await say(() => takeBackIssue(cloud, guelsen, place));
    await say(() => scheduleIssue(cloud, guelsen, place.publication, place.issue, cloud.clock.now()));
    expect(await functions.rings()).toBe(1);
    await say(() => pauseIssue(cloud, guelsen, place));
    await say(() => resumeIssue(cloud, guelsen, place));
    await functions.settle();
    expect(await requireIssue(cloud, place.publication, place.issue)).toMatchObject({ status: "sent" });
    expect(await say(() => Array.fromAsync(listDeliveries(cloud, guelsen, place)))).toHaveLength(2);
    const link = await say(() => handOutDeliveries(cloud, guelsen, place, "de"));
    expect(await (await fetch(link)).text()).toContain("joerdis@rathaus.example");

    const correction = { article: card ?? "", text: "Es sind drei Meter.", seen: 0 };
    const { version } = await say(() => correctArticle(cloud, guelsen, place, correction));
    const offered = { file: "heft.pdf", label: "Das Heft", body: aPdf() };
    const attached = await say(() => attachDownload(cloud, guelsen, place, { offered, seen: version }));

    const withdrawal = { article: card ?? "", text: "Zurückgezogen.", seen: attached.version };
    const withdrawn = await say(() => withdrawArticle(cloud, guelsen, place, withdrawal));
    expect(await distribution.forgotten()).toEqual([[`/${publication.id}/*`, "/*"]]);
    const back = { article: card ?? "", seen: withdrawn.version };
    expect((await say(() => bringArticleBack(cloud, guelsen, place, back))).isSettled).toBe(true);
  });

  it("takes pictures off the public files, and puts them back", async () => {
    const sha256 = "a".repeat(64);
    const [shown, kept] = [publicFile, withheldFile].map((placed) =>
      placed(publication.id, `bilder/${sha256}-mail.jpg`),
    );
    await cloud.files.write(shown ?? "", "picture", { type: "image/jpeg" });
    const there = async () => (await Promise.all([shown, kept].map((key) => cloud.files.read(key ?? "")))).map(Boolean);
    await say(() => withhold(cloud, publication.id, [sha256]));
    expect(await there()).toEqual([false, true]);
    await say(() => release(cloud, publication.id, [sha256]));
    expect(await there()).toEqual([true, false]);
  });
});

/** Posts as a browser does: the fields first, the file last. */
async function bring({ url, fields }: UploadForm, text: string): Promise<void> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append("file", new Blob([text]));
  // Where a form leads back to is a page of the desk.
  const { status } = await fetch(url, { method: "POST", body: form, redirect: "manual" });
  expect([200, 204, 303]).toContain(status);
}

/** Rights nothing above asked for, and why the role holds them all the same. */
const besides: readonly { right: RegExp; because: string }[] = [
  { right: /^logs:/, because: "Lambda writes the log in the function's name" },
  { right: /^scheduler:UpdateSchedule /, because: "an alarm may be set already" },
  { right: /^ses:GetSendQuota/, because: "asked once a minute, and plan was the last to ask" },
  {
    right: /^s3:GetObject <StorageDesk>\/ledger\//,
    because: "what became of letters is read there once their rows are forgotten",
  },
  { right: /^s3:GetObject <StorageDesk>\/submissions\//, because: "an author looks at what they handed in" },
  {
    right: /^s3:GetObject <StorageDesk>\/handouts\//,
    because: "whoever follows a signed link does so by the desk's right",
  },
  { right: /^s3:PutObject <StorageDesk>\/imports\//, because: "a browser posts a list by a form the desk has signed" },
  {
    right: /^s3:(Put|Delete)Object <StorageDesk>\/logos\//,
    because: "a browser posts a logo by a form the desk has signed; put in or dropped, the file is gone",
  },
  {
    right: /^s3:DeleteObject <StorageSite>\/\*\.(epub|pdf)/,
    because: "a file that was attached may be replaced or taken away",
  },
  { right: /^s3:ListBucket <StorageSite>/, because: "an issue may lead to a page of ours" },
  { right: /^dynamodb:ConditionCheckItem /, because: "what is written beside a row may depend on how it stands" },
];

/** After all of it. */
describe("the desk's role", () => {
  const may = () => rightsOf(template, roleOf("desk"));

  it("holds all the desk asks for", () => {
    expect(calls.of("desk").filter((call) => !may().some((right) => covers(right, call)))).toEqual([]);
  });

  it("holds nothing the desk does not ask for, without a reason", () => {
    const idle = may().filter((right) => !calls.of("desk").some((call) => covers(right, call)));
    expect(idle.filter((right) => !besides.some((one) => one.right.test(right)))).toEqual([]);
  });
});
