import { type AwsCloud, awsCloud } from "./aws-cloud.ts";
import type { FunctionMaker, Handler } from "./cloud.ts";
import { withEdge } from "./edge.ts";
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
    ready ??= start(maker);
    ready.cloud.mail.renewSockets();
    await setClock(ready.cloud);
    const deadline = new Date(ready.cloud.clock.now().getTime() + lambda.getRemainingTimeInMillis());
    return ready.handle(event, { deadline });
  };
}

/**
 * Others read leases that count from this run's deadline, so it must stand in everybody's time: the answer to any
 * question brings it, and where none comes the machine's own time has to do.
 */
async function setClock({ clock, table }: AwsCloud): Promise<void> {
  clock.wake();
  await table.get([{ pk: "clock", sk: "clock" }]).catch(() => undefined);
}

/** The cloud the settings of this Lambda name. */
export const cloudOnAws = (): AwsCloud => awsCloud(readSettings(process.env));

/** The same for the desk, which takes public files back. */
export const deskCloudOnAws = (): AwsCloud => withEdge(cloudOnAws());

function start(maker: FunctionMaker): { cloud: AwsCloud; handle: Handler } {
  const cloud = cloudOnAws();
  return { cloud, handle: maker(cloud) };
}
