import { systemClock } from "./clock.ts";
import type { Cloud, Handler } from "./cloud.ts";
import { s3Files } from "./files.ts";
import { readSettings } from "./settings.ts";

/** What we use of the context Lambda hands to a handler. */
interface LambdaContext {
  getRemainingTimeInMillis(): number;
}

/**
 * Makes a function of ours a Lambda that reaches files and nothing else: no table, no queue, no mail. Its network leads
 * nowhere else either (`infra/read-word.ts`).
 *
 * @throws Error at the first event when settings are missing, all of them named
 */
export function onFiles(
  maker: (cloud: Pick<Cloud, "files">) => Handler,
): (event: unknown, context: LambdaContext) => Promise<unknown> {
  let handle: Handler | undefined;
  return (event, lambda) => {
    handle ??= maker({ files: filesOnAws() });
    return handle(event, { deadline: new Date(Date.now() + lambda.getRemainingTimeInMillis()) });
  };
}

function filesOnAws(): Cloud["files"] {
  const { privateBucket, publicBucket } = readSettings(process.env);
  return s3Files({ private: privateBucket, public: publicBucket }, systemClock);
}
