import {
  DeleteObjectsCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  NoSuchKey,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from "@aws-sdk/client-s3";
import { createPresignedPost } from "@aws-sdk/s3-presigned-post";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { type Clock, Conflict, type Files, type StoredFile } from "./cloud.ts";
import { downloadHeader, isFileKey, keyOfForm, requireFileKey } from "./file-key.ts";
import { s3Parts } from "./file-parts.ts";
import { inParallel, retrying } from "./patience.ts";

/** Two buckets: CloudFront serves `public/slk/…` as `/slk/…`, so the public bucket keeps keys without `public/`. */
export interface Buckets {
  readonly private: string;
  readonly public: string;
}
const publicRoom = "public/";
/** S3's limit of one call. */
const maxRemoved = 1_000;

/**
 * Files in S3. Reading needs `s3:ListBucket`: without it S3 answers 403 for a missing key, and that is thrown,
 * for nobody could tell a missing edition from a missing right.
 */
export function s3Files(buckets: Buckets, clock: Clock): Files {
  const requestHandler = { connectionTimeout: 2_000, requestTimeout: 20_000, throwOnRequestTimeout: true };
  const client = new S3Client({ requestHandler });
  // A browser cannot send the checksum the SDK would ask it for, nor do parts that several runs write agree on one.
  const forms = new S3Client({ requestChecksumCalculation: "WHEN_REQUIRED" });

  const place = (key: string) =>
    key.startsWith(publicRoom)
      ? { Bucket: buckets.public, Key: key.slice(publicRoom.length) }
      : { Bucket: buckets.private, Key: key };

  const read: Files["read"] = async (key) => {
    // Others write into the bucket too: what is listed must be readable, however its name is spelled.
    if (key === "" || Buffer.byteLength(key) > 1024) return undefined;
    const found = await client.send(new GetObjectCommand(place(key))).catch(missing);
    if (!found?.Body) return undefined;
    const body = await found.Body.transformToByteArray();
    const { ETag = "", LastModified, ContentType = "application/octet-stream", CacheControl: cache } = found;
    return { key, etag: ETag, bytes: body.length, modifiedAt: instant(LastModified), type: ContentType, body, cache };
  };

  const write: Files["write"] = async (key, body, { type, cache, ifAbsent, ifMatch }) => {
    requireFileKey(key);
    const Body = typeof body === "string" ? Buffer.from(body) : body;
    const conditions = { IfNoneMatch: ifAbsent ? "*" : undefined, IfMatch: ifMatch };
    const command = new PutObjectCommand({
      ...place(key),
      Body,
      ContentType: type,
      CacheControl: cache,
      ...conditions,
    });
    try {
      const { ETag = "" } = await retrying(clock, isRace, () => client.send(command));
      return { etag: ETag };
    } catch (fault) {
      if (!isConditionFailed(fault)) throw fault;
      const ours = isRetry(fault) ? await read(key) : undefined;
      // The first try had succeeded and its answer was lost.
      if (ours && Buffer.compare(ours.body, Body) === 0) return { etag: ours.etag };
      throw new Conflict([{ index: 0, found: undefined }]);
    }
  };

  async function* listBucket(Bucket: string, room: string, Prefix: string, StartAfter: string | undefined) {
    for (let ContinuationToken: string | undefined, more = true; more; ) {
      const page = await client.send(new ListObjectsV2Command({ Bucket, Prefix, StartAfter, ContinuationToken }));
      for (const { Key = "", ETag = "", Size = 0, LastModified } of page.Contents ?? [])
        yield { key: room + Key, etag: ETag, bytes: Size, modifiedAt: instant(LastModified) };
      ContinuationToken = page.NextContinuationToken;
      more = ContinuationToken !== undefined;
    }
  }

  const list: Files["list"] = async (prefix, { limit = Number.POSITIVE_INFINITY, after = "" } = {}) => {
    const isPublic = prefix.startsWith(publicRoom);
    const bucket = isPublic ? buckets.public : buckets.private;
    const room = isPublic ? publicRoom : "";
    const startAfter = after.startsWith(room) ? after.slice(room.length) : "";
    const found: StoredFile[] = [];
    if (limit <= 0) return found;
    for await (const file of listBucket(bucket, room, prefix.slice(room.length), startAfter || undefined)) {
      found.push(file);
      if (found.length === limit) break;
    }
    return found;
  };

  const remove: Files["remove"] = async (keys) => {
    const places = keys.filter(isFileKey).map(place);
    for (const Bucket of Object.values(buckets)) {
      const here = places.filter((one) => one.Bucket === Bucket).map(({ Key }) => ({ Key }));
      await inParallel(pagesOf(here), 4, async (Objects) => {
        const { Errors = [] } = await client.send(
          new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } }),
        );
        if (Errors.length > 0) throw new Error(`${Errors.length} file(s) not removed: ${Errors[0]?.Code}`);
      });
    }
  };

  const uploadForm: Files["uploadForm"] = async (where, { maxBytes, type, seconds, backTo }) => {
    const key = keyOfForm(where);
    return createPresignedPost(forms, {
      ...place(key),
      Conditions: [["content-length-range", 0, maxBytes]],
      Fields: { "Content-Type": type, ...(backTo !== undefined && { success_action_redirect: backTo }) },
      Expires: seconds,
    });
  };

  const downloadLink: Files["downloadLink"] = async (key, { seconds, name }) => {
    requireFileKey(key);
    const command = new GetObjectCommand({ ...place(key), ResponseContentDisposition: downloadHeader(name) });
    return getSignedUrl(client, command, { expiresIn: seconds });
  };

  return { read, write, list, remove, uploadForm, downloadLink, ...s3Parts(forms, place) };
}

const instant = (date: Date | undefined): string => (date ?? new Date(0)).toISOString();

const pagesOf = <T>(all: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(all.length / maxRemoved) }, (_, page) =>
    all.slice(page * maxRemoved, (page + 1) * maxRemoved),
  );

function missing(fault: unknown): undefined {
  if (!(fault instanceof NoSuchKey)) throw fault;
}

const statusOf = (fault: unknown) => (fault instanceof S3ServiceException ? fault.$metadata.httpStatusCode : undefined);
const isRetry = (fault: unknown) => fault instanceof S3ServiceException && (fault.$metadata.attempts ?? 1) > 1;
/** 412, or 404 for a match with a file that is not there. */
const isConditionFailed = (fault: unknown) =>
  statusOf(fault) === 412 || (fault instanceof S3ServiceException && fault.name === "NoSuchKey");
/** 409: two conditional writes at once; the second is asked to come again. @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html */
const isRace = (fault: unknown) => statusOf(fault) === 409;
