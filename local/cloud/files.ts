import { digestOf } from "../../core/digest.ts";
import { type Clock, Conflict, type Files, type StoredFile } from "../../functions/cloud/cloud.ts";
import { keyOfForm, requireFileKey } from "../../functions/cloud/file-key.ts";
import type { Contents } from "./contents.ts";
import type { Database } from "./database.ts";
import type { DownloadLinks } from "./downloads.ts";
import { type FileParts, localParts } from "./file-parts.ts";
import type { LocalQueues } from "./queue.ts";
import type { UploadForms } from "./uploads.ts";

export const filesSchema = `
  CREATE TABLE IF NOT EXISTS file (
    key TEXT PRIMARY KEY, etag TEXT NOT NULL, bytes INTEGER NOT NULL, modifiedAt TEXT NOT NULL, type TEXT NOT NULL, cache TEXT
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS fileByEtag ON file (etag);`;

/** What a browser is told about a file. */
export interface LocalFile extends StoredFile {
  readonly type: string;
  readonly cache: string | null;
}

export interface LocalFiles extends Files {
  read(key: string): Promise<(LocalFile & { body: Uint8Array }) | undefined>;
}

/** Files that are work when they arrive. */
const noticedBy = [
  { folder: "submissions/", queue: "arrivals" },
  { folder: "readings/", queue: "arrivals" },
  { folder: "logos/", queue: "arrivals" },
  { folder: "feedback/", queue: "feedback" },
  { folder: "mail/", queue: "mailbag" },
] as const;

/** Bytes under their own name. */
export type Stored = Pick<StoredFile, "etag" | "bytes">;
export type Naming = Parameters<Files["write"]>[2];

/** What files lean on. */
interface Standing {
  readonly contents: Contents;
  readonly queues: Pick<LocalQueues, "add">;
  readonly forms: UploadForms;
  readonly links: DownloadLinks;
}

/** Greater than any key that begins with the prefix, in byte order. */
const pastPrefix = (prefix: string): string => `${prefix}\u{10ffff}`;

/** The row says what stands under a key and is one commit with the notice of its arrival; the folder holds the bytes. */
export function localFiles(database: Database, clock: Clock, { contents, queues, forms, links }: Standing): LocalFiles {
  const { statement, change } = database;
  const rowOf = (key: string) =>
    statement("SELECT * FROM file WHERE key = ?").get(key) as unknown as LocalFile | undefined;
  const putting = statement(
    "INSERT OR REPLACE INTO file (key, etag, bytes, modifiedAt, type, cache) VALUES (?, ?, ?, ?, ?, ?)",
  );

  /** Drops bytes no key names any more. Writers look for their bytes under the same lock. */
  const dropUnnamed = (etag: string): void =>
    change(() => {
      if (!statement("SELECT 1 FROM file WHERE etag = ? LIMIT 1").get(etag)) contents.drop(etag);
    });

  const requireStanding = (key: string, options: { ifAbsent?: boolean; ifMatch?: string }): LocalFile | undefined => {
    const standing = rowOf(key);
    const isOther = options.ifMatch !== undefined && standing?.etag !== options.ifMatch;
    if (isOther || (options.ifAbsent && standing)) throw new Conflict([{ index: 0, found: undefined }]);
    return standing;
  };

  /** Names bytes that are stored. False: they were dropped since. */
  const putUnder = (key: string, { etag, bytes }: Stored, options: Naming): boolean => {
    const outcome = change(() => {
      if (!contents.has(etag)) return "again" as const;
      const replaced = requireStanding(key, options);
      putting.run(key, etag, bytes, clock.now().toISOString(), options.type, options.cache ?? null);
      const queue = noticedBy.find(({ folder }) => key.startsWith(folder))?.queue;
      if (queue) queues.add(queue, [arrival(key, etag, bytes)]);
      return replaced;
    });
    if (outcome === "again") return false;
    if (outcome && outcome.etag !== etag) dropUnnamed(outcome.etag);
    return true;
  };

  const files: Omit<LocalFiles, keyof FileParts> = {
    async read(key) {
      for (;;) {
        const row = rowOf(key);
        if (!row) return undefined;
        const body = await contents.read(row.etag);
        if (body) return { ...row, body };
        if (rowOf(key)?.etag === row.etag) throw new Error(`the bytes of ${key} are missing`);
      }
    },

    async write(key, body, options) {
      requireFileKey(key);
      requireStanding(key, options);
      const bytes = typeof body === "string" ? Buffer.from(body) : body;
      const etag = digestOf(bytes);
      do await contents.store(etag, bytes);
      while (!putUnder(key, { etag, bytes: bytes.length }, options));
      return { etag };
    },

    async list(prefix, { limit = -1, after = "" } = {}) {
      const from = after >= prefix ? after : prefix;
      const rows = statement(
        "SELECT key, etag, bytes, modifiedAt FROM file WHERE key >= ? AND key < ? AND key > ? ORDER BY key LIMIT ?",
      ).all(from, pastPrefix(prefix), after, limit);
      return rows.map((row) => ({ ...row }) as unknown as StoredFile);
    },

    async remove(keys) {
      const etags = change(() =>
        keys.flatMap((key) => {
          const row = rowOf(key);
          if (row) statement("DELETE FROM file WHERE key = ?").run(key);
          return row ? [row.etag] : [];
        }),
      );
      new Set(etags).forEach(dropUnnamed);
    },

    uploadForm: async (place, options) => forms.make(keyOfForm(place), options),

    async downloadLink(key, options) {
      requireFileKey(key);
      return links.make(key, options);
    },
  };
  return { ...files, ...localParts(files, contents, clock, putUnder) };
}

/** As S3 tells EventBridge, and EventBridge the queue. @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html */
const arrival = (key: string, etag: string, size: number) => ({
  source: "aws.s3",
  "detail-type": "Object Created",
  detail: { bucket: { name: "local" }, object: { key, etag, size } },
});
