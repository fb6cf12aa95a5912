/**
 * What AWS asks, in US dollars: list prices of one region on one day, without free tiers. Look again before relying on
 * them; everything else in the reckoning follows from them.
 */
export const priceList = { region: "eu-central-1", date: "2026-11", currency: "USD" } as const;

const million = 1e6;
/** Bytes; AWS's own GB of traffic and storage is 2^30. */
const gigabyte = 2 ** 30;

export const prices = {
  /** $0.10 per 1,000, plan without extras; no letter of ours has an attachment, which would be asked for apart. */
  letters: { service: "SES", unit: "letter", price: 0.1 / 1000 },
  /** Letters leave for the internet like any other data. */
  letterBytes: { service: "SES", unit: "byte out", price: 0.09 / gigabyte },
  workerSeconds: { service: "Lambda, arm64", unit: "GB-second", price: 0.0000133334 },
  calls: { service: "Lambda", unit: "call", price: 0.2 / million },
  writes: { service: "DynamoDB on demand", unit: "write unit of 1 KB", price: 0.7625 / million },
  reads: { service: "DynamoDB on demand", unit: "read unit of 4 KB", price: 0.1525 / million },
  messages: { service: "SQS", unit: "request", price: 0.4 / million },
  notices: { service: "SNS", unit: "publish, delivery to SQS is free", price: 0.5 / million },
  events: { service: "Firehose", unit: "record, each rounded up to 5 KB", price: (0.033 * 5 * 1024) / gigabyte },
  filesWritten: { service: "S3", unit: "PUT", price: 5.4 / million },
  filesRead: { service: "S3", unit: "GET", price: 0.43 / million },
  /** Kept for a month. */
  rowBytes: { service: "DynamoDB", unit: "byte-month", price: 0.306 / gigabyte },
} as const;
export type Item = keyof typeof prices;
