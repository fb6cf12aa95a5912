import { buildSync } from "esbuild";

/** What a function asks of its cloud, and what AWS wants to have allowed for it. A sentence of ours is no change of a row. */
export const asks: readonly { code: RegExp; rights: readonly string[] }[] = [
  { code: /\btable\.get\(/, rights: ["dynamodb:BatchGetItem"] },
  // The clock is the table's: whoever is woken asks once.
  { code: /\bonAws\(/, rights: ["dynamodb:BatchGetItem"] },
  { code: /\btable\.query\(/, rights: ["dynamodb:Query"] },
  { code: /\bput: (?!")/, rights: ["dynamodb:PutItem"] },
  { code: /\bpatch: (?!")/, rights: ["dynamodb:UpdateItem"] },
  { code: /\bremove: (?!")/, rights: ["dynamodb:DeleteItem"] },
  // Nor is a group of sentences under that word.
  { code: /\bcheck: (?!["{])/, rights: ["dynamodb:ConditionCheckItem"] },
  { code: /\btable\.id\(/, rights: ["dynamodb:DescribeTable"] },
  { code: /\btable\.count\(/, rights: ["dynamodb:PutItem", "dynamodb:UpdateItem"] },
  { code: /\bfiles\.read\(/, rights: ["s3:GetObject", "s3:ListBucket"] },
  { code: /\bfiles\.list\(/, rights: ["s3:ListBucket"] },
  { code: /\bfiles\.write\(/, rights: ["s3:PutObject"] },
  { code: /\bfiles\.remove\(/, rights: ["s3:DeleteObject"] },
  { code: /\bfiles\.(beginParts|writePart|joinParts)\(/, rights: ["s3:PutObject", "s3:GetObject"] },
  { code: /\bfiles\.uploadForm\(/, rights: ["s3:PutObject"] },
  { code: /\bfiles\.downloadLink\(/, rights: ["s3:GetObject"] },
  { code: /\bqueues\.rounds\.add\(/, rights: ["sqs:SendMessage <QueuesRoundsQueue>"] },
  { code: /\bqueues\.builds\.add\(/, rights: ["sqs:SendMessage <QueuesBuildsQueue>"] },
  { code: /\bqueues\.arrivals\.add\(/, rights: ["sqs:SendMessage <QueuesArrivalsQueue>"] },
  { code: /\bqueues\.manuscripts\.add\(/, rights: ["sqs:SendMessage <QueuesManuscriptsQueue>"] },
  { code: /\bqueues\.confirmations\.add\(/, rights: ["sqs:SendMessage <QueuesConfirmationsQueue>"] },
  { code: /\bqueues\.feedback\.add\(/, rights: ["sqs:SendMessage <QueuesFeedbackQueue>"] },
  { code: /\bsecrets\.read\("address"\)/, rights: ["secretsmanager:GetSecretValue <SecretsAddress>"] },
  { code: /\bsecrets\.read\("links"\)/, rights: ["secretsmanager:GetSecretValue <SecretsLinks>"] },
  { code: /\bsecrets\.read\("origin"\)/, rights: ["secretsmanager:GetSecretValue <SecretsOrigin>"] },
  { code: /\bsecrets\.read\("sign-in"\)/, rights: ["secretsmanager:GetSecretValue <SecretsSignIn>"] },
  { code: /\bdirectory\.admit\(/, rights: ["cognito-idp:AdminCreateUser"] },
  { code: /\bdirectory\.dismiss\(/, rights: ["cognito-idp:AdminDeleteUser"] },
  { code: /\bedge\.forget\(/, rights: ["cloudfront:CreateInvalidation"] },
  { code: /\bmail\.send\(/, rights: ["ses:SendRawEmail"] },
  { code: /\bmail\.(close|open)\(/, rights: ["ses:UpdateConfigurationSetSendingEnabled"] },
  { code: /\bmail\.quota\(/, rights: ["ses:GetSendQuota"] },
  {
    code: /\btimer\.wakeAt\(/,
    rights: ["iam:PassRole", "scheduler:CreateSchedule", "scheduler:UpdateSchedule"],
  },
  { code: /\btimer\.cancel\(/, rights: ["scheduler:DeleteSchedule"] },
];

/** The rights some code asks for, as "action" or "action resource". */
export const askedIn = (code: string): string[] => [
  ...new Set(asks.flatMap((ask) => (ask.code.test(code) ? ask.rights : []))),
];

/** The same for what becomes of some sources together; what none of them reaches does not count. */
export function askedBy(entryPoints: string[]): string[] {
  const { outputFiles } = buildSync({
    entryPoints,
    bundle: true,
    write: false,
    outdir: "bundled",
    platform: "node",
    format: "esm",
    mainFields: ["module", "main"],
    packages: "external",
    external: ["*/on-aws.ts"],
  });
  return askedIn(outputFiles.map(({ text }) => text).join("\n")).sort();
}
