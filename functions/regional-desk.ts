import { handle, type LambdaContext, type LambdaEvent } from "hono/aws-lambda";
import { cloudOnAws } from "./cloud/on-aws.ts";
import { doorsOnAws } from "./desk/doors-on-aws.ts";
import { desk } from "./desk.ts";

type LambdaHandler = (event: LambdaEvent, lambda?: LambdaContext) => Promise<unknown>;

/** The desk where nobody may stand before it: a stage without CloudFront, whose HTTP API leads straight here. */
let onAws: Promise<LambdaHandler> | undefined;
export const handler: LambdaHandler = async (event, lambda) => {
  onAws ??= start();
  // A start that failed is no start: the next one who asks tries again.
  onAws.catch(() => {
    onAws = undefined;
  });
  return (await onAws)(event, lambda);
};

async function start(): Promise<LambdaHandler> {
  const cloud = cloudOnAws();
  return handle(desk(cloud, await doorsOnAws(cloud)));
}
