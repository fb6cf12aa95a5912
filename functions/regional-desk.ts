import type { LambdaContext, LambdaEvent } from "hono/aws-lambda";
import { deskCloudOnAws } from "./cloud/on-aws.ts";
import { answering } from "./desk.ts";

type LambdaHandler = (event: LambdaEvent, lambda?: LambdaContext) => Promise<unknown>;

/** The desk where nobody may stand before it: a stage without CloudFront, whose HTTP API leads straight here. */
let onAws: LambdaHandler | undefined;
export const handler: LambdaHandler = (event, lambda) => {
  onAws ??= answering(deskCloudOnAws());
  return onAws(event, lambda);
};
