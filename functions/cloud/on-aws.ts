import { type AwsCloud, awsCloud } from "./aws-cloud.ts";
import type { FunctionMaker, Handler } from "./cloud.ts";
import { readSettings } from "./settings.ts";

/** What we use of the context Lambda hands to a handler. */
interface LambdaContext {
  getRemainingTimeInMillis(): number;
}
type LambdaHandler = (event: unknown, context: LambdaContext) => Promise<unknown>;

/**
 * Makes a function of ours a Lambda. The cloud is made once per container, at the first event;
 * sockets to the carrier live for one invocation only.
 *
 * @throws Error at the first event when settings are missing, all of them named
 */
export function onAws(maker: FunctionMaker): LambdaHandler {
  let ready: { cloud: AwsCloud; handle: Handler } | undefined;
  return async (event, lambda) => {
    const deadline = new Date(Date.now() + lambda.getRemainingTimeInMillis());
    ready ??= start(maker);
    ready.cloud.mail.renewSockets();
    return ready.handle(event, { deadline });
  };
}

/** The cloud the settings of this Lambda name. */
export const cloudOnAws = (): AwsCloud => awsCloud(readSettings(process.env));

function start(maker: FunctionMaker): { cloud: AwsCloud; handle: Handler } {
  const cloud = cloudOnAws();
  return { cloud, handle: maker(cloud) };
}
