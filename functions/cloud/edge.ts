import { CloudFrontClient, CreateInvalidationCommand } from "@aws-sdk/client-cloudfront";
import { readSignIn } from "../../core/desk/sign-in.ts";
import type { AwsCloud } from "./aws-cloud.ts";
import type { Clock, Edge } from "./cloud.ts";

/** The cloud of whoever takes public files back: the desk, and the command line. */
export const withEdge = (cloud: AwsCloud): AwsCloud => ({
  ...cloud,
  edge: cloudFrontEdge(() => cloud.secrets.read("sign-in"), cloud.clock),
});

/**
 * The stage's distribution; a regional stage has none, and nothing to forget.
 *
 * @param readSecret answers the secret "sign-in", where the deployment wrote down what it made
 */
export function cloudFrontEdge(readSecret: () => Promise<string>, clock: Clock): Edge {
  let client: CloudFrontClient | undefined;
  return {
    forget: async (paths) => {
      const { distribution } = readSignIn(await readSecret());
      if (distribution === undefined || paths.length === 0) return;
      client ??= new CloudFrontClient({ requestHandler });
      // The same reference again would be the old order, done long ago.
      const order = { CallerReference: clock.id(), Paths: { Quantity: paths.length, Items: [...paths] } };
      await client.send(new CreateInvalidationCommand({ DistributionId: distribution, InvalidationBatch: order }));
    },
  };
}

const requestHandler = { connectionTimeout: 2_000, requestTimeout: 10_000, throwOnRequestTimeout: true };
