import type { Cloud } from "./cloud.ts";

/** What `functions/cloud/settings.ts` declares, answered: where a function finds what it is lent. Never a secret itself. */
export const settingsOf = ({ storage, queues, sender, timer, secrets }: Cloud): Record<string, string> => ({
  KURIER_TABLE: storage.table.tableName,
  KURIER_PRIVATE_BUCKET: storage.desk.bucketName,
  KURIER_PUBLIC_BUCKET: storage.site.bucketName,
  KURIER_QUEUE_ARRIVALS: queues.arrivals.queue.queueUrl,
  KURIER_QUEUE_MANUSCRIPTS: queues.manuscripts.queue.queueUrl,
  KURIER_QUEUE_BUILDS: queues.builds.queue.queueUrl,
  KURIER_QUEUE_ROUNDS: queues.rounds.queue.queueUrl,
  KURIER_QUEUE_CONFIRMATIONS: queues.confirmations.queue.queueUrl,
  KURIER_QUEUE_FEEDBACK: queues.feedback.queue.queueUrl,
  KURIER_SET_EDITIONS: sender.editions.configurationSetName,
  KURIER_SET_CONFIRMATIONS: sender.confirmations.configurationSetName,
  KURIER_TIMER_GROUP: timer.group,
  KURIER_TIMER_ROLE: timer.role.roleArn,
  KURIER_TIMER_PLAN: timer.targets.plan,
  KURIER_TIMER_ARCHIVE: timer.targets.archive,
  KURIER_SECRET_ADDRESS: secrets.address.secretArn,
  KURIER_SECRET_LINKS: secrets.links.secretArn,
  KURIER_SECRET_ORIGIN: secrets.origin.secretArn,
  KURIER_SECRET_SIGN_IN: secrets.signIn.arn,
});
