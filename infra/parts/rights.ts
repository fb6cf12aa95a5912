import { Stack } from "aws-cdk-lib";
import type { Bucket } from "aws-cdk-lib/aws-s3";
import type { Secret } from "aws-cdk-lib/aws-secretsmanager";
import type { Cloud } from "../cloud.ts";
import type { QueueName } from "../queues.ts";

/** What a function may do, in our words; each is the least AWS knows for it. */
export interface Right {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly conditions?: Readonly<Record<string, unknown>>;
  /** Why a resource ends in an asterisk. */
  readonly wildcard?: string;
}

/** Rows, by the acts of the table in `functions/cloud/cloud.ts`. A transaction takes the right of each of its parts. */
export const rows = ({ storage }: Cloud, ...acts: (keyof typeof rowActions)[]): Right => ({
  actions: acts.map((act) => rowActions[act]),
  resources: [storage.table.tableArn],
});
const rowActions = {
  get: "dynamodb:BatchGetItem",
  query: "dynamodb:Query",
  put: "dynamodb:PutItem",
  patch: "dynamodb:UpdateItem",
  remove: "dynamodb:DeleteItem",
  check: "dynamodb:ConditionCheckItem",
  /** Which table this is: the fence asks before letters leave. */
  id: "dynamodb:DescribeTable",
} as const;

const namedLater = "Files get their names while we run.";
const below = (bucket: Bucket, folders: string[]): string[] =>
  folders.map((folder) => bucket.arnForObjects(`${folder}/*`));

/**
 * Private files, by the folders of `functions/records/keys.ts`. Without the right to list, S3 answers 403 for a file that
 * is not there; when it asks for that right it knows no prefix, so the right cannot be bound to one.
 */
export const readFiles = ({ storage }: Cloud, ...folders: string[]): Right[] => [
  { actions: ["s3:GetObject"], resources: below(storage.desk, folders), wildcard: namedLater },
  { actions: ["s3:ListBucket"], resources: [storage.desk.bucketArn] },
];

/** Whether there is any: what stands in them is nobody's business here. */
export const listFiles = ({ storage }: Cloud): Right => ({
  actions: ["s3:ListBucket"],
  resources: [storage.desk.bucketArn],
});

export const writeFiles = ({ storage }: Cloud, ...folders: string[]): Right => ({
  actions: ["s3:PutObject"],
  resources: below(storage.desk, folders),
  wildcard: namedLater,
});

export const removeFiles = ({ storage }: Cloud, ...folders: string[]): Right => ({
  actions: ["s3:DeleteObject"],
  resources: below(storage.desk, folders),
  wildcard: namedLater,
});

/** Public files: the bucket holds nothing else. */
export const publishFiles = ({ storage }: Cloud): Right => ({
  actions: ["s3:PutObject"],
  resources: [storage.site.arnForObjects("*")],
  wildcard: namedLater,
});

/** Pictures alone: named by their content, they are taken off and put back as articles are withdrawn and return. */
export const publishPictures = (cloud: Cloud): Right => ofPictures(cloud, "s3:PutObject");
export const takePictures = (cloud: Cloud): Right => ofPictures(cloud, "s3:GetObject", "s3:DeleteObject");

/** Files readers could take along, when they are offered no more. */
export const takeDownloads = ({ storage }: Cloud): Right[] =>
  ["pdf", "epub"].map((kind) => ({
    actions: ["s3:DeleteObject"],
    resources: [storage.site.arnForObjects(`*.${kind}`)],
    wildcard: namedLater,
  }));

const ofPictures = ({ storage }: Cloud, ...actions: string[]): Right => ({
  actions,
  resources: [storage.site.arnForObjects("*/bilder/*")],
  wildcard: namedLater,
});

/** Copies near readers are asked for anew; where no CloudFront stands there are none. */
export const forgetCopies = (front: { readonly arn: string } | undefined): Right[] =>
  front ? [{ actions: ["cloudfront:CreateInvalidation"], resources: [front.arn] }] : [];

export const readPublished = (cloud: Cloud): Right[] => [
  { actions: ["s3:GetObject"], resources: [cloud.storage.site.arnForObjects("*")], wildcard: namedLater },
  listPublished(cloud),
];

/** Whether something is published. */
export const listPublished = ({ storage }: Cloud): Right => ({
  actions: ["s3:ListBucket"],
  resources: [storage.site.bucketArn],
});

export const addMessages = ({ queues }: Cloud, ...names: QueueName[]): Right => ({
  actions: ["sqs:SendMessage"],
  resources: names.map((name) => queues[name].queue.queueArn),
});

export const readSecrets = (...secrets: Pick<Secret, "secretArn">[]): Right => ({
  actions: ["secretsmanager:GetSecretValue"],
  resources: secrets.map(({ secretArn }) => secretArn),
});

export const sendEditions = (cloud: Cloud): Right => sendBy(cloud, "editions");
export const sendConfirmations = (cloud: Cloud): Right => sendBy(cloud, "confirmations");

/** Letters of one stream, from the stage's own senders. */
const sendBy = ({ sender }: Cloud, stream: "editions" | "confirmations"): Right => ({
  actions: ["ses:SendRawEmail"],
  resources: [
    ...sender.identities.map(({ emailIdentityArn }) => emailIdentityArn),
    Stack.of(sender).formatArn({
      service: "ses",
      resource: "configuration-set",
      resourceName: sender[stream].configurationSetName,
    }),
  ],
});

export const askForQuota: Right = {
  actions: ["ses:GetSendQuota"],
  resources: ["*"],
  wildcard: "The quota is the account's; AWS knows no resource for it.",
};

/** What Lambda does in a function's name to put it into a network. The network leads to nobody who would hear the function itself. */
export const joinNetwork: Right = {
  actions: [
    "ec2:CreateNetworkInterface",
    "ec2:DescribeNetworkInterfaces",
    "ec2:DescribeSubnets",
    "ec2:DeleteNetworkInterface",
    "ec2:AssignPrivateIpAddresses",
    "ec2:UnassignPrivateIpAddresses",
  ],
  resources: ["*"],
  wildcard: "Lambda makes network interfaces while we run, and asks for these rights on all of them.",
};

export const windTimers = ({ timer }: Cloud): Right[] => [
  {
    actions: ["scheduler:CreateSchedule", "scheduler:UpdateSchedule"],
    resources: [timer.schedules],
    wildcard: "Schedules of the stage's own group get their names while we run.",
  },
  {
    actions: ["iam:PassRole"],
    resources: [timer.role.roleArn],
    conditions: { StringEquals: { "iam:PassedToService": "scheduler.amazonaws.com" } },
  },
];

/** Takes back what was wound. */
export const stopTimers = ({ timer }: Cloud): Right => ({
  actions: ["scheduler:DeleteSchedule"],
  resources: [timer.schedules],
  wildcard: "Schedules of the stage's own group get their names while we run.",
});

/** Whoever the desk knows, the stage's own issuer has to know; where another house is the issuer there is nothing to do. */
export const enterPeople = ({ directory }: Cloud): Right[] =>
  directory
    ? [
        {
          actions: ["cognito-idp:AdminCreateUser", "cognito-idp:AdminDeleteUser"],
          resources: [directory.pool.userPoolArn],
        },
      ]
    : [];
