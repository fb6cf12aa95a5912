/** What a function must be told to find its cloud: each setting once, with its kind and its meaning. Secrets are elsewhere. */
const declared = {
  table: { name: "KURIER_TABLE", kind: "name", meaning: "DynamoDB table" },
  privateBucket: {
    name: "KURIER_PRIVATE_BUCKET",
    kind: "name",
    meaning: "bucket of everything the public does not see",
  },
  publicBucket: { name: "KURIER_PUBLIC_BUCKET", kind: "name", meaning: "bucket behind CloudFront" },
  arrivals: { name: "KURIER_QUEUE_ARRIVALS", kind: "url", meaning: "queue of files that arrived" },
  manuscripts: { name: "KURIER_QUEUE_MANUSCRIPTS", kind: "url", meaning: "queue of Word files to read" },
  builds: { name: "KURIER_QUEUE_BUILDS", kind: "url", meaning: "queue of issues to build" },
  rounds: { name: "KURIER_QUEUE_ROUNDS", kind: "url", meaning: "queue of rounds to deliver" },
  confirmations: { name: "KURIER_QUEUE_CONFIRMATIONS", kind: "url", meaning: "queue of confirm mails" },
  feedback: { name: "KURIER_QUEUE_FEEDBACK", kind: "url", meaning: "queue of what SES tells us" },
  editionsSet: { name: "KURIER_SET_EDITIONS", kind: "name", meaning: "SES configuration set of the email editions" },
  confirmationsSet: {
    name: "KURIER_SET_CONFIRMATIONS",
    kind: "name",
    meaning: "SES configuration set of the confirm mails",
  },
  timerGroup: { name: "KURIER_TIMER_GROUP", kind: "name", meaning: "group of our one-off schedules" },
  timerRole: { name: "KURIER_TIMER_ROLE", kind: "arn", meaning: "role the schedules wake functions with" },
  planFunction: { name: "KURIER_TIMER_PLAN", kind: "arn", meaning: "function `plan`" },
  archiveFunction: { name: "KURIER_TIMER_ARCHIVE", kind: "arn", meaning: "function `archive`" },
  addressSecret: { name: "KURIER_SECRET_ADDRESS", kind: "arn", meaning: "secret behind address keys" },
  linksSecret: { name: "KURIER_SECRET_LINKS", kind: "arn", meaning: "keys that sign links" },
  originSecret: { name: "KURIER_SECRET_ORIGIN", kind: "arn", meaning: "what CloudFront shows the site" },
  signInSecret: { name: "KURIER_SECRET_SIGN_IN", kind: "arn", meaning: "who says who somebody at the desk is" },
} as const satisfies Record<string, { name: `KURIER_${string}`; kind: keyof typeof kinds; meaning: string }>;

const kinds = {
  name: /^[A-Za-z0-9_.-]{1,255}$/,
  url: /^https?:\/\/\S+$/,
  arn: /^arn:\S+$/,
};

export type Settings = Readonly<Record<keyof typeof declared, string>>;

/** Every setting's name in the environment: what `infra/` has to set. */
export const settingNames: readonly string[] = Object.values(declared).map(({ name }) => name);

/**
 * Reads all settings at once.
 *
 * @param source an environment, or a stack's outputs under the same names
 * @throws Error that names every missing and every malformed setting in one sentence
 */
export function readSettings(source: Readonly<Record<string, string | undefined>>): Settings {
  const wrong: string[] = [];
  const read = Object.entries(declared).map(([field, { name, kind, meaning }]) => {
    const value = source[name] ?? "";
    if (!value) wrong.push(`${name} is missing (${meaning})`);
    else if (!kinds[kind].test(value)) wrong.push(`${name} is not the ${kind} of: ${meaning}`);
    return [field, value];
  });
  if (wrong.length > 0) throw new Error(`Kurier cannot start: ${wrong.join("; ")}.`);
  return Object.fromEntries(read) as Settings;
}
