import {
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  HeadObjectCommand,
  NoSuchUpload,
  type S3Client,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import type { Files } from "./cloud.ts";
import { requireFileKey } from "./file-key.ts";

/** Files in S3 that come in parts. What is never joined the bucket's own rules take away. */
export function s3Parts(
  client: S3Client,
  place: (key: string) => { readonly Bucket: string; readonly Key: string },
): Pick<Files, "beginParts" | "writePart" | "joinParts"> {
  return {
    async beginParts(key, { type }) {
      requireFileKey(key);
      const { UploadId = "" } = await client.send(
        new CreateMultipartUploadCommand({ ...place(key), ContentType: type }),
      );
      return { key, upload: UploadId };
    },

    async writePart({ key, upload }, number, body) {
      const Body = typeof body === "string" ? Buffer.from(body) : body;
      const given = { ...place(key), UploadId: upload, PartNumber: number, Body };
      const { ETag = "" } = await client.send(new UploadPartCommand(given));
      return { number, etag: ETag };
    },

    async joinParts({ key, upload }, parts) {
      const inOrder = [...parts].sort((one, other) => one.number - other.number);
      const Parts = inOrder.map(({ number, etag }) => ({ PartNumber: number, ETag: etag }));
      const command = new CompleteMultipartUploadCommand({
        ...{ ...place(key), UploadId: upload, MultipartUpload: { Parts } },
      });
      try {
        await client.send(command);
      } catch (fault) {
        // Joined before by a run that died, or whose answer was lost: the upload is no more, and the file is there.
        if (!(fault instanceof NoSuchUpload)) throw fault;
        await client.send(new HeadObjectCommand(place(key)));
      }
    },
  };
}
