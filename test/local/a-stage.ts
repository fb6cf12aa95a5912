const arnOf = (service: string, rest: string): string => `arn:aws:${service}:eu-central-1:123456789012:${rest}`;

/** The settings of a deployed stage, as its stack prints them. */
export function aStage(name: string): Record<string, string> {
  const queue = (of: string): string => `https://sqs.eu-central-1.amazonaws.com/123456789012/kurier-${name}-${of}`;
  return {
    KURIER_TABLE: `kurier-${name}-table`,
    KURIER_PRIVATE_BUCKET: `kurier-${name}-desk`,
    KURIER_PUBLIC_BUCKET: `kurier-${name}-site`,
    KURIER_QUEUE_ARRIVALS: queue("arrivals"),
    KURIER_QUEUE_MANUSCRIPTS: queue("manuscripts"),
    KURIER_QUEUE_BUILDS: queue("builds"),
    KURIER_QUEUE_ROUNDS: queue("rounds"),
    KURIER_QUEUE_CONFIRMATIONS: queue("confirmations"),
    KURIER_QUEUE_FEEDBACK: queue("feedback"),
    KURIER_SET_EDITIONS: `kurier-${name}-editions`,
    KURIER_SET_CONFIRMATIONS: `kurier-${name}-confirmations`,
    KURIER_TIMER_GROUP: `kurier-${name}`,
    KURIER_TIMER_ROLE: "arn:aws:iam::123456789012:role/wakes",
    KURIER_TIMER_PLAN: arnOf("lambda", `function:kurier-${name}-plan`),
    KURIER_TIMER_ARCHIVE: arnOf("lambda", `function:kurier-${name}-archive`),
    KURIER_SECRET_ADDRESS: arnOf("secretsmanager", `secret:${name}-address`),
    KURIER_SECRET_LINKS: arnOf("secretsmanager", `secret:${name}-links`),
    KURIER_SECRET_ORIGIN: arnOf("secretsmanager", `secret:${name}-origin`),
    KURIER_SECRET_SIGN_IN: arnOf("secretsmanager", `secret:${name}-sign-in`),
  };
}
