import {
  CloudFrontClient,
  CreateDistributionCommand,
  GetInvalidationCommand,
  ListInvalidationsCommand,
} from "@aws-sdk/client-cloudfront";
import { rentedName } from "./rented.ts";

/** A distribution before a bucket, and what it was told to forget. */
export async function rentDistribution() {
  const client = new CloudFrontClient({});
  const origin = { Id: "site", DomainName: "site.s3.amazonaws.com", S3OriginConfig: { OriginAccessIdentity: "" } };
  const { Distribution } = await client.send(
    new CreateDistributionCommand({
      DistributionConfig: {
        ...{ CallerReference: rentedName(), Comment: "", Enabled: true },
        Origins: { Quantity: 1, Items: [origin] },
        DefaultCacheBehavior: { TargetOriginId: "site", ViewerProtocolPolicy: "https-only" },
      },
    }),
  );
  const DistributionId = Distribution?.Id ?? "";
  const forgotten = async (): Promise<string[][]> => {
    const { InvalidationList } = await client.send(new ListInvalidationsCommand({ DistributionId }));
    const all = (InvalidationList?.Items ?? []).map(({ Id = "" }) =>
      client.send(new GetInvalidationCommand({ DistributionId, Id })),
    );
    return (await Promise.all(all)).map(({ Invalidation }) => Invalidation?.InvalidationBatch?.Paths?.Items ?? []);
  };
  return { id: DistributionId, forgotten };
}
